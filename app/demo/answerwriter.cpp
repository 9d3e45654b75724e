// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "demo/answerwriter.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <array>
#include <charconv>
#include <cstring>
#include <string_view>

using namespace Qt::Literals::StringLiterals;

namespace optout::demo {

namespace {

//! Writes into room reserved beforehand: a page is some two thousand small pieces, and QByteArray looks at its size,
//! its room and who shares it for each.
class Out {
public:
    explicit Out(std::size_t roomBytes)
        : m_bytes(qsizetype(roomBytes), Qt::Uninitialized)
        , m_begin(m_bytes.data())
        , m_at(m_begin)
    {
    }

    void put(std::string_view text)
    {
        Q_ASSERT(std::size_t(m_begin + m_bytes.size() - m_at) >= text.size());
        std::memcpy(m_at, text.data(), text.size());
        m_at += text.size();
    }
    void put(char c) { *m_at++ = c; }
    void put(quint64 value) { m_at = std::to_chars(m_at, m_begin + m_bytes.size(), value).ptr; }
    void takeBack(int bytes) { m_at -= bytes; }

    QByteArray finished()
    {
        m_bytes.truncate(m_at - m_begin);
        return std::move(m_bytes);
    }

private:
    QByteArray m_bytes;
    char *m_begin;
    char *m_at;
};

// A row takes 130 bytes, or 220 with all that can be added; what stands around the rows, twice 256 at most, escaped.
constexpr std::size_t rowBytes = 256, frameBytes = 2048, listBytes = 1024;

//! Seconds since 1970, as Java's Double.toString writes them ("1.655236397857E9") or plainly ("1655236397.857").
void writeTime(Out &out, Timestamp time, bool scientific)
{
    std::array<char, 20> digits; // the demo's times all have 13
    const char *end =
        std::to_chars(digits.data(), digits.data() + digits.size(), qint64(time.time_since_epoch().count())).ptr;
    const char *const decimals = digits.data() + (scientific ? 1 : 10);
    while (end > decimals && end[-1] == '0')
        --end;
    out.put(std::string_view(digits.data(), decimals));
    if (end > decimals) {
        out.put('.');
        out.put(std::string_view(decimals, end));
    } else if (scientific) {
        out.put(".0");
    }
    if (scientific)
        out.put("E9");
}

//! For texts of letters, digits and `-_:/+=`, which all of the demo's are.
void writeText(Out &out, const QByteArray &text, bool escaping)
{
    out.put('"');
    for (const char c : text) {
        if (escaping && c == '/')
            out.put("\\/");
        else if (escaping && c == '-')
            out.put("\\u002d");
        else
            out.put(c);
    }
    out.put('"');
}

void writeNumber(Out &out, const DemoList::Row &row)
{
    out.put("\"OptedOutNumber\":\"");
    if (row.plus)
        out.put(row.whim % 16 == 3 ? "\\u002b" : "+");
    out.put(row.digits);
    out.put('"');
}

void writeRow(Out &out, const DemoList::Row &row)
{
    const auto time = [&] {
        out.put("\"OptedOutTimestamp\":");
        writeTime(out, row.optedOutAt, row.whim % 2 == 0);
    };
    const auto endUser = [&] { out.put(row.endUser ? "\"EndUserOptedOut\":true" : "\"EndUserOptedOut\":false"); };

    out.put('{');
    const auto order = row.whim >> 8 & 7;
    if (order == 0) {
        endUser();
        out.put(',');
        writeNumber(out, row);
        out.put(',');
        time();
    } else if (order == 1) {
        time();
        out.put(',');
        endUser();
        out.put(", ");
        writeNumber(out, row);
    } else {
        writeNumber(out, row);
        out.put(',');
        time();
        out.put(',');
        endUser();
    }
    if ((row.whim >> 16) % 64 == 0)
        out.put(R"(,"Channel":{"Kind":"SMS","Hops":[1,null,{"Note":"not in the model \"yet\""}]})");
    out.put('}');
}

