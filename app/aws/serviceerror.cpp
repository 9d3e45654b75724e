// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "aws/serviceerror.h"

#include "aws/httpdate.h"
#include "aws/json.h"
#include "aws/pagetext.h"

#include <algorithm>

namespace optout {

using namespace Qt::Literals::StringLiterals;
using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

namespace {

constexpr qsizetype longestPageText = 500;

//! What a body says, before it is known which error it is.
struct Body {
    QString code {};
    QString message {};
    QList<Error::Member> members {};
    QList<ValidationException::Field> fields {};
    bool isPage = false; //!< no JSON object, and not empty; then the message is the start of the page
};

//! Empty unless every entry is an object of a Name and a Message and nothing else: then nothing would be lost.
QList<ValidationException::Field> fieldsOf(const element &value)
{
    QList<ValidationException::Field> out;
    array entries;
    if (value.get(entries) != simdjson::SUCCESS)
        return {};
    for (const element entry : entries) {
        object members;
        std::string_view name;
        std::string_view message;
        if (entry.get(members) != simdjson::SUCCESS || members.size() != 2
            || members["Name"].get(name) != simdjson::SUCCESS || members["Message"].get(message) != simdjson::SUCCESS)
            return {};
        out.append({ .name = toQString(name), .message = toQString(message) });
    }
    return out;
}

//! The name in "com.amazonaws.pinpointsmsvoicev2#ThrottlingException:http://internal.amazon.com/coral/".
QString bareCode(QStringView text)
{
    const qsizetype tail = text.indexOf(u':');
    if (tail >= 0)
        text.truncate(tail);
    return text.sliced(text.lastIndexOf(u'#') + 1).trimmed().toString();
}

//! A member that was found under one of its names.
struct Named {
    std::string_view name;
    QString text;
};

std::optional<Named> firstText(const object &from, std::initializer_list<std::string_view> names)
{
    for (const std::string_view name : names) {
        std::string_view text;
        if (from[name].get(text) == simdjson::SUCCESS)
            return Named { name, toQString(text) };
    }
    return std::nullopt;
}

std::optional<Named> codeIn(const object &from)
{
    std::optional<Named> found = firstText(from, { "__type", "code", "Code" });
    if (found)
        found->text = bareCode(found->text);
    return found && !found->text.isEmpty() ? found : std::nullopt;
}

void collect(const object &from, Body &out)
{
    std::optional<Named> code = codeIn(from);
    std::optional<Named> message = firstText(from, { "message", "Message" });
    if (code)
        out.code = code->text;
    if (message)
        out.message = message->text;
    for (const auto field : from) {
        object inner;
        if (code && field.key == code->name) {
            code.reset(); // a second member of that name is kept as any other
        } else if (message && field.key == message->name) {
            message.reset();
        } else if (out.code.isEmpty() && (field.key == "Output" || field.key == "Error")
            && field.value.get(inner) == simdjson::SUCCESS && codeIn(inner)) {
            collect(inner, out); // how the front wraps an error that no service made
        } else if (!field.value.is_null()) {
            std::string_view text;
            const bool isText = field.value.get(text) == simdjson::SUCCESS;
            out.members.append({ .name = toQString(field.key),
                .value = isText ? toQString(text) : QString::fromStdString(simdjson::minify(field.value)) });
            if (field.key == "Fields")
                out.fields = fieldsOf(field.value);
        }
    }
}

Body readBody(const QByteArray &bytes)
{
    Body out;
    const JsonBody json(bytes);
    object root;
    if (json.error() == simdjson::SUCCESS && json.root().get(root) == simdjson::SUCCESS)
        collect(root, out);
    else
        out = { .message = pageText(bytes, longestPageText), .isPage = !bytes.trimmed().isEmpty() };
    return out;
}

std::optional<QString> memberOf(const QList<Error::Member> &members, QLatin1StringView name)
{
    const auto found =
        std::find_if(members.begin(), members.end(), [name](const Error::Member &m) { return m.name == name; });
    return found == members.end() ? std::nullopt : std::optional(found->value);
}

ServiceErrorShape shapeOf(const QString &code, const Body &body)
{
    if (code == "ThrottlingException"_L1)
        return ThrottlingException { body.message };
    if (code == "AccessDeniedException"_L1)
        return AccessDeniedException { body.message, memberOf(body.members, "Reason"_L1) };
    if (code == "ResourceNotFoundException"_L1)
        return ResourceNotFoundException { body.message, memberOf(body.members, "ResourceType"_L1),
            memberOf(body.members, "ResourceId"_L1) };
    if (code == "ValidationException"_L1)
        return ValidationException { body.message, memberOf(body.members, "Reason"_L1), body.fields };
    if (code == "InternalServerException"_L1)
        return InternalServerException { body.message, memberOf(body.members, "RequestId"_L1) };
    return OtherServiceError { .code = code, .message = body.message, .isPage = body.isPage };
}

//! In seconds, or as a date. A date is compared with that of the answer itself, so that this computer's clock is not
//! asked.
std::optional<std::chrono::milliseconds> retryAfterOf(const HttpHeaders &headers)
{
    using namespace std::chrono;
    const QByteArray text = headerValue(headers, "Retry-After").trimmed();
    bool isNumber = false;
    const uint delay = text.toUInt(&isNumber);
    if (isNumber)
        return seconds(delay);
    const std::optional<Timestamp> until = httpDate(text);
    const std::optional<Timestamp> now = httpDate(headerValue(headers, "Date"));
    if (!until || !now)
        return std::nullopt;
    return std::max(milliseconds::zero(), *until - *now);
}

} // namespace

ServiceError readServiceError(int httpStatus, const HttpHeaders &headers, const QByteArray &body)
{
    const Body read = readBody(body);
    ServiceError out;
    out.httpStatus = httpStatus;
    out.code = read.code.isEmpty() ? bareCode(QString::fromUtf8(headerValue(headers, "x-amzn-ErrorType"))) : read.code;
    out.requestId = requestIdOf(headers);
    if (out.requestId.isEmpty())
        out.requestId = memberOf(read.members, "RequestId"_L1).value_or(QString());
    out.retryAfter = retryAfterOf(headers);
    out.members = read.members;
    out.shape = shapeOf(out.code, read);
    return out;
}

QString requestIdOf(const HttpHeaders &headers)
{
    for (const char *name : { "x-amzn-RequestId", "x-amz-request-id" }) {
        const QByteArray value = headerValue(headers, name);
        if (!value.isEmpty())
            return QString::fromUtf8(value);
    }
    return {};
}

QByteArray headerValue(const HttpHeaders &headers, QByteArrayView name)
{
    const auto found = std::find_if(headers.begin(), headers.end(),
        [name](const auto &header) { return header.first.compare(name, Qt::CaseInsensitive) == 0; });
    return found == headers.end() ? QByteArray() : found->second;
}

} // namespace optout
