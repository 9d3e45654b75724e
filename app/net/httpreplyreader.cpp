// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "net/httpreplyreader.h"

// The only file of this library that includes Boost.Beast: it takes long to compile.
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <algorithm>
#include <exception>

namespace optout {

namespace {

namespace http = boost::beast::http;
using BeastError = boost::beast::error_code;

constexpr qsizetype headLimitBytes = 64 * 1024; // those of the service have less than one
constexpr qsizetype lastChunkBytes = 5; // "0", a line end and one more, without trailers

QByteArray toBytes(boost::beast::string_view text) { return { text.data(), qsizetype(text.size()) }; }

HttpReplyReader::State stateOf(const BeastError &error)
{
    return error == http::error::body_limit ? HttpReplyReader::State::TooLarge : HttpReplyReader::State::NotHttp;
}

} // namespace

class HttpReplyReader::Parser : public http::response_parser<http::string_body> {
public:
    explicit Parser(qint64 bodyLimitBytes)
    {
        header_limit(quint32(headLimitBytes));
        body_limit(quint64(bodyLimitBytes));
    }
};

HttpReplyReader::HttpReplyReader(qint64 bodyLimitBytes)
    : m_bodyLimitBytes(bodyLimitBytes)
    , m_parser(std::make_unique<Parser>(bodyLimitBytes))
{
}

HttpReplyReader::~HttpReplyReader() = default;

HttpReplyReader::State HttpReplyReader::read(QByteArray &bytes)
{
    m_hasBegun = m_hasBegun || !bytes.isEmpty();
    try {
        return takeFrom(bytes);
    } catch (const std::exception &) { // a trailer longer than Beast's fields can be, or no memory for what came
        return State::NotHttp;
    }
}

HttpReplyReader::State HttpReplyReader::takeFrom(QByteArray &bytes)
{
    while (!bytes.isEmpty() && bytes.size() >= m_bytesToGoOn) {
        const bool wasInHead = !hasHeaders();
        BeastError error;
        const auto taken =
            qsizetype(m_parser->put(boost::asio::const_buffer(bytes.constData(), std::size_t(bytes.size())), error));
        bytes.remove(0, taken);
        m_headBytes += wasInHead ? taken : 0;
        if (error && error != http::error::need_more)
            return stateOf(error);
        // Before the body begins: Beast makes room for all that is announced.
        if (hasHeaders() && !m_parser->eager()) {
            if (m_parser->content_length().value_or(0) > quint64(m_bodyLimitBytes))
                return State::TooLarge;
            m_parser->eager(true); // from now on the body, too
        }
        if (m_parser->is_done()) {
            if (status() >= 200)
                return State::Complete;
            m_parser = std::make_unique<Parser>(m_bodyLimitBytes);
        }
        // Beast must not be given the same again, nor the beginning of the last chunk once it has seen that.
        m_bytesToGoOn = taken > 0 ? 0 : bytes.size() + 1;
        if (taken == 0 && hasHeaders() && m_parser->chunked())
            m_bytesToGoOn = std::max(m_bytesToGoOn, lastChunkBytes);
    }
    // Beast counts a head anew with each piece of it, and lines of chunks and trailers not at all.
    return m_headBytes > headLimitBytes || bytes.size() > headLimitBytes ? State::NotHttp : State::NeedMore;
}

HttpReplyReader::State HttpReplyReader::end()
{
    if (!hasHeaders())
        return State::Cut;
    BeastError error;
    m_parser->put_eof(error);
    return error ? State::Cut : State::Complete;
}

bool HttpReplyReader::hasBegun() const { return m_hasBegun; }

bool HttpReplyReader::hasHeaders() const { return m_parser->is_header_done(); }

qsizetype HttpReplyReader::bodyBytes() const { return qsizetype(m_parser->get().body().size()); }

int HttpReplyReader::status() const { return int(m_parser->get().result_int()); }

QByteArray HttpReplyReader::header(const char *name) const { return toBytes(m_parser->get()[name]); }

bool HttpReplyReader::keepsConnection() const { return m_parser->keep_alive(); }

HttpReply HttpReplyReader::reply() const
{
    const auto &message = m_parser->get();
    HttpReply out { .status = status(), .body = toBytes(message.body()) };
    for (const auto &field : message)
        out.headers.emplaceBack(toBytes(field.name_string()), toBytes(field.value()));
    return out;
}

} // namespace optout
