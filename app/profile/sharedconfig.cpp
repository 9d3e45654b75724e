// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "profile/sharedconfig.h"

#include "core/secret.h"
#include "profile/inifile.h"
#include "profile/pythontext.h"
#include "profile/shown.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 maxFileBytes = 16 * 1024 * 1024;

QString fileOf(const Environment &environment, const QString &variable, const QString &otherwise)
{
    return environment.expanded(environment.find(variable).value_or(otherwise));
}

//! "profile x", "sso-session x", "services x": the name, or nothing. As in the CLI only the beginning of the first word
//! counts ("profiles x" does as well), and a name of several words needs quotes.
std::optional<QString> nameAfter(QLatin1StringView type, const QString &header)
{
    const std::optional<QStringList> words = header.startsWith(type) ? shellWords(header) : std::nullopt;
    return words && words->size() == 2 ? std::optional(words->at(1)) : std::nullopt;
}

class Builder {
public:
    explicit Builder(const ConfigPaths &paths)
        : m_config { .paths = paths }
    {
    }

    void addConfigFile(const QByteArray &text)
    {
        for (const IniFile::Section &section : read(m_config.paths.config, text)) {
            const ConfigSection content {
                .settings = section.settings, .secrets = section.secrets, .nested = section.nested
            };
            // The last of several headers for one profile ([profile a], [profile "a"]) counts, as a whole.
            if (section.name == "default"_L1)
                m_config.profiles.insert(section.name, content);
            else if (const auto profile = nameAfter("profile"_L1, section.name))
                m_config.profiles.insert(*profile, content);
            else if (const auto session = nameAfter("sso-session"_L1, section.name))
                m_config.ssoSessions.insert(*session, content);
            else if (const auto services = nameAfter("services"_L1, section.name))
                m_config.services.insert(*services, content);
            else
                tellIgnored(section);
        }
    }

    //! Every section is a profile by its plain name, and goes over the config file's setting by setting.
    void addCredentialsFile(const QByteArray &text)
    {
        for (const IniFile::Section &section : read(m_config.paths.credentials, text)) {
            if (nameAfter("profile"_L1, section.name))
                tell(m_config.paths.credentials, section,
                    u"in this file a section is named without the word \"profile\". Write [%1]"_s.arg(
                        shown(*nameAfter("profile"_L1, section.name))));
            ConfigSection &into = m_config.profiles[section.name];
            putOver(section.settings, into.settings, into.overridden, into);
            putOver(section.secrets, into.secrets, into.overriddenSecrets, into);
            for (auto it = section.nested.cbegin(); it != section.nested.cend(); ++it) {
                into.nested.insert(it.key(), it.value());
                into.settings.remove(it.key());
                into.secrets.remove(it.key());
            }
            into.fromCredentialsFile = section.settings.keys() + section.secrets.keys();
        }
    }

    SharedConfig take() { return std::move(m_config); }

private:
    template <typename Value>
    static void putOver(const QMap<QString, Value> &from, QMap<QString, Value> &to, QMap<QString, Value> &overridden,
        ConfigSection &into)
    {
        for (auto it = from.cbegin(); it != from.cend(); ++it) {
            if (const auto before = to.constFind(it.key()); before != to.cend())
                overridden.insert(it.key(), *before);
            to.insert(it.key(), it.value());
            into.nested.remove(it.key());
        }
    }

    QList<IniFile::Section> read(const QString &path, const QByteArray &text)
    {
        IniFile file = parseIni(path, text);
        if (!file.problems.isEmpty() && !m_config.fatal)
            m_config.fatal = file.problems.first();
        m_config.problems += file.problems;
        return std::move(file.sections);
    }

    void tellIgnored(const IniFile::Section &section)
    {
        for (const QLatin1StringView type : { "profile"_L1, "sso-session"_L1, "services"_L1 }) {
            if (section.name.startsWith(type))
                return tell(m_config.paths.config, section,
                    u"after the word \"%1\" one name is expected, in quotes if it has spaces. The section is not used"_s
                        .arg(type));
        }
        static const QStringList known { u"plugins"_s, u"preview"_s }; // sections of the CLI's own
        if (!known.contains(section.name))
            tell(m_config.paths.config, section,
                u"this section is not used. If it is a profile, write [profile %1]"_s.arg(shown(section.name)));
    }

