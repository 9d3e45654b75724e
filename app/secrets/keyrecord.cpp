// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "secrets/keyrecord.h"

#include <optional>
#include <utility>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

void appendText(QByteArray &out, QByteArrayView text)
{
    static constexpr char digits[] = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto code = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (code < 0x20) {
            out += "\\u00";
            out += digits[code >> 4];
            out += digits[code & 0xf];
        } else {
            out += c;
        }
    }
    out += '"';
}

//! Reads the flat object of texts that a record is, and nothing else of JSON.
class RecordReader {
public:
    explicit RecordReader(QByteArrayView text)
        : m_text(text)
    {
    }

    bool take(char wanted)
    {
        while (m_at < m_text.size() && (m_text[m_at] == ' ' || m_text[m_at] == '\n'))
            ++m_at;
        if (m_at >= m_text.size() || m_text[m_at] != wanted)
            return false;
        ++m_at;
        return true;
    }

    std::optional<QByteArray> takeText()
    {
        if (!take('"'))
            return std::nullopt;
        QByteArray out;
        out.reserve(m_text.size() - m_at); // never grows, so no half of a secret stays behind in a smaller buffer
        while (m_at < m_text.size()) {
            const char c = m_text[m_at++];
            if (c == '"')
                return out;
            if (static_cast<unsigned char>(c) < 0x20 || (c == '\\' && !takeEscape(out)))
                break;
            if (c != '\\')
                out += c;
        }
        wipe(out);
        return std::nullopt;
    }

    bool atEnd() const { return m_at == m_text.size(); }

private:
    bool takeEscape(QByteArray &out)
    {
        if (m_at >= m_text.size())
            return false;
        const char c = m_text[m_at++];
        if (c == '"' || c == '\\' || c == '/') {
            out += c;
            return true;
        }
        if (c != 'u' || m_at + 4 > m_text.size())
            return false;
        bool ok = false;
        const ushort code = m_text.sliced(m_at, 4).toUShort(&ok, 16);
        m_at += 4;
        if (!ok || code >= 0x20) // only what appendText() writes
            return false;
        out += static_cast<char>(code);
        return true;
    }

    QByteArrayView m_text;
    qsizetype m_at = 0;
};

Error unreadable()
{
    return { .kind = Error::Kind::Storage,
        .code = u"KeychainFailed"_s,
        .detail = u"The keychain's entry for this connection is damaged."_s };
}

// A member's name is no secret, its value is.
bool takeMember(RecordReader &reader, QByteArray &accessKeyId, Secret &secret)
{
    const std::optional<QByteArray> name = reader.takeText();
    if (!name || !reader.take(':'))
        return false;
    std::optional<QByteArray> value = reader.takeText();
    if (!value)
        return false;
    if (*name == "accessKeyId")
        accessKeyId = *std::exchange(value, std::nullopt);
    else if (*name == "secretAccessKey")
        secret = Secret(std::move(*value));
    else
        wipe(*value);
    return true;
}

} // namespace

QByteArray writeKeyRecord(const Credentials &credentials)
{
    const QByteArray accessKeyId = credentials.accessKeyId.toUtf8();
    const QByteArrayView secret = credentials.secretAccessKey.expose();
    QByteArray out;
    out.reserve(6 * (accessKeyId.size() + secret.size()) + 64); // never grows, as in takeText()
    out += "{\"accessKeyId\":";
    appendText(out, accessKeyId);
    out += ",\"secretAccessKey\":";
    appendText(out, secret);
    out += '}';
    return out;
}

Result<Credentials> readKeyRecord(QByteArrayView record)
{
    RecordReader reader(record);
    QByteArray accessKeyId;
    Secret secret;
    if (!reader.take('{'))
        return unreadable();
    do {
        if (!takeMember(reader, accessKeyId, secret))
            return unreadable();
    } while (reader.take(','));
    if (!reader.take('}') || !reader.atEnd() || accessKeyId.isEmpty() || secret.isEmpty())
        return unreadable();
    return Credentials { .accessKeyId = QString::fromUtf8(accessKeyId), .secretAccessKey = secret, .sessionToken = {} };
}

} // namespace optout
