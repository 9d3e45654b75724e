// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "demo/demoendpoint.h"

#include "demo/demolists.h"
#include "demo/demoserver.h"
#include "demo/faultplan.h"

#include <QThread>

#include <atomic>

using namespace Qt::Literals::StringLiterals;

namespace optout {

class DemoEndpoint::Private {
public:
    QThread thread;
    std::unique_ptr<demo::DemoServer> server; // while it runs: the thread's
    std::atomic<qint64> calls = 0;
    quint16 port = 0;
};

DemoEndpoint::DemoEndpoint()
    : d(std::make_unique<Private>())
{
    d->thread.setObjectName(u"demo endpoint"_s);
}

DemoEndpoint::~DemoEndpoint()
{
    d->thread.quit();
    d->thread.wait(); // for the call under way at most: under a millisecond
}

Result<Done> DemoEndpoint::start(const DemoOptions &options)
{
    Q_ASSERT(!d->server);
    if (options.rows > demo::DemoLists::maximumRows || options.burst < 1 || options.latency.count() < 0
        || !(options.callsPerSecond >= 0) || options.endUserPercent < 0 || options.endUserPercent > 100)
        return Error { .kind = Error::Kind::InvalidInput,
            .detail = u"A demo list has at most %1 rows; burst must be 1 or more, quota and latency not negative, the "
                      "share of end users 0 to 100."_s.arg(demo::DemoLists::maximumRows) };
    if (const auto changes = demo::readQuotaChanges(options.quotaChanges); !changes)
        return changes.error();
    const Result<demo::FaultPlan> faults = demo::FaultPlan::parse(options.faults);
    if (!faults)
        return faults.error();

    auto server = std::make_unique<demo::DemoServer>(options, *faults, d->calls);
    if (const Result<Done> opened = server->openLog(); !opened)
        return opened;
    const Result<quint16> port = server->listen(); // here, where nobody waits for a thread that begins
    if (!port)
        return port.error();
    // The server is deleted by its own thread, because that is where its sockets live from now on.
    d->server = std::move(server);
    d->server->moveToThread(&d->thread);
    QObject::connect(
        &d->thread, &QThread::finished, d->server.get(), [this] { d->server.reset(); }, Qt::DirectConnection);
    d->thread.start();
    d->port = *port;
    return Done {};
}

QUrl DemoEndpoint::url() const { return QUrl(u"http://127.0.0.1:%1"_s.arg(d->port)); }

QString DemoEndpoint::region() { return u"us-east-1"_s; }

QString DemoEndpoint::accountId() { return u"111122223333"_s; }

// Keys of nobody: the demo endpoint alone knows them, and they open nothing but it.
Credentials DemoEndpoint::credentials()
{
    return { .accessKeyId = u"AKIAOPTOUTDEMOREADER"_s,
        .secretAccessKey = Secret(QByteArrayView("demo/key+that/opens/nothing/but/the/demo")),
        .sessionToken = {} };
}

Credentials DemoEndpoint::temporaryCredentials()
{
    return { .accessKeyId = u"ASIAOPTOUTDEMOREADER"_s,
        .secretAccessKey = Secret(QByteArrayView("demo/key+of/a/session/that/opens/nothing")),
        .sessionToken =
            Secret(QByteArrayView("demo/session+token/of/nobody/in/particular/that/opens/nothing/but/the/demo==")) };
}

Credentials DemoEndpoint::deniedCredentials()
{
    return { .accessKeyId = u"AKIAOPTOUTDEMODENIED"_s,
        .secretAccessKey = Secret(QByteArrayView("demo/key+that/is/refused/by/a/policy/now")),
        .sessionToken = {} };
}

qint64 DemoEndpoint::calls() const { return d->calls; }

} // namespace optout
