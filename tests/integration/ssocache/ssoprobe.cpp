// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
//
// ssoprobe HOME ENDPOINT SESSION START_URL REGION [SCOPE...]: signs in to that IAM Identity Center, with the token
// cache below HOME, and prints what came of it as JSON. An empty SESSION stands for legacy keys in a profile.

#include "core/clock.h"
#include "net/qthttptransport.h"
#include "signin/credentialsource.h"
#include "signin/ssocache.h"
#include "signin/ssosource.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

namespace {

class Remembering final : public SignInPrompt {
public:
    void askMfaCode(const MfaQuestion &, QObject *, std::function<void(const Result<Secret> &)>) override { }
    void showDeviceAuthorization(
        const DeviceAuthorization &authorization, QObject *, std::function<void(const Error &)>) override
    {
        userCode = authorization.userCode;
    }
    QString userCode;
};

QJsonObject toJson(const Result<Credentials> &outcome)
{
    if (!outcome)
        return { { u"error"_s, outcome.error().code }, { u"detail"_s, outcome.error().detail } };
    return { { u"accessKeyId"_s, outcome->accessKeyId },
        { u"secretAccessKey"_s, QString::fromUtf8(outcome->secretAccessKey.expose()) },
        { u"sessionToken"_s, QString::fromUtf8(outcome->sessionToken.expose()) },
        { u"expires"_s, qint64(outcome->expires->time_since_epoch().count()) } };
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    if (words.size() < 6)
        return 2;
    const SsoStep how { .sessionName = words.at(3),
        .startUrl = words.at(4),
        .region = words.at(5),
        .accountId = u"111122223333"_s,
        .roleName = u"Reader"_s,
        .scopes = words.sliced(6) };
    Environment environment;
    environment.set(u"HOME"_s, words.at(1));
    QtHttpTransport transport;
    const SystemClock clock;
    Remembering prompt;
    const SourceParts parts { .transport = transport,
        .clock = clock,
        .prompt = prompt,
        .environment = environment,
        .settings = { .endpoints = { .sso = words.at(2), .ssoOidc = words.at(2) } } };
    QObject owner;
    CredentialSource *source = makeSsoSource({ .profile = u"dev"_s, .how = how }, parts, &owner);
    QObject::connect(source, &CredentialSource::finished, &owner, [&prompt, &how](const Result<Credentials> &outcome) {
        QJsonObject answer = toJson(outcome);
        answer.insert(u"userCode"_s, prompt.userCode);
        answer.insert(u"tokenFile"_s, ssoTokenFileName(how));
        answer.insert(u"registrationFile"_s, ssoRegistrationFileName(how));
        std::puts(QJsonDocument(answer).toJson(QJsonDocument::Compact).constData());
        QCoreApplication::quit();
    });
    source->start();
    return QCoreApplication::exec();
}
