// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "demo/demoendpoint.h"
#include "demo/demoservice.h"

#include "fakes/fakeclock.h"
#include "signedrequest.h"

#include <QJsonDocument>
#include <QJsonObject>

//! Calls the demo service without a network.
namespace optout::test {

inline constexpr auto numbersCall = "DescribeOptedOutNumbers", listsCall = "DescribeOptOutLists";

struct Answer {
    int status;
    QJsonObject body; //!< empty for a body that is no JSON object
    QString code() const { return text(QLatin1StringView("__type")).section(QLatin1Char('#'), 1); }
    QString text(QLatin1StringView member) const { return body.value(member).toString(); }
};

struct ServiceCaller {
    FakeClock clock;

    Answer ask(demo::DemoService &service, const char *operation, const QByteArray &body,
        const QStringList &faults = {}, const Credentials &keys = DemoEndpoint::credentials())
    {
        const auto reply =
            service.answer(signedRequest(operation, body, keys, clock.now()), demo::FaultPlan::parse(faults)->at(1));
        return { reply.answer.status, QJsonDocument::fromJson(reply.answer.body).object() };
    }

    //! Of a new service, whose list "Default" has 1000 rows.
    Answer ask(const char *operation, const QByteArray &body)
    {
        demo::DemoService service({ .rows = 1000 }, clock);
        return ask(service, operation, body);
    }
};

inline QByteArray json(const QJsonObject &object) { return QJsonDocument(object).toJson(QJsonDocument::Compact); }

//! JSON, written with single quotes. (Raw strings with quotes and parentheses make moc lose sight of slots that
//! follow.)
inline QByteArray quoted(const char *text) { return QByteArray(text).replace('\'', '"'); }

} // namespace optout::test
