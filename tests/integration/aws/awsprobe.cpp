// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

//! Does what app/aws does, on request: one JSON object a line in, one a line out, so that a script can compare the
//! answers with those of another implementation. Bytes travel as base64.

#include "aws/action.h"
#include "aws/replies.h"
#include "aws/requests.h"
#include "aws/serviceerror.h"
#include "aws/sigv4.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringDecoder>

#include <iostream>
#include <string>

using namespace Qt::Literals::StringLiterals;
using namespace optout;

namespace {

QByteArray bytes(const QJsonValue &base64) { return QByteArray::fromBase64(base64.toString().toLatin1()); }

HttpHeaders headers(const QJsonValue &pairs)
{
    HttpHeaders out;
    for (const QJsonValue &pair : pairs.toArray())
        out.emplaceBack(pair[0].toString().toUtf8(), pair[1].toString().toUtf8());
    return out;
}

QJsonValue optional(const std::optional<QString> &text) { return text ? QJsonValue(*text) : QJsonValue(); }

QJsonValue optional(const std::optional<Timestamp> &time)
{
    return time ? QJsonValue(qint64(time->time_since_epoch().count())) : QJsonValue();
}

//! With a byte order mark at the start, which QString::fromStdString() would drop.
QString decoded(const std::string &utf8)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom);
    return decoder(utf8);
}

QJsonObject failed(const Error &error)
{
    return { { u"errorKind"_s, int(error.kind) }, { u"detail"_s, error.detail } };
}

QJsonObject doSign(const QJsonObject &in)
{
    const Credentials credentials { .accessKeyId = in[u"accessKeyId"].toString(),
        .secretAccessKey = Secret(in[u"secret"].toString().toUtf8()),
        .sessionToken = Secret(in[u"token"].toString().toUtf8()) };
    const QUrl url(in[u"url"].toString(), QUrl::StrictMode);
    const Signature made = sign(SigningInput { .method = in[u"method"].toString().toLatin1(),
                                    .url = url,
                                    .headers = headers(in[u"headers"]),
                                    .body = bytes(in[u"body"]),
                                    .region = in[u"region"].toString().toLatin1(),
                                    .service = in[u"service"].toString().toLatin1() },
        credentials, Timestamp(std::chrono::milliseconds(in[u"ms"].toInteger())));
    QJsonArray sent;
    for (const auto &[name, value] : made.headers)
        sent.append(QJsonArray { QString::fromUtf8(name), QString::fromUtf8(value) });
    return { { u"url"_s, url.toString(QUrl::FullyEncoded) },
        { u"canonicalRequest"_s, QString::fromUtf8(made.canonicalRequest) },
        { u"stringToSign"_s, QString::fromUtf8(made.stringToSign) },
        { u"signature"_s, QString::fromUtf8(made.signature) }, { u"headers"_s, sent } };
}

QStringList texts(const QJsonValue &list) { return list.toVariant().toStringList(); }

template <typename Input> void takePaging(const QJsonObject &in, Input &out)
{
    if (in.contains(u"NextToken"))
        out.nextToken = in[u"NextToken"].toString();
    if (in.contains(u"MaxResults"))
        out.maxResults = in[u"MaxResults"].toInt();
}

QJsonObject requestOf(Action action, const Result<QByteArray> &body)
{
    if (!body)
        return failed(body.error());
    return { { u"target"_s, QString::fromLatin1(targetOf(action)) },
        { u"body"_s, QString::fromLatin1(body->toBase64()) } };
}

QJsonObject doNumbersRequest(const QJsonObject &in)
{
    DescribeOptedOutNumbersInput input { .optOutListName = in[u"OptOutListName"].toString(),
        .optedOutNumbers = texts(in[u"OptedOutNumbers"]) };
    for (const QJsonValue &filter : in[u"Filters"].toArray())
        input.filters.append({ .name = filter[u"Name"].toString(), .values = texts(filter[u"Values"]) });
    takePaging(in, input);
    return requestOf(Action::DescribeOptedOutNumbers, writeRequest(input));
}

QJsonObject doListsRequest(const QJsonObject &in)
{
    DescribeOptOutListsInput input { .optOutListNames = texts(in[u"OptOutListNames"]) };
    if (in.contains(u"Owner"))
        input.owner = in[u"Owner"].toString() == u"SELF" ? DescribeOptOutListsInput::Owner::Self
                                                         : DescribeOptOutListsInput::Owner::Shared;
    takePaging(in, input);
    return requestOf(Action::DescribeOptOutLists, writeRequest(input));
}

QJsonObject doNumbersReply(const QJsonObject &in)
{
    const Result<NumbersPage> page = readNumbersPage(bytes(in[u"body"]));
    if (!page)
        return failed(page.error());
    QJsonArray numbers;
    for (const OptedOutNumber &number : page->numbers)
        numbers.append(QJsonArray { decoded(number.number), optional(number.optedOutAt), number.endUserOptedOut });
    return { { u"arn"_s, page->listArn }, { u"name"_s, page->listName }, { u"items"_s, numbers },
        { u"token"_s, optional(page->nextToken) } };
}

QJsonObject doListsReply(const QJsonObject &in)
{
    const Result<ListsPage> page = readListsPage(bytes(in[u"body"]));
    if (!page)
        return failed(page.error());
    QJsonArray lists;
    for (const OptOutList &list : page->lists)
        lists.append(QJsonArray { list.arn, list.name, optional(list.created) });
    return { { u"items"_s, lists }, { u"token"_s, optional(page->nextToken) } };
}

QJsonObject doError(const QJsonObject &in)
{
    const ServiceError read = readServiceError(in[u"status"].toInt(), headers(in[u"headers"]), bytes(in[u"body"]));
    QJsonArray members;
    for (const Error::Member &member : toError(read).members)
        members.append(QJsonArray { member.name, member.value });
    return { { u"code"_s, read.code },
        { u"message"_s, std::visit([](const auto &shape) { return shape.message; }, read.shape) },
        { u"requestId"_s, read.requestId }, { u"members"_s, members } };
}

QJsonObject answer(const QJsonObject &in)
{
    const QString what = in[u"do"].toString();
    if (what == u"sign")
        return doSign(in);
    if (what == u"DescribeOptedOutNumbers")
        return doNumbersRequest(in[u"input"].toObject());
    if (what == u"DescribeOptOutLists")
        return doListsRequest(in[u"input"].toObject());
    if (what == u"numbers reply")
        return doNumbersReply(in);
    if (what == u"lists reply")
        return doListsReply(in);
    if (what == u"error")
        return doError(in);
    return failed(Error { .detail = u"What is \"%1\"?"_s.arg(what) });
}

} // namespace

int main()
{
    for (std::string line; std::getline(std::cin, line);) {
        const QJsonDocument in = QJsonDocument::fromJson(QByteArray::fromStdString(line));
        std::cout << QJsonDocument(answer(in.object())).toJson(QJsonDocument::Compact).toStdString() << '\n';
    }
    return std::cout.flush() ? 0 : 1;
}
