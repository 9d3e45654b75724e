// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "demo/requestcheck.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace optout::demo {

namespace {

constexpr auto fieldFailed = "FIELD_VALIDATION_FAILED"_L1, missing = "MISSING_PARAMETER"_L1,
               badParameter = "INVALID_PARAMETER"_L1;

//! A pattern of the model, compiled once: compiling takes longer than all the rest of checking a request.
struct Pattern {
    explicit Pattern(const QString &pattern)
        : text(pattern)
        , whole(QRegularExpression::anchoredPattern(pattern))
    {
    }
    QString text;
    QRegularExpression whole;
};
struct Patterns {
    Pattern listName { u"[A-Za-z0-9_:/-]+"_s };
    Pattern number { u"\\+?[1-9][0-9]{1,18}"_s };
    Pattern filterValue { u"[/\\.:A-Za-z0-9+_-]+"_s };
    Pattern token { u".+"_s };
    Pattern arn { u"arn:aws[a-z-]*:sms-voice:[a-z0-9-]+:[0-9]{12}:opt-out-list/[A-Za-z0-9_-]{1,64}"_s };
};
const Patterns &patterns()
{
    static const Patterns all;
    return all;
}

//! Walks through the members of a request and keeps what is wrong with them. A wrong type ends the walk, because the
//! front fails to read the body then; broken limits are gathered, so that one answer names them all.
class Walk {
public:
    explicit Walk(const QByteArray &body)
    {
        QJsonParseError error {};
        const QJsonDocument document = QJsonDocument::fromJson(body, &error);
        if (error.error != QJsonParseError::NoError)
            cannotRead(u"The body is no JSON: %1."_s.arg(error.errorString()));
        else if (!document.isObject())
            cannotRead(u"The body is no JSON object."_s);
        m_root = document.object();
    }

    const QJsonObject &root() const { return m_root; }

    std::optional<QString> text(const QJsonValue &value, const QString &name)
    {
        if (value.isUndefined() || value.isNull())
            return std::nullopt;
        if (!value.isString())
            cannotRead(u"%1 must be a string."_s.arg(name));
        return value.toString();
    }

    std::optional<QJsonArray> list(const QJsonValue &value, const QString &name, qsizetype least, qsizetype most)
    {
        if (value.isUndefined() || value.isNull())
            return std::nullopt;
        if (!value.isArray())
            cannotRead(u"%1 must be a list."_s.arg(name));
        const QJsonArray items = value.toArray();
        if (items.size() < least || items.size() > most)
            wrong(fieldFailed, name, u"must have %1 to %2 items, not %3"_s.arg(least).arg(most).arg(items.size()));
        return items;
    }

    std::optional<QStringList> texts(const QJsonValue &value, const QString &name, qsizetype least, qsizetype most)
    {
        const auto items = list(value, name, least, most);
        if (!items)
            return std::nullopt;
        QStringList found;
        for (qsizetype i = 0; i < items->size(); ++i) {
            const auto item = text(items->at(i), u"%1[%2]"_s.arg(name).arg(i));
            if (!item)
                cannotRead(u"%1 holds a null."_s.arg(name));
            found += item.value_or(QString());
        }
        return found;
    }

    int maxResults()
    {
        const QJsonValue value = m_root.value("MaxResults"_L1);
        if (value.isUndefined() || value.isNull())
            return defaultMaxResults;
        const double number = value.toDouble();
        if (!value.isDouble() || number != std::floor(number))
            cannotRead(u"MaxResults must be an integer."_s);
        if (number < 1 || number > 100) {
            wrong(fieldFailed, u"MaxResults"_s, u"must be 1 to 100"_s);
            return defaultMaxResults;
        }
        return int(number);
    }

    QByteArray nextToken()
    {
        const auto token = text(m_root.value("NextToken"_L1), u"NextToken"_s);
        if (!token)
            return {};
        checked(*token, u"NextToken"_s, 1024, patterns().token);
        return token->isEmpty() ? QByteArray("") : token->toUtf8();
    }

    //! Length 1 to \a longest, and the whole text of the pattern.
    bool checked(const QString &value, const QString &name, qsizetype longest, const Pattern &pattern)
    {
        if (value.isEmpty() || value.size() > longest)
            wrong(fieldFailed, name, u"must be 1 to %1 characters long, not %2"_s.arg(longest).arg(value.size()));
        else if (!pattern.whole.match(value).hasMatch())
            wrong(fieldFailed, name, u"must match %1"_s.arg(pattern.text));
        else
            return true;
        return false;
    }

    //! Name or ARN of a list.
    void checkListName(const QString &value, const QString &name)
    {
        if (checked(value, name, 256, patterns().listName) && value.startsWith("arn:"_L1)
            && !patterns().arn.whole.match(value).hasMatch())
            wrong("INVALID_ARN"_L1, name, u"is no ARN of an opt-out list"_s);
    }

    void wrong(QLatin1StringView reason, const QString &name, const QString &message)
    {
        if (m_reason.isEmpty())
            m_reason = reason;
        m_fields.append({ name, message });
    }

