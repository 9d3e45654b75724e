// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "signin/webidentitysource.h"

#include "aws/stsmessages.h"
#include "signin/assumerolesource.h"
#include "signin/inworker.h"
#include "signin/stscall.h"
#include "signin/tokenfile.h"

namespace optout {

WebIdentitySource::WebIdentitySource(
    const SignInStep &step, const WebIdentityStep &how, const SourceParts &parts, QObject *parent)
    : SourceBase(step, parts, parent)
    , m_how(how)
{
}

void WebIdentitySource::start()
{
    inWorker(
        this, [file = m_how.tokenFile] { return readTokenFile(file); },
        [this](const Result<Secret> &token) { onToken(token); });
}

void WebIdentitySource::onToken(const Result<Secret> &token)
{
    if (!token) {
        finish(token.error());
        return;
    }
    const QString session = m_how.sessionName.isEmpty() ? madeSessionName(m_parts.clock) : m_how.sessionName;
    auto *call = new StsCall(
        m_parts.transport, m_parts.clock, m_parts.settings,
        { .action = StsAction::AssumeRoleWithWebIdentity,
            .fields = { { "RoleArn", Secret(m_how.roleArn.toUtf8()) }, { "RoleSessionName", Secret(session.toUtf8()) },
                { "WebIdentityToken", *token } } },
        [this](const QByteArray &body) -> Result<Done> {
            Result<Credentials> keys = readAssumedRole(body);
            if (!keys)
                return keys.error();
            m_roleKeys = *keys;
            return Done {};
        },
        this);
    connect(call, &StsCall::finished, this, [this, call](const Result<Done> &outcome) {
        call->deleteLater();
        if (!outcome) {
            finish(outcome.error());
            return;
        }
        m_roleKeys.expires = call->toLocal(*m_roleKeys.expires);
        finish(m_roleKeys);
    });
    call->start();
}

} // namespace optout
