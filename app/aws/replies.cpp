// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "aws/replies.h"

#include "aws/json.h"

#include <bitset>
#include <chrono>
#include <cmath>
#include <string_view>

namespace optout {

using namespace Qt::Literals::StringLiterals;
using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

namespace {

//! Where in the reply: "OptedOutNumbers[3].OptedOutTimestamp". Made into text only when something is wrong there.
struct Place {
    std::string_view list {};
    std::size_t index = 0;
    std::string_view member {};

    QString text() const
    {
        QString out;
        if (!list.empty())
            out = u"%1[%2]"_s.arg(toQString(list)).arg(index);
        if (!list.empty() && !member.empty())
            out += u'.';
        return out + toQString(member);
    }
};

//! A member to be read, with what takes its value: bool(const element &, const Place &).
template <typename Take> struct Member {
    std::string_view name;
    Take take;
};
template <typename Take> Member(const char *, Take) -> Member<Take>;

//! Reads values and remembers the first that is not as the model says. All functions return whether all is well.
class Reader final {
public:
    bool fail(const Place &at, QStringView what)
    {
        m_fault = u"%1 %2"_s.arg(at.text(), what);
        return false;
    }
    Error error() const { return unreadable(m_fault); }
    static Error unreadable(const QString &why)
    {
        return Error { .kind = Error::Kind::BadResponse, .detail = u"The answer cannot be read: %1."_s.arg(why) };
    }

    //! Goes over the members once, in the order they came. Null counts as absent, unknown members are passed over. A
    //! known one that comes twice is refused: which of the two is meant, readers of JSON do not agree on.
    template <typename... Take> bool members(const object &from, Place at, const Member<Take> &...known)
    {
        std::bitset<sizeof...(known)> seen;
        for (const auto field : from) {
            std::size_t which = 0;
            bool well = true;
            const auto tried = [&](const auto &member) {
                if (field.key != member.name) {
                    ++which;
                    return false;
                }
                at.member = member.name;
                if (seen.test(which))
                    well = fail(at, u"is there twice");
                else if (!field.value.is_null())
                    well = member.take(field.value, at);
                seen.set(which);
                return true;
            };
            static_cast<void>((tried(known) || ...));
            if (!well)
                return false;
        }
        return true;
    }

    //! Calls readItem(const object &, const Place &) for each item of a list of objects.
    template <typename ReadItem> bool items(const element &value, const Place &at, ReadItem readItem)
    {
        array list;
        if (value.get(list) != simdjson::SUCCESS)
            return fail(at, u"is no list");
        Place item { .list = at.member };
        for (const element entry : list) {
            object members;
            if (entry.get(members) != simdjson::SUCCESS)
                return fail(item, u"is no object");
            if (!readItem(members, item))
                return false;
            ++item.index;
        }
        return true;
    }

    bool text(const element &value, const Place &at, std::string_view &out)
    {
        return value.get(out) == simdjson::SUCCESS || fail(at, u"is no text");
    }

    auto into(QString &out)
    {
        return [this, &out](const element &value, const Place &at) {
            std::string_view utf8;
            if (!text(value, at, utf8))
                return false;
            out = toQString(utf8);
            return true;
        };
    }

    auto into(std::string &out)
    {
        return [this, &out](const element &value, const Place &at) {
            std::string_view utf8;
            if (!text(value, at, utf8))
                return false;
            out = utf8;
            return true;
        };
    }

    auto into(bool &out)
    {
        return [this, &out](const element &value, const Place &at) {
            return value.get(out) == simdjson::SUCCESS || fail(at, u"is neither true nor false");
        };
    }

    auto into(std::optional<Timestamp> &out)
    {
        return [this, &out](const element &value, const Place &at) {
            double seconds = 0;
            if (value.get(seconds) != simdjson::SUCCESS)
                return fail(at, u"is no number");
            out = toTimestamp(seconds);
            return out.has_value() || fail(at, u"is outside the years 0 to 9999");
        };
    }

