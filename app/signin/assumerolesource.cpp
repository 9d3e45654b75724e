// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "signin/assumerolesource.h"

#include "aws/serviceerror.h"
#include "aws/stsmessages.h"
#include "signin/stepcache.h"
#include "signin/stscall.h"

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int mostCodes = 3;

Secret plain(const QString &text) { return Secret(text.toUtf8()); }

//! STS has no code of its own for it. (IAM User Guide, "Troubleshoot MFA": the message begins so.)
bool isRefusedCode(const Error &error)
{
    return error.code == "AccessDenied"_L1 && error.detail.contains("MultiFactorAuthentication failed"_L1);
}

} // namespace

QString madeSessionName(const Clock &clock)
{
    return u"optout-browser-%1"_s.arg(std::chrono::floor<std::chrono::seconds>(clock.now()).time_since_epoch().count());
}

AssumeRoleSource::AssumeRoleSource(
    const SignInStep &step, const AssumeRoleStep &how, const SourceParts &parts, QObject *parent)
    : SourceBase(step, parts, parent)
    , m_how(how)
{
}

void AssumeRoleSource::start()
{
    Q_ASSERT(m_how.source);
    const std::optional<Credentials> kept =
        m_parts.cache ? m_parts.cache->find(*m_how.source, m_parts.clock) : std::nullopt;
    m_isFromCache = kept.has_value();
    if (!kept) {
        askSource();
        return;
    }
    // finished() comes from the event loop, whatever the prompt and the transport do.
    QMetaObject::invokeMethod(
        this, [this, keys = *kept] { onSourceKeys(keys); }, Qt::QueuedConnection);
}

void AssumeRoleSource::askSource()
{
    m_isFromCache = false;
    CredentialSource *source = makeSource(*m_how.source, m_parts, this);
    connect(source, &CredentialSource::finished, this, [this, source](const Result<Credentials> &keys) {
        source->deleteLater();
        if (!keys) {
            Error error = keys.error();
            // This step was set up and cannot be carried out: no other may take its place.
            if (error.code == "NotAvailable"_L1)
                error.code.clear();
            finish(error);
            return;
        }
        if (m_parts.cache)
            m_parts.cache->keep(*m_how.source, *keys, m_parts.clock);
        onSourceKeys(*keys);
    });
    source->start();
}

void AssumeRoleSource::onSourceKeys(const Credentials &keys)
{
    m_sourceKeys = keys;
    if (m_how.mfaSerial.isEmpty())
        assume({});
    else
        askCode({});
}

void AssumeRoleSource::askCode(const QString &problem)
{
    ++m_codesAsked;
    m_parts.prompt.askMfaCode({ .profile = m_step.profile, .mfaSerial = m_how.mfaSerial, .problem = problem }, this,
        [this](const Result<Secret> &code) { onCode(code); });
}

void AssumeRoleSource::onCode(const Result<Secret> &code)
{
    if (!code)
        finish(code.error());
    else if (isMfaCode(*code))
        assume(*code);
    else if (m_codesAsked < mostCodes)
        askCode(u"A code is six digits."_s);
    else
        finish(Error { .kind = Error::Kind::NoCredentials,
            .detail = u"No code of six digits was given for the MFA device %1."_s.arg(m_how.mfaSerial) });
}

void AssumeRoleSource::assume(const Secret &code)
{
    StsCall::Input input { .action = StsAction::AssumeRole,
        .fields = { { "RoleArn", plain(m_how.roleArn) },
            { "RoleSessionName",
                plain(m_how.sessionName.isEmpty() ? madeSessionName(m_parts.clock) : m_how.sessionName) } },
        .credentials = m_sourceKeys };
    if (!m_how.externalId.isEmpty())
        input.fields.emplaceBack("ExternalId", plain(m_how.externalId));
    if (m_how.duration)
        input.fields.emplaceBack("DurationSeconds", Secret(QByteArray::number(qint64(m_how.duration->count()))));
    if (!code.isEmpty()) {
        input.fields.emplaceBack("SerialNumber", plain(m_how.mfaSerial));
        input.fields.emplaceBack("TokenCode", code);
    }
    auto *call = new StsCall(
        m_parts.transport, m_parts.clock, m_parts.settings, std::move(input),
        [this](const QByteArray &body) -> Result<Done> {
            Result<Credentials> keys = readAssumedRole(body);
            if (!keys)
                return keys.error();
            m_roleKeys = *keys;
            return Done {};
        },
        this);
    connect(call, &StsCall::finished, this, [this, call, withCode = !code.isEmpty()](const Result<Done> &outcome) {
        call->deleteLater();
        if (!outcome) {
            onFailure(outcome.error(), withCode);
            return;
        }
        m_roleKeys.expires = call->toLocal(*m_roleKeys.expires);
        finish(m_roleKeys);
    });
    call->start();
}

void AssumeRoleSource::onFailure(const Error &error, bool withCode)
{
    if (withCode && isRefusedCode(error) && m_codesAsked < mostCodes) {
        askCode(u"STS refused the code. Wait for the next one: each can be used once."_s);
        return;
    }
    const bool keysRefused = error.kind == Error::Kind::NoCredentials;
    if (keysRefused && m_parts.cache) // after any other failure they are as good as before, and may have cost a code
        m_parts.cache->drop(*m_how.source);
    if (keysRefused && m_isFromCache)
        askSource(); // keys kept from earlier, which STS does not take any more
    else
        finish(error);
}

} // namespace optout
