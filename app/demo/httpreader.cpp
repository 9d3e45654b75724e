// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "demo/httpreader.h"

// The only file that includes Boost.Beast: it takes long to compile.
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <boost/beast/http/status.hpp>
#include <boost/beast/http/string_body.hpp>

#include <algorithm>
#include <limits>

namespace optout::demo {

namespace {

namespace http = boost::beast::http;

QByteArray toBytes(boost::beast::string_view text) { return { text.data(), qsizetype(text.size()) }; }

} // namespace

class HttpReader::Parser : public http::request_parser<http::string_body> {
public:
    Parser()
    {
        header_limit(quint32(headerLimitBytes));
        body_limit(quint64(bodyLimitBytes));
        eager(true); // read the body too, not the header alone
    }
};

HttpReader::HttpReader()
    : m_parser(std::make_unique<Parser>())
{
}

HttpReader::~HttpReader() = default;

HttpReader::State HttpReader::read(QByteArray &inbox)
{
    // An empty line before a request is to be ignored (RFC 9112, 2.2).
    while (!m_parser->got_some() && inbox.startsWith("\r\n"))
        inbox.remove(0, 2);
    if (!m_parser->got_some() && inbox == "\r")
        return State::NeedMore;

    while (!inbox.isEmpty()) {
        boost::beast::error_code error;
        const std::size_t taken =
            m_parser->put(boost::asio::const_buffer(inbox.constData(), std::size_t(inbox.size())), error);
        inbox.remove(0, qsizetype(taken));
        if (error == http::error::need_more) {
            if (taken == 0)
                return State::NeedMore;
            continue;
        }
        if (error) {
            m_failureStatus = error == http::error::header_limit ? 431 : error == http::error::body_limit ? 413 : 400;
            return State::Failed;
        }
        if (m_parser->is_done())
            break;
    }
    if (!m_parser->is_done())
        return State::NeedMore;

    const auto &message = m_parser->get();
    m_request = { .method = toBytes(message.method_string()),
        .target = toBytes(message.target()),
        .headers = {},
        .body = QByteArray(message.body().data(), qsizetype(message.body().size())),
        .keepAlive = message.keep_alive() };
    for (const auto &field : message)
        m_request.headers.emplaceBack(toBytes(field.name_string()), toBytes(field.value()));
    m_parser = std::make_unique<Parser>();
    m_continueTaken = false;
    return State::Complete;
}

bool HttpReader::takeContinue()
{
    if (m_continueTaken || !m_parser->is_header_done() || m_parser->is_done())
        return false;
    m_continueTaken = true;
    return boost::beast::iequals(m_parser->get()[http::field::expect], "100-continue");
}

QByteArray reasonPhrase(int status)
{
    const auto phrase = http::obsolete_reason(http::int_to_status(unsigned(status)));
    return phrase == "<unknown-status>" ? QByteArray("Unknown") : toBytes(phrase);
}

} // namespace optout::demo
