// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "profile/environment.h"

#include <QDir>
#include <QProcessEnvironment>

#include <algorithm>
#include <array>
#include <functional>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

bool matters(const QString &name)
{
    static constexpr std::array others { "HOME"_L1, "USERPROFILE"_L1, "HTTP_PROXY"_L1, "HTTPS_PROXY"_L1, "NO_PROXY"_L1,
        "http_proxy"_L1, "https_proxy"_L1, "no_proxy"_L1, "REQUESTS_CA_BUNDLE"_L1 };
    return name.startsWith("AWS_"_L1) || std::find(others.begin(), others.end(), name) != others.end();
}

bool holdsSecret(const QString &name)
{
    static constexpr std::array secrets { "AWS_SECRET_ACCESS_KEY"_L1, "AWS_SESSION_TOKEN"_L1, "AWS_SECURITY_TOKEN"_L1,
        "AWS_CONTAINER_AUTHORIZATION_TOKEN"_L1 };
    return std::find(secrets.begin(), secrets.end(), name) != secrets.end();
}

bool isNameCharacter(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'_';
}

using Lookup = std::function<std::optional<QString>(const QString &name)>;

QString withVariables(const QString &path, const Lookup &find)
{
    QString out;
    qsizetype i = 0;
    while (i < path.size()) {
        const bool braced = path[i] == u'$' && i + 1 < path.size() && path[i + 1] == u'{';
        const qsizetype start = i + (braced ? 2 : 1);
        qsizetype end = start;
        while (path[i] == u'$' && end < path.size() && (braced ? path[end] != u'}' : isNameCharacter(path[end])))
            ++end;
        const bool closed = !braced || end < path.size();
        const std::optional<QString> value =
            end > start && closed ? find(path.sliced(start, end - start)) : std::nullopt;
        if (value) {
            out += *value;
            i = end + (braced ? 1 : 0);
        } else {
            out += path[i++];
        }
    }
    return out;
}

} // namespace

Environment::Environment(const QHash<QString, QString> &variables)
{
    for (auto it = variables.cbegin(); it != variables.cend(); ++it)
        set(it.key(), it.value());
}

Environment Environment::ofProcess()
{
    const QProcessEnvironment process = QProcessEnvironment::systemEnvironment();
    Environment out;
    for (const QString &name : process.keys()) {
        if (holdsSecret(name))
            out.m_secrets.insert(name, Secret(qgetenv(name.toLatin1().constData())));
        else if (matters(name))
            out.m_variables.insert(name, process.value(name));
    }
    for (const QString &variable :
        { u"AWS_CONFIG_FILE"_s, u"AWS_SHARED_CREDENTIALS_FILE"_s, u"AWS_LOGIN_CACHE_DIRECTORY"_s }) {
        withVariables(out.value(variable), [&](const QString &name) -> std::optional<QString> {
            if (process.contains(name) && !holdsSecret(name))
                out.m_variables.insert(name, process.value(name));
            return std::nullopt;
        });
    }
    return out;
}

std::optional<QString> Environment::find(const QString &name) const
{
    const auto found = m_variables.constFind(name);
    return found == m_variables.cend() ? std::nullopt : std::optional(*found);
}

QString Environment::home() const
{
#ifdef Q_OS_WIN
    QString home = value(u"USERPROFILE"_s);
#else
    QString home = value(u"HOME"_s);
#endif
    if (home.isEmpty())
        home = QDir::homePath();
    while (home.size() > 1 && home.endsWith(u'/'))
        home.chop(1);
    return home;
}

QString Environment::expanded(const QString &path) const
{
    const QString out = withVariables(path, [this](const QString &name) { return find(name); });
    return out == "~"_L1 || out.startsWith("~/"_L1) ? home() + out.sliced(1) : out;
}

void Environment::set(const QString &name, const QString &value)
{
    if (holdsSecret(name))
        m_secrets.insert(name, Secret(value.toUtf8()));
    else
        m_variables.insert(name, value);
}

void Environment::unset(const QString &name)
{
    m_variables.remove(name);
    m_secrets.remove(name);
}

} // namespace optout