    //! An empty token says the same as none: there are no more results.
    auto intoToken(std::optional<QString> &out)
    {
        return [this, &out](const element &value, const Place &at) {
            std::string_view utf8;
            if (!text(value, at, utf8))
                return false;
            if (!utf8.empty())
                out = toQString(utf8);
            return true;
        };
    }

private:
    static std::optional<Timestamp> toTimestamp(double seconds)
    {
        using namespace std::chrono;
        static constexpr sys_days first = year { 0 } / January / 1;
        static constexpr sys_days end = year { 10000 } / January / 1;
        constexpr double firstSeconds = double(std::chrono::seconds(first.time_since_epoch()).count());
        constexpr double endSeconds = double(std::chrono::seconds(end.time_since_epoch()).count());
        if (!(seconds >= firstSeconds && seconds < endSeconds))
            return std::nullopt;
        // The fraction is taken apart without loss; what a double cannot say of it is far below half a millisecond.
        const double whole = std::floor(seconds);
        const Timestamp time { std::chrono::seconds(std::llround(whole))
            + milliseconds(std::llround((seconds - whole) * 1000.0)) };
        return time < end ? std::optional(time) : std::nullopt;
    }

    QString m_fault;
};

//! The object the body is, or why it is none.
Result<object> rootOf(const JsonBody &json)
{
    if (json.error() != simdjson::SUCCESS)
        return Reader::unreadable(
            u"it is no whole JSON (%1)"_s.arg(QString::fromLatin1(simdjson::error_message(json.error()))));
    object root;
    if (json.root().get(root) != simdjson::SUCCESS)
        return Reader::unreadable(u"it is no JSON object"_s);
    // All members of a page may be absent, so that any object reads as an empty last page. This one is none: it would
    // end a read before all rows have come. (Smithy, "AWS JSON 1.0 protocol": `__type` tells an error's shape.)
    if (root["__type"].error() == simdjson::SUCCESS)
        return Reader::unreadable(u"it is an error, although the HTTP status says success"_s);
    return root;
}

bool readNumber(Reader &reader, const object &from, const Place &at, OptedOutNumber &out)
{
    if (!reader.members(from, at, Member { "OptedOutNumber", reader.into(out.number) },
            Member { "OptedOutTimestamp", reader.into(out.optedOutAt) },
            Member { "EndUserOptedOut", reader.into(out.endUserOptedOut) }))
        return false;
    return !out.number.empty() || reader.fail({ at.list, at.index, "OptedOutNumber" }, u"is missing");
}

bool readList(Reader &reader, const object &from, const Place &at, OptOutList &out)
{
    if (!reader.members(from, at, Member { "OptOutListArn", reader.into(out.arn) },
            Member { "OptOutListName", reader.into(out.name) },
            Member { "CreatedTimestamp", reader.into(out.created) }))
        return false;
    if (out.arn.isEmpty())
        return reader.fail({ at.list, at.index, "OptOutListArn" }, u"is missing");
    return !out.name.isEmpty() || reader.fail({ at.list, at.index, "OptOutListName" }, u"is missing");
}

} // namespace

Result<NumbersPage> readNumbersPage(const QByteArray &body)
{
    const JsonBody json(body);
    const Result<object> root = rootOf(json);
    if (!root)
        return root.error();
    NumbersPage page;
    Reader reader;
    const auto takeNumbers = [&](const element &value, const Place &at) {
        page.numbers.reserve(100); // the most that one page may hold
        return reader.items(value, at, [&](const object &item, const Place &place) {
            return readNumber(reader, item, place, page.numbers.emplace_back());
        });
    };
    if (!reader.members(*root, {}, Member { "OptOutListArn", reader.into(page.listArn) },
            Member { "OptOutListName", reader.into(page.listName) }, Member { "OptedOutNumbers", takeNumbers },
            Member { "NextToken", reader.intoToken(page.nextToken) }))
        return reader.error();
    return page;
}

Result<ListsPage> readListsPage(const QByteArray &body)
{
    const JsonBody json(body);
    const Result<object> root = rootOf(json);
    if (!root)
        return root.error();
    ListsPage page;
    Reader reader;
    const auto takeLists = [&](const element &value, const Place &at) {
        return reader.items(value, at, [&](const object &item, const Place &place) {
            return readList(reader, item, place, page.lists.emplace_back());
        });
    };
    if (!reader.members(
            *root, {}, Member { "OptOutLists", takeLists }, Member { "NextToken", reader.intoToken(page.nextToken) }))
        return reader.error();
    return page;
}

} // namespace optout
