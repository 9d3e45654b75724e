// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "faultyendpoint.h"
#include "net/qthttptransport.h"
#include "service/optoutservice.h"
#include "wholeread.h"

namespace optout {

//! Keys that are good for the endpoint, others each time the service refuses them.
class RenewingProvider final : public CredentialsProvider {
public:
    void provide(QObject *context, std::function<void(const Result<Credentials> &)> done) override
    {
        QMetaObject::invokeMethod(
            context, [this, done = std::move(done)] { done(current()); }, Qt::QueuedConnection);
    }
    bool invalidate(const QString &accessKeyId) override
    {
        if (accessKeyId == current().accessKeyId)
            replace();
        return true;
    }
    void replace() { ++m_renewed; }
    int renewed() const { return m_renewed; }
    Credentials current() const
    {
        return m_renewed % 2 == 0 ? DemoEndpoint::credentials() : DemoEndpoint::temporaryCredentials();
    }

private:
    int m_renewed = 0;
};

//! A watch that says what the test wants.
class FakeNetworkWatch final : public NetworkWatch {
    Q_OBJECT
public:
    bool isReachable() override { return reachable; }
    void comeBack()
    {
        reachable = true;
        emit returned();
    }
    bool reachable = true;
};

//! A read over real sockets: endpoint, transport, service, with delays of milliseconds.
struct FaultScene {
    struct Options {
        quint32 rows = 250;
        quint64 seed = 1;
        std::chrono::milliseconds latency {};
        HttpLimits limits {};
        RetryPolicy retry { .firstDelay = std::chrono::milliseconds(20),
            .longestDelay = std::chrono::milliseconds(40) };
        const Clock *clock = nullptr; //!< the computer's own unless given; must outlive the scene
    };

    FaultScene()
        : FaultScene(Options {})
    {
    }
    explicit FaultScene(const Options &options)
        : clock(options.clock ? *options.clock : systemClock)
        , endpoint({ .seed = options.seed, .rows = options.rows, .latency = options.latency }, clock,
              FaultyEndpoint::noFaults())
        , pacers(clock, { .headroom = 0, .fixedRate = 1e6 })
        , transport(options.limits)
        , service({ .transport = transport,
                      .pacers = pacers,
                      .clock = clock,
                      .jitter = [] { return 0.5; },
                      .retry = options.retry,
                      .network = &network },
              { .endpoint = endpoint.url(), .region = DemoEndpoint::region() }, provider)
    {
    }

    //! Of the whole list. \param mayReadInHalves whether the service's filter may split it, where that pays
    ReadQuery query(int pageSize = 20, bool mayReadInHalves = false) const
    {
        return {
            .optOutListName = QStringLiteral("Default"), .pageSize = pageSize, .mayReadInHalves = mayReadInHalves
        };
    }

    //! The start of a read in halves, which a read otherwise comes to by itself after its first pages.
    static ReadPlace halves() { return { .chains = { { .endUserOptedOut = true }, { .endUserOptedOut = false } } }; }

    SystemClock systemClock {};
    const Clock &clock;
    FaultyEndpoint endpoint;
    Pacers pacers;
    QtHttpTransport transport;
    FakeNetworkWatch network {};
    std::shared_ptr<RenewingProvider> provider = std::make_shared<RenewingProvider>();
    OptOutService service;
};

} // namespace optout
