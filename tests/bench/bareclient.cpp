// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
//
// optout-bench-bare URL LIST PAGE-SIZE
//
// Reads a list to its end as fast as one connection can, and understands nothing of it: what a client that does the
// work is measured by. One socket, kept alive, with blocking calls and no library for HTTP; what does not change from
// call to call is made once, the key and the time of the signature included. Of an answer it looks at the status, the
// length and, from the end, for the next token. No row is read, nothing is written; it prints how many pages it got.
// Plain HTTP on loopback only. Keys and region come from the environment.

#include <QByteArray>
#include <QCryptographicHash>
#include <QDateTime>
#include <QMessageAuthenticationCode>
#include <QUrl>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

[[noreturn]] void fail(const char *why)
{
    std::fprintf(stderr, "optout-bench-bare: %s\n", why);
    std::exit(1);
}

QByteArray sha256Hex(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

QByteArray hmac(const QByteArray &key, const QByteArray &text)
{
    return QMessageAuthenticationCode::hash(text, key, QCryptographicHash::Sha256);
}

class Requests {
public:
    Requests(const QUrl &url, const QByteArray &list, const QByteArray &pageSize)
        : m_body("{\"OptOutListName\":\"" + list + "\",\"MaxResults\":" + pageSize)
    {
        const QByteArray host = url.authority().toLatin1();
        const QByteArray target = "PinpointSMSVoiceV2.DescribeOptedOutNumbers";
        const QByteArray type = "application/x-amz-json-1.0";
        const QByteArray names = "content-type;host;x-amz-date;x-amz-target";
        const QByteArray time =
            QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd'T'hhmmss'Z'")).toLatin1();
        const QByteArray date = time.left(8);
        const QByteArray region = qgetenv("AWS_REGION");
        const QByteArray scope = date + '/' + region + "/sms-voice/aws4_request";
        m_key = hmac(
            hmac(hmac(hmac("AWS4" + qgetenv("AWS_SECRET_ACCESS_KEY"), date), region), "sms-voice"), "aws4_request");
        m_canonical = "POST\n/\n\ncontent-type:" + type + "\nhost:" + host + "\nx-amz-date:" + time
            + "\nx-amz-target:" + target + "\n\n" + names + '\n';
        m_toSign = "AWS4-HMAC-SHA256\n" + time + '\n' + scope + '\n';
        m_head = "POST / HTTP/1.1\r\nHost: " + host + "\r\nContent-Type: " + type + "\r\nX-Amz-Date: " + time
            + "\r\nX-Amz-Target: " + target + "\r\nAuthorization: AWS4-HMAC-SHA256 Credential="
            + qgetenv("AWS_ACCESS_KEY_ID") + '/' + scope + ", SignedHeaders=" + names + ", Signature=";
    }

    //! \param token as it stands in the answer, escapes and all; empty for the first page
    QByteArray next(std::string_view token) const
    {
        QByteArray body = m_body;
        if (!token.empty())
            body += ",\"NextToken\":\"" + QByteArray(token.data(), qsizetype(token.size())) + '"';
        body += '}';
        const QByteArray signature = hmac(m_key, m_toSign + sha256Hex(m_canonical + sha256Hex(body))).toHex();
        return m_head + signature + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    }

private:
    QByteArray m_key, m_canonical, m_toSign, m_head, m_body;
};

class Connection {
public:
    explicit Connection(const QUrl &url)
        : m_socket(::socket(AF_INET, SOCK_STREAM, 0))
    {
        sockaddr_in address {};
        address.sin_family = AF_INET;
        address.sin_port = htons(quint16(url.port()));
        if (::inet_pton(AF_INET, url.host().toLatin1().constData(), &address.sin_addr) != 1)
            fail("the URL must be http://127.0.0.1:PORT");
        const int on = 1;
        ::setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (::connect(m_socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
            fail("nobody listens there");
    }

    void send(const QByteArray &bytes)
    {
        if (::send(m_socket, bytes.constData(), size_t(bytes.size()), 0) != bytes.size())
            fail("the request cannot be sent");
    }

    //! The body of an answer with status 200; good until the next call.
    std::string_view receive()
    {
        m_used = 0;
        std::size_t head = std::string_view::npos;
        while ((head = view().find("\r\n\r\n")) == std::string_view::npos)
            more();
        const std::string_view headers = view().substr(0, head);
        if (!headers.starts_with("HTTP/1.1 200"))
            fail("an answer is not 200 OK");
        const std::size_t length = contentLength(headers);
        const std::size_t end = head + 4 + length;
        m_buffer.resize(std::max(m_buffer.size(), end + 1));
        while (m_used < end)
            more();
        return view().substr(head + 4, length);
    }

private:
    std::string_view view() const { return std::string_view(m_buffer).substr(0, m_used); }

    static std::size_t contentLength(std::string_view headers)
    {
        static constexpr std::string_view name = "content-length: ";
        const auto same = [](char a, char b) { return (a | 0x20) == b || a == b; };
        const auto at = std::search(headers.begin(), headers.end(), name.begin(), name.end(), same);
        std::size_t length = 0;
        const char *const digits = headers.data() + (at - headers.begin()) + name.size();
        if (at == headers.end() || std::from_chars(digits, headers.data() + headers.size(), length).ec != std::errc())
            fail("an answer has no length");
        return length;
    }

    void more()
    {
        const ssize_t got = ::recv(m_socket, m_buffer.data() + m_used, m_buffer.size() - m_used, 0);
        if (got <= 0)
            fail("the connection ended");
        m_used += std::size_t(got);
    }

    int m_socket;
    std::string m_buffer = std::string(65'536, '\0');
    std::size_t m_used = 0;
};

//! Empty if there is none: then the list is at its end.
std::string_view tokenIn(std::string_view body)
{
    static constexpr std::string_view name = "\"NextToken\":\"";
    const std::size_t at = body.rfind(name);
    if (at == std::string_view::npos)
        return {};
    const std::size_t begin = at + name.size();
    std::size_t end = begin;
    while (end < body.size() && body[end] != '"')
        end += body[end] == '\\' ? 2 : 1;
    return body.substr(begin, end - begin);
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 4)
        fail("usage: optout-bench-bare URL LIST PAGE-SIZE");
    const QUrl url(QString::fromLocal8Bit(argv[1]));
    const Requests requests(url, argv[2], argv[3]);
    Connection connection(url);
    long pages = 0;
    std::string_view token;
    do {
        connection.send(requests.next(token));
        token = tokenIn(connection.receive());
        ++pages;
    } while (!token.empty());
    std::printf("%ld\n", pages);
}