    void cannotRead(const QString &message)
    {
        if (!m_unreadable)
            m_unreadable = message;
    }

    std::optional<ServiceRefusal> refusal() const
    {
        if (m_unreadable)
            return ServiceRefusal { .shape = "SerializationException", .message = *m_unreadable, .ofFront = true };
        if (m_fields.isEmpty())
            return std::nullopt;
        QStringList parts;
        for (const ServiceRefusal::Field &field : m_fields)
            parts += field.name + u' ' + field.message;
        return validation(m_reason, u"The request is not valid: %1."_s.arg(parts.join("; "_L1)), m_fields);
    }

private:
    QJsonObject m_root;
    QString m_reason; //!< of the first thing found
    QList<ServiceRefusal::Field> m_fields;
    std::optional<QString> m_unreadable;
};

void readFilters(Walk &walk, NumbersQuery &query)
{
    const auto filters = walk.list(walk.root().value("Filters"_L1), u"Filters"_s, 0, 20);
    for (qsizetype i = 0; filters && i < filters->size(); ++i) {
        const QString at = u"Filters[%1]"_s.arg(i);
        if (!filters->at(i).isObject()) {
            walk.cannotRead(u"%1 must be a structure."_s.arg(at));
            continue;
        }
        const QJsonObject filter = filters->at(i).toObject();
        const auto name = walk.text(filter.value("Name"_L1), at + u".Name"_s);
        const auto values = walk.texts(filter.value("Values"_L1), at + u".Values"_s, 1, 20);
        if (!name)
            walk.wrong(missing, at + u".Name"_s, u"is required"_s);
        else if (*name != "end-user-opted-out"_L1)
            walk.wrong(badParameter, at + u".Name"_s, u"must be end-user-opted-out"_s);
        if (!values)
            walk.wrong(missing, at + u".Values"_s, u"is required"_s);
        bool endUser = false, others = false;
        for (qsizetype j = 0; values && j < values->size(); ++j) {
            const QString &value = values->at(j);
            const QString member = u"%1.Values[%2]"_s.arg(at).arg(j);
            if (walk.checked(value, member, 128, patterns().filterValue) && value != "true"_L1 && value != "false"_L1)
                walk.wrong("INVALID_FILTER_VALUES"_L1, member, u"must be true or false"_s);
            endUser |= value == "true"_L1;
            others |= value == "false"_L1;
        }
        query.wantsEndUser &= endUser;
        query.wantsOthers &= others;
    }
}

} // namespace

ServiceRefusal validation(const QString &reason, const QString &message, const QList<ServiceRefusal::Field> &fields)
{
    return { .shape = "ValidationException", .message = message, .reason = reason, .fields = fields };
}

std::variant<NumbersQuery, ServiceRefusal> readNumbersQuery(const QByteArray &body)
{
    Walk walk(body);
    NumbersQuery query;
    const auto list = walk.text(walk.root().value("OptOutListName"_L1), u"OptOutListName"_s);
    if (list)
        walk.checkListName(*list, u"OptOutListName"_s);
    else
        walk.wrong(missing, u"OptOutListName"_s, u"is required"_s);
    query.list = list.value_or(QString());
    query.numbers =
        walk.texts(walk.root().value("OptedOutNumbers"_L1), u"OptedOutNumbers"_s, 0, 5).value_or(QStringList());
    for (qsizetype i = 0; i < query.numbers.size(); ++i)
        walk.checked(query.numbers.at(i), u"OptedOutNumbers[%1]"_s.arg(i), 20, patterns().number);
    readFilters(walk, query);
    query.nextToken = walk.nextToken();
    query.maxResults = walk.maxResults();
    if (const auto refusal = walk.refusal())
        return *refusal;
    return query;
}

std::variant<ListsQuery, ServiceRefusal> readListsQuery(const QByteArray &body)
{
    Walk walk(body);
    ListsQuery query;
    const auto names = walk.texts(walk.root().value("OptOutListNames"_L1), u"OptOutListNames"_s, 0, 5);
    query.names = names.value_or(QStringList());
    for (qsizetype i = 0; i < query.names.size(); ++i)
        walk.checkListName(query.names.at(i), u"OptOutListNames[%1]"_s.arg(i));
    const auto owner = walk.text(walk.root().value("Owner"_L1), u"Owner"_s);
    if (owner) {
        if (*owner == "SELF"_L1)
            query.owner = ListsQuery::Owner::Self;
        else if (*owner == "SHARED"_L1)
            query.owner = ListsQuery::Owner::Shared;
        else
            walk.wrong(badParameter, u"Owner"_s, u"must be SELF or SHARED"_s);
        if (!query.names.isEmpty())
            walk.wrong(
                "PARAMETERS_CANNOT_BE_USED_TOGETHER"_L1, u"Owner"_s, u"cannot be used together with OptOutListNames"_s);
    }
    query.nextToken = walk.nextToken();
    query.maxResults = walk.maxResults();
    if (const auto refusal = walk.refusal())
        return *refusal;
    return query;
}

} // namespace optout::demo
