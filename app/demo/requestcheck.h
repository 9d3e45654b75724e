// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>
#include <variant>

namespace optout::demo {

//! An error as the service words it.
struct ServiceRefusal {
    struct Field {
        QString name;
        QString message;
    };
    QByteArray shape; //!< "ValidationException"
    QString message;
    QString reason {}; //!< empty: left out
    QList<Field> fields {};
    QString resourceType {};
    QString resourceId {};
    bool ofFront =
        false; //!< made before the service sees the request: another namespace, and `message` in small letters
    int status = 400; //!< by Smithy's rule, also for throttling
};

//! DescribeOptedOutNumbers, checked against every limit of the model.
struct NumbersQuery {
    QString list; //!< name or ARN
    QStringList numbers {};
    bool wantsEndUser = true; //!< what is left of both after all filters
    bool wantsOthers = true;
    QByteArray nextToken {}; //!< null: none
    int maxResults = 0;
};

//! DescribeOptOutLists, likewise.
struct ListsQuery {
    enum class Owner { Any, Self, Shared };
    QStringList names {};
    Owner owner = Owner::Any;
    QByteArray nextToken {};
    int maxResults = 0;
};

//! Items a page holds when MaxResults is not given. The model names no default; this is the most a page can hold.
inline constexpr int defaultMaxResults = 100;

//! Reads the body. What it refuses, and how (Reason of the ValidationException; Fields names all members at fault):
//! - no JSON, no object, or a member of another type: SerializationException of the front
//! - a required member missing, or null: MISSING_PARAMETER
//! - length, count, range or pattern: FIELD_VALIDATION_FAILED
//! - an unknown filter name or Owner: INVALID_PARAMETER
//! - a filter value that is not exactly `true` or `false`: INVALID_FILTER_VALUES. The service documents no values; the
//!   demo is strict, so that a client which guesses another spelling learns how it shows a refusal.
//! - Owner and OptOutListNames together: PARAMETERS_CANNOT_BE_USED_TOGETHER
//! - what begins with "arn:" and is no ARN of an opt-out list: INVALID_ARN
//! Unknown members are passed over. Within a filter values add up; several filters narrow each other.
std::variant<NumbersQuery, ServiceRefusal> readNumbersQuery(const QByteArray &body);
std::variant<ListsQuery, ServiceRefusal> readListsQuery(const QByteArray &body);

//! A ValidationException.
ServiceRefusal validation(
    const QString &reason, const QString &message, const QList<ServiceRefusal::Field> &fields = {});

} // namespace optout::demo
