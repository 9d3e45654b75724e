// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "aws/requests.h"

#include "domain/optedoutnumber.h"

#include <algorithm>
#include <utility>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype mostNames = 5;
constexpr qsizetype mostNumbers = 5;
constexpr qsizetype mostFilters = 20;
constexpr qsizetype mostFilterValues = 20;
constexpr QLatin1StringView onlyFilterName("end-user-opted-out");

//! What breaks a limit, as a sentence; absent when nothing does.
using Objection = std::optional<QString>;

bool isAsciiAlphanumeric(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9');
}

//! The service counts characters, not the halves that UTF-16 may write them in.
qsizetype characters(QStringView text)
{
    return std::count_if(text.begin(), text.end(), [](QChar c) { return !c.isLowSurrogate(); });
}

Objection checkLength(const QString &member, QStringView text, qsizetype most)
{
    const qsizetype size = characters(text);
    if (size >= 1 && size <= most)
        return std::nullopt;
    return u"%1 must be 1 to %2 characters, but has %3."_s.arg(member).arg(most).arg(size);
}

//! Letters, digits and the given others.
Objection checkAlphabet(const QString &member, QStringView text, QStringView others, const QString &inWords)
{
    const auto strange =
        std::find_if(text.begin(), text.end(), [&](QChar c) { return !isAsciiAlphanumeric(c) && !others.contains(c); });
    if (strange == text.end())
        return std::nullopt;
    const QStringView rest(strange, text.end());
    const qsizetype units = rest.size() > 1 && rest[0].isHighSurrogate() && rest[1].isLowSurrogate() ? 2 : 1;
    const QString shown = units == 2 || strange->isPrint()
        ? rest.first(units).toString()
        : u"U+%1"_s.arg(uint(strange->unicode()), 4, 16, QChar(u'0'));
    return u"%1 may hold only letters A-Z, digits and %2, but holds \"%3\"."_s.arg(member, inWords, shown);
}

Objection checkCount(const QString &member, qsizetype count, qsizetype fewest, qsizetype most)
{
    if (count >= fewest && count <= most)
        return std::nullopt;
    return u"%1 must hold %2 to %3 items, but holds %4."_s.arg(member).arg(fewest).arg(most).arg(count);
}

Objection checkListName(const QString &member, const QString &name)
{
    if (const Objection objection = checkLength(member, name, 256))
        return objection;
    return checkAlphabet(member, name, u"_:/-", u"_ : / -"_s);
}

//! The number itself stays out of the sentence: sentences reach logs.
Objection checkNumbers(const QStringList &numbers)
{
    if (const Objection objection = checkCount(u"OptedOutNumbers"_s, numbers.size(), 0, mostNumbers))
        return objection;
    for (qsizetype i = 0; i < numbers.size(); ++i) {
        const QString member = u"OptedOutNumbers[%1]"_s.arg(i);
        if (const Objection objection = checkLength(member, numbers[i], 20))
            return objection;
        if (!isPhoneNumber(numbers[i]))
            return u"%1 must be 2 to 19 digits after an optional +, the first of them not 0."_s.arg(member);
    }
    return std::nullopt;
}

Objection checkFilters(const QList<DescribeOptedOutNumbersInput::Filter> &filters)
{
    if (const Objection objection = checkCount(u"Filters"_s, filters.size(), 0, mostFilters))
        return objection;
    for (qsizetype i = 0; i < filters.size(); ++i) {
        if (filters[i].name != onlyFilterName)
            return u"Filters[%1].Name must be \"%2\"."_s.arg(i).arg(onlyFilterName);
        const QStringList &values = filters[i].values;
        const QString member = u"Filters[%1].Values"_s.arg(i);
        if (const Objection objection = checkCount(member, values.size(), 1, mostFilterValues))
            return objection;
        for (qsizetype j = 0; j < values.size(); ++j) {
            const QString item = u"%1[%2]"_s.arg(member).arg(j);
            if (const Objection objection = checkLength(item, values[j], 128))
                return objection;
            if (const Objection objection = checkAlphabet(item, values[j], u"/.:+_-", u"/ . : + _ -"_s))
                return objection;
        }
    }
    return std::nullopt;
}

Objection checkPaging(const std::optional<QString> &nextToken, const std::optional<int> &maxResults)
{
    if (nextToken) {
        if (const Objection objection = checkLength(u"NextToken"_s, *nextToken, 1024))
            return objection;
        // Such text cannot be written in UTF-8: another token than the given one would be sent.
        if (!nextToken->isValidUtf16())
            return u"NextToken holds half a character (an unpaired surrogate)."_s;
    }
    if (maxResults && (*maxResults < 1 || *maxResults > 100))
        return u"MaxResults must be 1 to 100, but is %1."_s.arg(*maxResults);
    return std::nullopt;
}

