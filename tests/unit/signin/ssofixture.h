// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "fakes/fakeclock.h"
#include "signin/credentialsource.h"
#include "signin/ssocache.h"
#include "signin/stepcache.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <deque>

namespace optout {

using namespace Qt::Literals::StringLiterals;

//! IAM Identity Center in a test: plays a script of "POST /token" and the like, in order.
class ScriptedSso final : public HttpTransport {
public:
    struct Exchange {
        QByteArray line; //!< "POST /token"
        Result<HttpReply> outcome;
    };

    void expect(const QByteArray &line, int status, const QByteArray &body, const QByteArray &errorType = {})
    {
        HttpReply reply { .status = status, .headers = { { "x-amzn-RequestId", "request-7" } }, .body = body };
        if (!errorType.isEmpty())
            reply.headers += { "x-amzn-ErrorType", errorType };
        m_script.push_back({ line, reply });
    }
    void expectFailure(const QByteArray &line, const Error &error) { m_script.push_back({ line, error }); }

    HttpExchange *send(const HttpRequest &request, QObject *parent) override
    {
        const QByteArray method = request.method == HttpRequest::Method::Get ? "GET " : "POST ";
        const QByteArray line = method + request.url.path().toUtf8();
        requests += request;
        lines += line;
        auto *exchange = new HttpExchange(parent);
        Result<HttpReply> outcome = Error { .detail = u"not in the script"_s };
        if (!m_script.empty() && m_script.front().line == line) {
            outcome = m_script.front().outcome;
            m_script.pop_front();
        } else {
            complaints += QString::fromUtf8(line) + u" was not expected"_s;
        }
        QMetaObject::invokeMethod(
            exchange, [exchange, outcome] { emit exchange->finished(outcome); }, Qt::QueuedConnection);
        return exchange;
    }

    bool allCame() const { return m_script.empty(); }
    QJsonObject body(qsizetype i) const { return QJsonDocument::fromJson(requests.at(i).body).object(); }

    QList<HttpRequest> requests;
    QByteArrayList lines;
    QStringList complaints;

private:
    std::deque<Exchange> m_script;
};

//! Nobody who answers, but who remembers what was shown and whether it still is.
class FakePrompt final : public SignInPrompt {
public:
    void askMfaCode(const MfaQuestion &, QObject *, std::function<void(const Result<Secret> &)>) override { }
    void showDeviceAuthorization(const DeviceAuthorization &authorization, QObject *context,
        std::function<void(const Error &)> cancelled) override
    {
        shown += authorization;
        cancel = std::move(cancelled);
        ++open;
        QObject::connect(context, &QObject::destroyed, context, [this] { --open; });
    }

    QList<DeviceAuthorization> shown;
    std::function<void(const Error &)> cancel;
    int open = 0;
};

//! A home folder, a clock at 2024-03-01 10:00:00 UTC and the services.
struct SsoFixture {
    QTemporaryDir home;
    FakeClock clock;
    ScriptedSso service;
    FakePrompt prompt;
    std::shared_ptr<StepCache> cache = std::make_shared<StepCache>();

    SourceParts parts()
    {
        Environment environment;
        environment.set(u"HOME"_s, home.path());
        return { .transport = service,
            .clock = clock,
            .prompt = prompt,
            .environment = environment,
            .settings = {},
            .cache = cache };
    }
    static SsoStep session()
    {
        return { .sessionName = u"corp"_s,
            .startUrl = u"https://corp.awsapps.com/start"_s,
            .region = u"eu-west-1"_s,
            .accountId = u"111122223333"_s,
            .roleName = u"Read+Only"_s,
            .scopes = { u"sso:account:access"_s } };
    }
    static SsoStep legacy()
    {
        SsoStep step = session();
        step.sessionName.clear();
        step.scopes.clear();
        return step;
    }
    QString path(const QString &file) const { return home.path() + u"/.aws/sso/cache/"_s + file; }
    void write(const QString &file, const QByteArray &text)
    {
        QDir().mkpath(path({}));
        QFile out(path(file));
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(text);
    }
    QByteArray read(const QString &file) const
    {
        QFile in(path(file));
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
    }
    QJsonObject json(const QString &file) const { return QJsonDocument::fromJson(read(file)).object(); }
};

// Qt 6.4's moc loses its way in a raw string that begins with a quote: so some begin with a blank.
inline const QByteArray roleKeys = R"({"roleCredentials":{"accessKeyId":"ASIACANARYKEY","secretAccessKey":)"
                                   R"( "CANARYsecretkey","sessionToken":"CANARYsession","expiration":1709290800000}})";
inline const QByteArray registered =
    R"({"clientId":"client-1","clientSecret":"CANARYclient","clientIdIssuedAt":1709280000,"clientSecretExpiresAt":1717000000})";
inline const QByteArray deviceGrant =
    R"({"deviceCode":"CANARYdevice","userCode":"ABCD-EFGH","verificationUri":"https://device.sso.eu-west-1.amazonaws.com/",)"
    R"( "verificationUriComplete":"https://device.sso.eu-west-1.amazonaws.com/?user_code=ABCD-EFGH","expiresIn":600,"interval":1})";
inline const QByteArray newToken =
    R"({"accessToken":"CANARYnewtoken","tokenType":"Bearer","expiresIn":28800,"refreshToken":"CANARYrefresh2"})";
inline const QByteArray pending = R"({"error":"authorization_pending","error_description":"Pending"})";

} // namespace optout
