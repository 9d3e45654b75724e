// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "transporttest.h"

#include "net/loopbacktransport.h"
#include "net/qthttptransport.h"

#include <QSignalSpy>
#include <QTest>

namespace optout {

using namespace Qt::Literals::StringLiterals;

void addTransports()
{
    QTest::addColumn<bool>("isLoopback");
    QTest::newRow("to the network") << false;
    QTest::newRow("to this computer") << true;
}

std::unique_ptr<HttpTransport> madeTransport(const HttpLimits &limits)
{
    QFETCH_GLOBAL(const bool, isLoopback);
    if (isLoopback)
        return std::make_unique<LoopbackTransport>(limits);
    return std::make_unique<QtHttpTransport>(limits);
}

HttpRequest requestTo(const QUrl &url, const QByteArray &body)
{
    return { .url = url, .headers = { { "Content-Type", "application/x-amz-json-1.0" } }, .body = body };
}

Result<HttpReply> exchange(HttpTransport &transport, const HttpRequest &request)
{
    QObject owner;
    HttpExchange *sent = transport.send(request, &owner);
    QSignalSpy finished(sent, &HttpExchange::finished);
    if (!finished.wait(10'000))
        return Error { .kind = Error::Kind::Internal, .detail = u"the exchange never finished"_s };
    return finished.at(0).at(0).value<Result<HttpReply>>();
}

QByteArray sentHeader(const QByteArray &request, const QByteArray &name)
{
    const QList<QByteArray> lines = request.first(request.indexOf("\r\n\r\n")).split('\n');
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.first(colon).compare(name, Qt::CaseInsensitive) == 0)
            return line.sliced(colon + 1).trimmed();
    }
    return {};
}

} // namespace optout