Error invalid(const QString &detail) { return Error { .kind = Error::Kind::InvalidInput, .detail = detail }; }

//! JSON text (RFC 8259), appended. Not QJsonDocument, which builds a tree of the members first: a request stands
//! between a page and the next one, and took three times as long.
class JsonObject {
public:
    explicit JsonObject(QByteArray &out)
        : m_out(out)
    {
        m_out += '{';
    }
    ~JsonObject() { m_out += '}'; }
    Q_DISABLE_COPY_MOVE(JsonObject)

    QByteArray &add(QByteArrayView name) //!< its value is appended by who calls this
    {
        if (!std::exchange(m_isFirst, false))
            m_out += ',';
        return m_out.append('"').append(name).append("\":");
    }
    void add(QByteArrayView name, int number) { add(name) += QByteArray::number(number); }
    void add(QByteArrayView name, const QString &text) { appendText(add(name), text); }
    void add(QByteArrayView name, const QStringList &texts)
    {
        appendList(add(name), texts, [this](const QString &text) { appendText(m_out, text); });
    }

    template <typename Items, typename Append>
    static void appendList(QByteArray &out, const Items &items, const Append &append)
    {
        out += '[';
        for (qsizetype i = 0; i < items.size(); ++i) {
            if (i > 0)
                out += ',';
            append(items[i]);
        }
        out += ']';
    }

private:
    static void appendText(QByteArray &out, const QString &text)
    {
        out += '"';
        for (const char c : text.toUtf8()) {
            if (c == '"' || c == '\\')
                out += '\\';
            if (uchar(c) >= 0x20)
                out += c;
            else
                out.append("\\u00").append(QByteArray(1, c).toHex());
        }
        out += '"';
    }

    QByteArray &m_out;
    bool m_isFirst = true;
};

void addPaging(JsonObject &json, const std::optional<QString> &nextToken, const std::optional<int> &maxResults)
{
    if (nextToken)
        json.add("NextToken", *nextToken);
    if (maxResults)
        json.add("MaxResults", *maxResults);
}

constexpr qsizetype usualBytes = 512; // with a token as they come

} // namespace

Result<QByteArray> writeRequest(const DescribeOptedOutNumbersInput &input)
{
    for (const Objection &objection :
        { checkListName(u"OptOutListName"_s, input.optOutListName), checkNumbers(input.optedOutNumbers),
            checkFilters(input.filters), checkPaging(input.nextToken, input.maxResults) }) {
        if (objection)
            return invalid(*objection);
    }
    QByteArray out;
    out.reserve(usualBytes);
    {
        JsonObject json(out);
        json.add("OptOutListName", input.optOutListName);
        if (!input.optedOutNumbers.isEmpty())
            json.add("OptedOutNumbers", input.optedOutNumbers);
        if (!input.filters.isEmpty()) {
            JsonObject::appendList(json.add("Filters"), input.filters, [&out](const auto &filter) {
                JsonObject item(out);
                item.add("Name", filter.name);
                item.add("Values", filter.values);
            });
        }
        addPaging(json, input.nextToken, input.maxResults);
    }
    return out;
}

Result<QByteArray> writeRequest(const DescribeOptOutListsInput &input)
{
    if (const Objection objection = checkCount(u"OptOutListNames"_s, input.optOutListNames.size(), 0, mostNames))
        return invalid(*objection);
    for (qsizetype i = 0; i < input.optOutListNames.size(); ++i) {
        if (const Objection objection = checkListName(u"OptOutListNames[%1]"_s.arg(i), input.optOutListNames[i]))
            return invalid(*objection);
    }
    if (input.owner && !input.optOutListNames.isEmpty())
        return invalid(u"Owner cannot be used together with OptOutListNames."_s);
    if (const Objection objection = checkPaging(input.nextToken, input.maxResults))
        return invalid(*objection);

    QByteArray out;
    {
        JsonObject json(out);
        if (!input.optOutListNames.isEmpty())
            json.add("OptOutListNames", input.optOutListNames);
        if (input.owner)
            json.add("Owner", *input.owner == DescribeOptOutListsInput::Owner::Self ? u"SELF"_s : u"SHARED"_s);
        addPaging(json, input.nextToken, input.maxResults);
    }
    return out;
}

} // namespace optout
