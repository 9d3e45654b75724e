// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "aws/isotime.h"
#include "signin/credentialsource.h"
#include "signin/stepcache.h"

#include "fakes/fakeclock.h"
#include "fakes/faketransport.h"

#include <QDateTime>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>
#include <QThreadPool>
#include <QUrlQuery>

#include <deque>

namespace optout {

//! A person who answers as laid in, and is withdrawn from when the one who asks goes away.
class FakePrompt final : public SignInPrompt {
public:
    void askMfaCode(
        const MfaQuestion &question, QObject *context, std::function<void(const Result<Secret> &)> done) override
    {
        questions += question;
        if (codes.empty())
            return;
        QMetaObject::invokeMethod(
            context, [done = std::move(done), code = codes.front()] { done(code); }, Qt::QueuedConnection);
        codes.pop_front();
    }
    void showDeviceAuthorization(const DeviceAuthorization &, QObject *, std::function<void(const Error &)>) override {
    }

    QList<MfaQuestion> questions {};
    std::deque<Result<Secret>> codes {}; //!< none left: the person does not answer
};

struct SignInFixture {
    FakeTransport transport {};
    FakeClock clock {};
    FakePrompt prompt {};
    ServiceSettings settings { .region = QStringLiteral("eu-west-1") };
    Environment environment {};
    QObject owner {};

    SourceParts parts()
    {
        return { .transport = transport,
            .clock = clock,
            .prompt = prompt,
            .environment = environment,
            .settings = settings,
            .cache = std::make_shared<StepCache>() };
    }

    FakeTransport::Expectation &expectSts()
    {
        return transport.expect(
            HttpRequest::Method::Post, QUrl(QStringLiteral("https://sts.eu-west-1.amazonaws.com/")));
    }

    //! Whether a source waits for a worker, and not for the disk, before it sends anything. The source goes on later.
    bool waitsForAWorker(CredentialSource *source)
    {
        QThreadPool *pool = QThreadPool::globalInstance();
        const int threads = pool->maxThreadCount();
        pool->setMaxThreadCount(1);
        QSemaphore busy;
        pool->start([&busy] { busy.acquire(); });
        QSignalSpy spy(source, &CredentialSource::finished);
        source->start();
        QTest::qWait(50);
        const bool waited = spy.isEmpty() && transport.requests().isEmpty();
        busy.release();
        const bool ended = !spy.isEmpty() || spy.wait(5'000);
        pool->setMaxThreadCount(threads);
        return waited && ended;
    }

    //! What a source answers; an Internal error if it does not within 5 s.
    static Result<Credentials> run(CredentialSource *source)
    {
        QSignalSpy spy(source, &CredentialSource::finished);
        source->start();
        if (!spy.isEmpty())
            return Error { .detail = QStringLiteral("finished before start() returned") };
        if (!spy.wait(5'000))
            return Error { .detail = QStringLiteral("never finished") };
        return spy.first().first().value<Result<Credentials>>();
    }
    Result<Credentials> run(const SignInStep &step) { return run(makeSource(step, parts(), &owner)); }

    static SignInStep keysStep(const QString &id = QStringLiteral("AKIDSOURCE"))
    {
        return { .origin = SignInStep::Origin::CredentialsFile,
            .profile = QStringLiteral("base"),
            .how = StaticKeysStep { { .accessKeyId = id,
                .secretAccessKey = Secret(QByteArrayView("canary-source-secret")),
                .sessionToken = {} } } };
    }
    static SignInStep roleStep(AssumeRoleStep how, const SignInStep &source = keysStep())
    {
        how.source = std::make_shared<SignInStep>(source);
        if (how.roleArn.isEmpty())
            how.roleArn = QStringLiteral("arn:aws:iam::111122223333:role/Reader");
        return { .origin = SignInStep::Origin::ConfigFile, .profile = QStringLiteral("dev"), .how = how };
    }

    static QByteArray isoText(Timestamp time)
    {
        return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), Qt::UTC).toString(Qt::ISODate).toUtf8();
    }
    static QByteArray assumed(const QByteArray &id, Timestamp expires, const QByteArray &action = "AssumeRole")
    {
        return "<" + action + "Response><" + action + "Result><Credentials><AccessKeyId>" + id
            + "</AccessKeyId><SecretAccessKey>canary-role-secret</SecretAccessKey><SessionToken>canary-token</"
              "SessionToken>"
              "<Expiration>"
            + isoText(expires) + "</Expiration></Credentials></" + action + "Result></" + action + "Response>";
    }
    static QByteArray refused(const QByteArray &code, const QByteArray &message)
    {
        return "<ErrorResponse><Error><Type>Sender</Type><Code>" + code + "</Code><Message>" + message
            + "</Message></Error><RequestId>request-1</RequestId></ErrorResponse>";
    }
    static QByteArray metadata(const QByteArray &id, Timestamp expires)
    {
        return "{\"Code\":\"Success\",\"AccessKeyId\":\"" + id
            + "\",\"SecretAccessKey\":\"canary-role-secret\",\"Token\":\"canary-token\",\"Expiration\":\""
            + isoText(expires) + "\"}";
    }
    //! A field of the form a request holds, decoded.
    static QString field(const HttpRequest &request, const QString &name)
    {
        return QUrlQuery(QString::fromUtf8(request.body)).queryItemValue(name, QUrl::FullyDecoded);
    }
};

} // namespace optout
