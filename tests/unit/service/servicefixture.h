// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "aws/accesskey.h"
#include "fakes/fakeclock.h"
#include "fakes/fakecredentials.h"
#include "fakes/fakenetworkwatch.h"
#include "fakes/faketransport.h"
#include "service/servicecontext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>

#include <memory>

namespace optout {

//! A service whose borders are all fakes. Delays have no jitter, so they are zero unless a test sets some.
struct ServiceFixture {
    FakeClock clock;
    //! Its waits would be real ones, while the clock stands still.
    Pacers pacers { clock, { .headroom = 0, .fixedRate = 1'000'000 } };
    FakeTransport transport;
    std::shared_ptr<FakeCredentialsProvider> credentials = std::make_shared<FakeCredentialsProvider>();
    double jitter = 0;
    RetryPolicy retry;
    FakeNetworkWatch network;

    OptOutService::Parts parts()
    {
        return { .transport = transport,
            .pacers = pacers,
            .clock = clock,
            .jitter = [this] { return jitter; },
            .retry = retry,
            .network = &network };
    }
    static ServiceAddress address()
    {
        return { .endpoint = QUrl(QStringLiteral("https://sms-voice.us-east-1.amazonaws.com/")),
            .region = QStringLiteral("us-east-1") };
    }
    OptOutService service() { return OptOutService(parts(), address(), credentials); }
    std::shared_ptr<ServiceContext> context()
    {
        auto made = std::make_shared<ServiceContext>(ServiceContext { parts(), address(), credentials });
        made->accountKey = accountKeyOf(QStringLiteral("AKIDEXAMPLE000000001"));
        return made;
    }
    Pacer &pacer(Action action = Action::DescribeOptedOutNumbers) { return context()->pacer(action); }
};

//! A page of DescribeOptedOutNumbers; no token member if the token is null.
inline QByteArray numbersPage(const QStringList &numbers, const QString &token = {})
{
    QJsonArray items;
    for (const QString &number : numbers) {
        items += QJsonObject { { QStringLiteral("OptedOutNumber"), number },
            { QStringLiteral("OptedOutTimestamp"), 1655236397.857 }, { QStringLiteral("EndUserOptedOut"), true } };
    }
    QJsonObject page { { QStringLiteral("OptOutListName"), QStringLiteral("Default") },
        { QStringLiteral("OptOutListArn"),
            QStringLiteral("arn:aws:sms-voice:us-east-1:111122223333:opt-out-list/Default") },
        { QStringLiteral("OptedOutNumbers"), items } };
    if (!token.isNull())
        page.insert(QStringLiteral("NextToken"), token);
    return QJsonDocument(page).toJson(QJsonDocument::Compact);
}

inline const QByteArray requestId = "b2c1a1d0-0000-4000-8000-000000000001";

//! Headers as the service sends them with every answer.
inline FakeTransport::Headers answerHeaders(const QByteArray &date = "Fri, 01 Mar 2024 10:00:00 GMT")
{
    return { { "Date", date }, { "x-amzn-RequestId", requestId } };
}

inline QByteArray throttled()
{
    return R"({"__type":"com.amazonaws.pinpointsmsvoicev2#ThrottlingException","Message":"Rate exceeded"})";
}

//! Headers of a throttled answer that may be asked again at once, so that no test waits.
inline FakeTransport::Headers againAtOnce()
{
    FakeTransport::Headers headers = answerHeaders();
    headers.emplace_back("Retry-After", "0");
    return headers;
}

//! The outcome a finished() spy has seen; one of kind Internal if it has not seen exactly one.
inline Result<Done> onlyOutcome(const QSignalSpy &finished)
{
    if (finished.size() != 1)
        return Error { .detail = QStringLiteral("finished() came %1 times").arg(finished.size()) };
    return finished.at(0).at(0).value<Result<Done>>();
}

} // namespace optout
