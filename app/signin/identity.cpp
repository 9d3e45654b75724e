// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "signin/identity.h"

#include "aws/stsmessages.h"
#include "signin/stscall.h"

#include <utility>

namespace optout {

using namespace Qt::Literals::StringLiterals;

// (IAM User Guide, "IAM ARNs": arn:PARTITION:sts::ACCOUNT:assumed-role/ROLE/SESSION, :user/PATH/NAME, :root,
// :federated-user/NAME.)
QString CallerIdentity::shortName() const
{
    const QString resource = arn.section(u':', 5);
    const QString kind = resource.section(u'/', 0, 0);
    if (kind == "assumed-role"_L1)
        return u"role "_s + resource.section(u'/', 1, 1);
    if (kind == "user"_L1 || kind == "federated-user"_L1)
        return u"user "_s + resource.section(u'/', -1);
    return resource == "root"_L1 ? u"root user"_s : resource;
}

class IdentityOperation::Private {
public:
    Private(IdentityOperation *owner, HttpTransport &http, const Clock &time,
        std::shared_ptr<CredentialsProvider> provider, ServiceSettings where)
        : q(owner)
        , transport(http)
        , clock(time)
        , credentials(std::move(provider))
        , settings(std::move(where))
    {
    }

    void askForCredentials();
    void call(const Credentials &keys);
    void onOutcome(const QString &accessKeyId, const Result<Done> &outcome);

    IdentityOperation *q;
    HttpTransport &transport;
    const Clock &clock;
    std::shared_ptr<CredentialsProvider> credentials;
    ServiceSettings settings;
    CallerIdentity identity {};
    bool isRenewed = false; //!< the credentials, or it was tried
};

void IdentityOperation::Private::askForCredentials()
{
    credentials->provide(q, [this](const Result<Credentials> &keys) {
        if (keys)
            call(*keys);
        else
            emit q->finished(keys.error());
    });
}

void IdentityOperation::Private::call(const Credentials &keys)
{
    auto *call = new StsCall(
        transport, clock, settings, { .action = StsAction::GetCallerIdentity, .credentials = keys, .maxAttempts = 2 },
        [this](const QByteArray &body) -> Result<Done> {
            const Result<CallerIdentityText> text = readCallerIdentity(body);
            if (!text)
                return text.error();
            identity = { .account = text->account, .arn = text->arn, .userId = text->userId };
            return Done {};
        },
        q);
    QObject::connect(call, &StsCall::finished, q, [this, call, id = keys.accessKeyId](const Result<Done> &outcome) {
        call->deleteLater();
        onOutcome(id, outcome);
    });
    call->start();
}

void IdentityOperation::Private::onOutcome(const QString &accessKeyId, const Result<Done> &outcome)
{
    const bool keysRefused = !outcome && outcome.error().kind == Error::Kind::NoCredentials;
    if (keysRefused && !std::exchange(isRenewed, true) && credentials->invalidate(accessKeyId))
        askForCredentials();
    else
        emit q->finished(outcome ? Result<CallerIdentity>(identity) : Result<CallerIdentity>(outcome.error()));
}

IdentityOperation::IdentityOperation(HttpTransport &transport, const Clock &clock,
    std::shared_ptr<CredentialsProvider> credentials, const ServiceSettings &settings, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, transport, clock, std::move(credentials), settings))
{
}

IdentityOperation::~IdentityOperation() = default;

void IdentityOperation::start() { d->askForCredentials(); }

} // namespace optout
