// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "aws/secretjson.h"

#include <QStringDecoder>

#include <simdjson.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace optout {

using namespace Qt::Literals::StringLiterals;
using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

namespace {

//! In a way that the compiler may not leave out, as wipe() does for a QByteArray.
void overwrite(void *data, std::size_t size)
{
    auto *p = static_cast<volatile unsigned char *>(data);
    for (std::size_t i = 0; i < size; ++i)
        p[i] = 0;
}

//! Not QString::fromUtf8(): that drops a U+FEFF at the start.
QString toText(std::string_view text)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom);
    return decoder(QByteArrayView(text.data(), qsizetype(text.size())));
}

void appendEscaped(QByteArray &out, QStringView text)
{
    static constexpr char digits[] = "0123456789abcdef";
    out += '"';
    for (const QChar c : text) {
        const char16_t unit = c.unicode();
        if (unit == u'"' || unit == u'\\') {
            out += '\\';
            out += char(unit);
        } else if (unit < 0x20 || unit > 0x7e) {
            out += "\\u";
            for (int shift = 12; shift >= 0; shift -= 4)
                out += digits[(unit >> shift) & 0xf];
        } else {
            out += char(unit);
        }
    }
    out += '"';
}

} // namespace

class SecretJson::Private {
public:
    std::optional<element> find(Path path) const
    {
        if (!isObject)
            return std::nullopt;
        element at = root;
        for (const std::string_view name : path) {
            object members;
            if (at.get(members) != simdjson::SUCCESS || members.at_key(name).get(at) != simdjson::SUCCESS)
                return std::nullopt;
        }
        return at;
    }

    // The parser reads past the end of its input and would make a copy of its own of an input without that room.
    std::unique_ptr<char[]> padded {};
    std::size_t paddedSize = 0;
    std::size_t textSize = 0;
    simdjson::dom::parser parser {};
    element root {};
    object rootMembers {};
    bool isJson = false;
    bool isObject = false;
};

SecretJson::SecretJson(QByteArrayView text)
    : d(std::make_unique<Private>())
{
    if (text.size() > limitBytes)
        return;
    d->textSize = std::size_t(text.size());
    d->paddedSize = d->textSize + simdjson::SIMDJSON_PADDING;
    d->padded = std::make_unique<char[]>(d->paddedSize); // zeros
    std::copy(text.begin(), text.end(), d->padded.get());
    d->isJson = d->parser.parse(d->padded.get(), d->textSize, false).get(d->root) == simdjson::SUCCESS;
    d->isObject = d->isJson && d->root.get(d->rootMembers) == simdjson::SUCCESS;
}

SecretJson::~SecretJson()
{
    if (!d->padded)
        return;
    overwrite(d->padded.get(), d->paddedSize);
    // The texts without their escapes, each after its length and before a zero: never more than five bytes for three.
    if (d->parser.doc.string_buf)
        overwrite(d->parser.doc.string_buf.get(), d->parser.doc.capacity() * 5 / 3);
}

QString SecretJson::problem() const
{
    if (d->isObject)
        return {};
    if (!d->padded)
        return u"is longer than 64 KiB"_s;
    return d->isJson ? u"is no JSON object"_s : u"is not JSON"_s;
}

std::optional<QString> SecretJson::text(Path path) const
{
    std::string_view value;
    const std::optional<element> found = d->find(path);
    if (!found || found->get(value) != simdjson::SUCCESS)
        return std::nullopt;
    return toText(value);
}

Secret SecretJson::secret(Path path) const
{
    std::string_view value;
    const std::optional<element> found = d->find(path);
    if (!found || found->get(value) != simdjson::SUCCESS)
        return {};
    return Secret(QByteArrayView(value.data(), qsizetype(value.size())));
}

std::optional<qint64> SecretJson::integer(Path path) const
{
    const std::optional<element> found = d->find(path);
    if (!found)
        return std::nullopt;
    int64_t whole = 0;
    if (found->get(whole) == simdjson::SUCCESS)
        return whole;
    double number = 0;
    // Up to 2^53 a double is exact; beyond, no time and no duration is meant.
    if (!found->is_double() || found->get(number) != simdjson::SUCCESS || std::abs(number) > 9007199254740992.0)
        return std::nullopt;
    return static_cast<qint64>(std::trunc(number));
}

std::optional<double> SecretJson::number(Path path) const
{
    double value = 0;
    const std::optional<element> found = d->find(path);
    return found && found->get(value) == simdjson::SUCCESS ? std::optional(value) : std::nullopt;
}

QStringList SecretJson::texts(Path path) const
{
    QStringList out;
    array entries;
    const std::optional<element> found = d->find(path);
    if (!found || found->get(entries) != simdjson::SUCCESS)
        return {};
    for (const element entry : entries) {
        std::string_view value;
        if (entry.get(value) != simdjson::SUCCESS)
            return {};
        out += toText(value);
    }
    return out;
}

bool SecretJson::has(Path path) const
{
    const std::optional<element> found = d->find(path);
    return found && !found->is_null();
}

Secret SecretJson::others(std::initializer_list<std::string_view> known) const
{
    if (!d->isObject)
        return {};
    QByteArray out;
    out.reserve(qsizetype(d->textSize) * 6 + 64); // an escape may be longer than what it was written as
    for (const auto member : d->rootMembers) {
        if (std::find(known.begin(), known.end(), member.key) != known.end())
            continue;
        out += ',';
        out += jsonQuoted(toText(member.key));
        out += ':';
        std::string value = simdjson::minify(member.value);
        out.append(value.data(), qsizetype(value.size()));
        overwrite(value.data(), value.size());
    }
    return Secret(std::move(out));
}

SecretJsonWriter::SecretJsonWriter(qsizetype sizeBytes)
{
    m_text.reserve(6 * sizeBytes + 1024);
    m_text += '{';
}

void SecretJsonWriter::begin(const char *name)
{
    if (m_text.size() > 1)
        m_text += ", ";
    appendEscaped(m_text, QString::fromLatin1(name));
    m_text += ": ";
}

void SecretJsonWriter::add(const char *name, QStringView value)
{
    begin(name);
    appendEscaped(m_text, value);
}

void SecretJsonWriter::add(const char *name, const Secret &value)
{
    begin(name);
    // As text for a moment: UTF-8 that came out of JSON.
    const QByteArrayView bytes = value.expose();
    QString text = QString::fromUtf8(bytes);
    appendEscaped(m_text, text);
    overwrite(text.data(), std::size_t(text.size()) * sizeof(QChar));
}

void SecretJsonWriter::add(const char *name, const QStringList &values)
{
    begin(name);
    m_text += '[';
    for (qsizetype i = 0; i < values.size(); ++i) {
        if (i > 0)
            m_text += ", ";
        appendEscaped(m_text, values.at(i));
    }
    m_text += ']';
}

void SecretJsonWriter::addOthers(const Secret &members)
{
    const QByteArrayView text = members.expose();
    if (!text.isEmpty())
        m_text.append(m_text.size() > 1 ? text : text.sliced(1));
}

Secret SecretJsonWriter::finish()
{
    m_text += '}';
    return Secret(std::move(m_text));
}

QByteArray jsonQuoted(QStringView text)
{
    QByteArray out;
    out.reserve(6 * text.size() + 2);
    appendEscaped(out, text);
    return out;
}

} // namespace optout