    void tell(const QString &path, const IniFile::Section &section, const QString &words)
    {
        constexpr qsizetype most = 100;
        if (m_config.problems.size() < most)
            m_config.problems.append(Error { .kind = Error::Kind::InvalidInput,
                .detail =
                    u"%1, line %2, [%3]: %4."_s.arg(path, QString::number(section.line), shown(section.name), words) });
    }

    SharedConfig m_config;
};

//! A missing file, a folder and a device are an empty text, as they are to the CLI.
Result<QByteArray> bytesOf(const QString &path)
{
    if (path.isEmpty() || !QFileInfo(path).isFile())
        return QByteArray();
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered)) // no buffer of Qt's keeps a copy
        return Error { .kind = Error::Kind::Storage,
            .detail = u"%1 cannot be read: %2. Check who may read it."_s.arg(path, file.errorString()) };
    // No more room than needed, so that 16 MiB are not taken for each look; some for a file that does not tell its
    // size.
    QByteArray bytes = file.read(std::clamp(file.size(), qint64(64 * 1024), maxFileBytes) + 1);
    if (file.error() != QFile::NoError)
        return Error { .kind = Error::Kind::Storage,
            .detail = u"%1 cannot be read: %2."_s.arg(path, file.errorString()) };
    if (bytes.size() > maxFileBytes)
        return Error { .kind = Error::Kind::Storage,
            .detail = u"%1 is larger than 16 MiB: that is no file of profiles."_s.arg(path) };
    return bytes;
}

template <typename Value> std::optional<Value> valueIn(const QMap<QString, Value> &settings, const QString &name)
{
    const auto found = settings.constFind(name);
    return found == settings.cend() ? std::nullopt : std::optional(*found);
}

} // namespace

std::optional<QString> ConfigSection::inCredentialsFile(const QString &name) const
{
    return fromCredentialsFile.contains(name) ? valueIn(settings, name) : std::nullopt;
}

std::optional<QString> ConfigSection::inConfigFile(const QString &name) const
{
    return valueIn(fromCredentialsFile.contains(name) ? overridden : settings, name);
}

std::optional<Secret> ConfigSection::secretInCredentialsFile(const QString &name) const
{
    return fromCredentialsFile.contains(name) ? valueIn(secrets, name) : std::nullopt;
}

std::optional<Secret> ConfigSection::secretInConfigFile(const QString &name) const
{
    return valueIn(fromCredentialsFile.contains(name) ? overriddenSecrets : secrets, name);
}

ConfigPaths ConfigPaths::of(const Environment &environment)
{
    return { .config = fileOf(environment, u"AWS_CONFIG_FILE"_s, u"~/.aws/config"_s),
        .credentials = fileOf(environment, u"AWS_SHARED_CREDENTIALS_FILE"_s, u"~/.aws/credentials"_s) };
}

const ConfigSection *SharedConfig::profile(const QString &name) const
{
    const auto found = profiles.constFind(name);
    return found == profiles.cend() ? nullptr : &*found;
}

SharedConfig parseSharedConfig(
    const ConfigPaths &paths, const QByteArray &configText, const QByteArray &credentialsText)
{
    Builder builder(paths);
    builder.addConfigFile(configText);
    builder.addCredentialsFile(credentialsText);
    return builder.take();
}

SharedConfig readSharedConfig(const Environment &environment)
{
    const ConfigPaths paths = ConfigPaths::of(environment);
    Result<QByteArray> configText = bytesOf(paths.config);
    Result<QByteArray> credentialsText = bytesOf(paths.credentials);
    SharedConfig config = parseSharedConfig(
        paths, configText ? *configText : QByteArray(), credentialsText ? *credentialsText : QByteArray());
    for (const Result<QByteArray> *text : { &credentialsText, &configText }) {
        if (*text)
            continue;
        config.problems.prepend(text->error());
        if (!config.fatal)
            config.fatal = text->error();
    }
    for (Result<QByteArray> *text : { &credentialsText, &configText }) {
        if (*text)
            wipe(**text);
    }
    return config;
}

} // namespace optout