void writeToken(Out &out, const QByteArray &token, quint64 whim)
{
    if (!token.isNull()) {
        out.put(",\"NextToken\":");
        writeText(out, token, whim % 3 == 0);
    } else if (whim % 4 == 0) {
        out.put(",\"NextToken\":null");
    } else if (whim % 4 == 1) {
        out.put(R"(,"NextToken":"")");
    }
}

} // namespace

QByteArray writePage(const NumbersAnswer &answer)
{
    const OptOutList &about = answer.list->about();
    const quint64 whim = answer.rows.empty() ? answer.list->size() : answer.rows.front().whim >> 24;
    Out out(frameBytes + answer.rows.size() * rowBytes);
    const auto writeList = [&] {
        out.put("\"OptOutListArn\":");
        writeText(out, about.arn.toLatin1(), whim % 5 == 0);
        out.put(",\"OptOutListName\":");
        writeText(out, about.name.toLatin1(), whim % 7 == 0);
    };
    const auto writeRows = [&] {
        out.put("\"OptedOutNumbers\":[");
        for (const DemoList::Row &row : answer.rows) {
            writeRow(out, row);
            out.put(',');
        }
        if (!answer.rows.empty())
            out.takeBack(1);
        out.put(']');
    };
    out.put('{');
    if (whim % 6 == 1) {
        writeRows();
        out.put(",\n ");
        writeList();
    } else {
        writeList();
        out.put(',');
        writeRows();
    }
    writeToken(out, answer.nextToken, whim);
    if (whim % 8 == 2)
        out.put(R"(,"Served":{"From":"demo","Units":1.0e0})");
    out.put('}');
    return out.finished();
}

QByteArray writePage(const ListsAnswer &answer)
{
    Out out(frameBytes + answer.lists.size() * listBytes);
    out.put("{\"OptOutLists\":[");
    quint64 whim = answer.lists.size();
    for (const DemoList *list : answer.lists) {
        const OptOutList &about = list->about();
        out.put("{\"OptOutListArn\":");
        writeText(out, about.arn.toLatin1(), whim % 2 == 0);
        out.put(",\"OptOutListName\":");
        writeText(out, about.name.toLatin1(), whim % 3 == 0);
        out.put(",\"CreatedTimestamp\":");
        writeTime(out, *about.created, whim % 2 == 0);
        out.put(whim % 3 == 1 ? R"(,"Purpose":null},)" : "},");
        ++whim;
    }
    if (!answer.lists.empty())
        out.takeBack(1);
    out.put(']');
    writeToken(out, answer.nextToken, whim);
    out.put('}');
    return out.finished();
}

HttpAnswer toAnswer(const ServiceRefusal &refusal, const QByteArray &requestId)
{
    QJsonObject body;
    const QLatin1StringView space =
        refusal.ofFront ? "com.amazon.coral.service#"_L1 : "com.amazonaws.pinpointsmsvoicev2#"_L1;
    body["__type"_L1] = space + QString::fromLatin1(refusal.shape);
    body[refusal.ofFront ? "message"_L1 : "Message"_L1] = refusal.message;
    if (!refusal.reason.isEmpty())
        body["Reason"_L1] = refusal.reason;
    if (!refusal.resourceType.isEmpty()) {
        body["ResourceType"_L1] = refusal.resourceType;
        body["ResourceId"_L1] = refusal.resourceId;
    }
    if (refusal.shape == "ValidationException") {
        QJsonArray fields;
        for (const ServiceRefusal::Field &field : refusal.fields)
            fields.append(QJsonObject { { "Name"_L1, field.name }, { "Message"_L1, field.message } });
        body["Fields"_L1] = fields;
    }
    if (refusal.shape == "InternalServerException")
        body["RequestId"_L1] = QString::fromLatin1(requestId);
    return { .status = refusal.status, .body = QJsonDocument(body).toJson(QJsonDocument::Compact) };
}

} // namespace optout::demo
