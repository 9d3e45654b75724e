// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "net/httptransport.h"
#include "scriptedserver.h"

#include <memory>

namespace optout {

//! Generous for what should come, so that a busy machine fails no test; the tests of the limits set their own.
inline constexpr HttpLimits patient {
    .connectTimeout = std::chrono::seconds(5), .readTimeout = std::chrono::seconds(5), .replyLimitBytes = 100'000
};

//! In initTestCase_data(): each test runs for each form of the transport that plain http can take.
void addTransports();
//! The one whose turn it is.
std::unique_ptr<HttpTransport> madeTransport(const HttpLimits &limits = {});

HttpRequest requestTo(const QUrl &url, const QByteArray &body = "{}");
//! Sends it and waits for the end.
Result<HttpReply> exchange(HttpTransport &transport, const HttpRequest &request);

//! Of a request as it came; empty if it has none of that name.
QByteArray sentHeader(const QByteArray &request, const QByteArray &name);

} // namespace optout

#define VERIFY_FAILED(result, expectedKind, word)                                                                      \
    do {                                                                                                               \
        QVERIFY(!(result));                                                                                            \
        QVERIFY2((result).error().detail.contains(u"" word), qPrintable((result).error().detail));                     \
        QCOMPARE((result).error().kind, expectedKind);                                                                 \
        QVERIFY2((result).error().detail.contains(u"127.0.0.1"), qPrintable((result).error().detail));                 \
    } while (false)
