// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "signin/loginsource.h"

#include "aws/isotime.h"
#include "aws/secretjson.h"
#include "core/logging.h"
#include "profile/cachefolders.h"
#include "signin/processsource.h"
#include "signin/sourcebase.h"
#include "signin/ssocache.h"
#include "signin/ssocachefile.h"

#include <QCryptographicHash>
#include <QStandardPaths>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

//! Keys are renewed this long before their end (LoginCredentialFetcher._REFRESH_THRESHOLD).
constexpr std::chrono::minutes renewalWindow { 5 };

//! What a look at the disk gives.
struct Found {
    Result<Credentials> keys {};
    QString cli {}; //!< absolute path, or empty
};

Found look(const QString &path)
{
    Found out { .cli = QStandardPaths::findExecutable(u"aws"_s) };
    const Result<Secret> text = readCacheFile(path);
    if (!text) {
        out.keys = text.error();
        return out;
    }
    out.keys = readLoginCache(text->expose());
    if (!out.keys)
        out.keys = Error { .kind = Error::Kind::Storage,
            .detail =
                u"The login cache %1 %2; another version may have written it."_s.arg(path, out.keys.error().detail) };
    return out;
}

class LoginSource final : public SourceBase {
public:
    using SourceBase::SourceBase;

    void start() override
    {
        const auto &how = std::get<LoginStep>(m_step.how);
        const QString path = loginCacheFolder(m_parts.environment) + u'/' + loginCacheFileName(how.session);
        inWorker(
            this, [path] { return look(path); }, [this](const Found &found) { onFound(found); });
    }

private:
    bool holdFor(std::chrono::milliseconds time) const
    {
        return m_cached && *m_cached->expires - m_parts.clock.now() > time;
    }

    void onFound(const Found &found)
    {
        m_cached = found.keys;
        if (holdFor(renewalWindow))
            finish(m_cached);
        else if (!found.cli.isEmpty())
            askCli(found.cli);
        else
            giveUp(u"The AWS CLI, which renews them, is not on the PATH."_s);
    }

    void askCli(const QString &program)
    {
        const QString profile = m_step.profile.isEmpty() ? u"default"_s : m_step.profile;
        auto *cli = new ProcessSource(m_step, ProcessStep { .words = exportWords(program, profile) }, m_parts, this);
        connect(cli, &CredentialSource::finished, this, [this, cli](const Result<Credentials> &keys) {
            cli->deleteLater();
            if (keys)
                finish(keys);
            else
                giveUp(keys.error().detail.mid(stepWords(m_step).size() + 2)); // finish() says the step
        });
        cli->start();
    }

    //! Unless the keys in the cache hold a little longer.
    void giveUp(QString why)
    {
        if (!why.endsWith(u'.'))
            why += u'.';
        if (holdFor({})) {
            qCWarning(log::signin) << "keys of aws login cannot be renewed";
            finish(m_cached);
            return;
        }
        QString state = u"The keys of `aws login` have expired."_s;
        if (!m_cached)
            state = m_cached.error().kind == Error::Kind::NotFound ? u"There are no keys of `aws login`."_s
                                                                   : m_cached.error().detail;
        const QString profile = m_step.profile.isEmpty() ? QString() : u" --profile "_s + m_step.profile;
        finish(Error {
            .kind = Error::Kind::NoCredentials, .detail = u"%1 %2 Run `aws login%3`."_s.arg(state, why, profile) });
    }

    Result<Credentials> m_cached {};
};

} // namespace

CredentialSource *makeLoginSource(const SignInStep &step, const SourceParts &parts, QObject *parent)
{
    return new LoginSource(step, parts, parent);
}

QString loginCacheFileName(const QString &session)
{
    const QByteArray hash = QCryptographicHash::hash(session.toUtf8(), QCryptographicHash::Sha256);
    return QString::fromLatin1(hash.toHex()) + u".json"_s;
}

Result<Credentials> readLoginCache(QByteArrayView text)
{
    const SecretJson json(text);
    if (!json.problem().isEmpty())
        return Error { .kind = Error::Kind::BadResponse, .detail = json.problem() };
    Credentials out { .accessKeyId = json.text({ "accessToken", "accessKeyId" }).value_or(QString()),
        .secretAccessKey = json.secret({ "accessToken", "secretAccessKey" }),
        .sessionToken = json.secret({ "accessToken", "sessionToken" }),
        .expires = isoTime(json.text({ "accessToken", "expiresAt" }).value_or(QString())) };
    if (out.accessKeyId.isEmpty() || out.secretAccessKey.isEmpty() || out.sessionToken.isEmpty() || !out.expires)
        return Error { .kind = Error::Kind::BadResponse,
            .detail = u"lacks accessKeyId, secretAccessKey, sessionToken or a time expiresAt"_s };
    return out;
}

QStringList exportWords(const QString &program, const QString &profile)
{
    return { program, u"configure"_s, u"export-credentials"_s, u"--profile"_s, profile, u"--format"_s, u"process"_s };
}

} // namespace optout
