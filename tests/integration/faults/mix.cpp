// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "mix.h"

#include "demo/permutation.h"

#include <QTimer>

#include <algorithm>

namespace optout {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using demo::Fault;
using Kind = demo::Fault::Kind;

namespace {

constexpr int mostStalls = 2; // each takes the read timeout
constexpr int mostRounds = 200; // what can go wrong ends before
constexpr auto patience = 120s; // a mix takes milliseconds; a sanitizer on a busy machine takes its time

constexpr Kind allKinds[] = { Kind::Throttle, Kind::Internal, Kind::Denied, Kind::ExpiredCredentials,
    Kind::InvalidToken, Kind::RepeatToken, Kind::EmptyPage, Kind::Overlap, Kind::ClockSkew, Kind::Html, Kind::Redirect,
    Kind::Status, Kind::BadJson, Kind::Gzip, Kind::Huge, Kind::Reset, Kind::ResetAfter, Kind::ResetAt, Kind::CutAt,
    Kind::Cut, Kind::CutChunked, Kind::CutNoLength, Kind::Stall, Kind::StallAfter, Kind::Slow };

//! The argument for that kind of fault.
qint64 argumentOf(Kind kind, QRandomGenerator &random)
{
    constexpr int statuses[] = { 400, 403, 404, 408, 429, 500, 502, 503, 504 };
    switch (kind) {
    case Kind::ClockSkew:
        return random.bounded(-86'400, 86'400);
    case Kind::Status:
        return statuses[random.bounded(int(std::size(statuses)))];
    case Kind::Huge:
        return 100'000;
    case Kind::Slow:
        return 200'000;
    case Kind::ResetAfter:
    case Kind::ResetAt:
    case Kind::CutAt:
    case Kind::Cut:
    case Kind::CutChunked:
    case Kind::CutNoLength:
    case Kind::StallAfter:
        return random.bounded(2) ? random.bounded(600) : random.bounded(16'000);
    default: // the others have none
        return 0;
    }
}

quint32 drawRows(QRandomGenerator &random)
{
    const int kind = random.bounded(10);
    if (kind == 0)
        return quint32(random.bounded(3)); // 0, 1, 2
    return kind < 5 ? quint32(random.bounded(300)) : quint32(random.bounded(2001));
}

double oneOf(std::initializer_list<double> values, QRandomGenerator &random)
{
    return *(values.begin() + random.bounded(int(values.size())));
}

} // namespace

MixPlan MixPlan::draw(quint64 seed, qint64 mix)
{
    const quint64 own = demo::scatter(seed ^ demo::scatter(quint64(mix)));
    QRandomGenerator random(quint32(own ^ own >> 32));
    MixPlan plan { .seed = seed, .mix = mix, .rows = drawRows(random) };
    plan.pageSize = std::clamp(int(plan.rows) / (1 + random.bounded(25)), 1, 100);
    if (const int filter = random.bounded(10); filter < 2)
        plan.endUserOptedOut = filter == 0;
    else
        plan.shape = Shape(random.bounded(3));
    plan.faultRate = oneOf({ 0, 0.05, 0.15, 0.3, 0.6 }, random);
    plan.mostFaults = random.bounded(40);
    const int sorts = 1 + random.bounded(int(std::size(allKinds)));
    for (int i = 0; i < sorts; ++i)
        plan.kinds += Fault { allKinds[random.bounded(int(std::size(allKinds)))], 0 };
    plan.outageRate = oneOf({ 0, 0, 0.05 }, random);
    plan.interruptRate = oneOf({ 0, 0.05, 0.3 }, random);
    plan.keysRate = oneOf({ 0, 0, 0.1 }, random);
    plan.clockRate = oneOf({ 0, 0, 0.1 }, random);
    if (const int attempts = random.bounded(5))
        plan.maxAttempts = 1 + attempts;
    plan.isEager = random.bounded(2) == 0;
    return plan;
}

QString MixPlan::text() const
{
    QStringList sorts;
    for (const Fault &fault : kinds)
        sorts += QString::number(int(fault.kind));
    sorts.removeDuplicates();
    return u"%1 rows, pages of %2, filter %3, shape %4, at most %5 faults at %6 of calls (of the kinds %7), outages "
           u"%8, "
           "interruptions %9"_s.arg(rows)
               .arg(pageSize)
               .arg(endUserOptedOut ? int(*endUserOptedOut) : -1)
               .arg(int(shape))
               .arg(mostFaults)
               .arg(faultRate)
               .arg(sorts.join(u' '))
               .arg(outageRate)
               .arg(interruptRate)
        + u", new keys %1, clock %2, attempts %3"_s.arg(keysRate).arg(clockRate).arg(maxAttempts.value_or(0));
}

Mix::Mix(const MixPlan &plan)
    : m_plan(plan)
    , m_ofCalls(quint32(plan.seed * 31 + quint64(plan.mix) * 2))
    , m_ofPages(quint32(plan.seed * 31 + quint64(plan.mix) * 2 + 1))
    , m_scene(optionsOf(plan, m_clock))
    , m_read(m_scene.service, query())
    , m_faultsLeft(plan.mostFaults)
{
    m_scene.endpoint.setPlan([this](qint64, const demo::HttpRequest &) { return faultsOfCall(); });
    m_read.setEager(plan.isEager);
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] { finish(u"It hangs."_s); });
    connect(&m_read, &WholeRead::pageTaken, this, &Mix::onPage);
    // Later, because the operation that ended is still in its signal.
    connect(&m_read, &WholeRead::ended, this, &Mix::onEnd, Qt::QueuedConnection);
}

FaultScene::Options Mix::optionsOf(const MixPlan &plan, const JumpingClock &clock)
{
    return { .rows = plan.rows,
        .seed = plan.seed + quint64(plan.mix),
        .latency = plan.shape == MixPlan::Shape::MaySplit ? 9ms : 0ms,
        .limits = { .readTimeout = 150ms, .replyLimitBytes = 64 * 1024 },
        .retry = { .maxAttempts = plan.maxAttempts, .firstDelay = 10ms, .longestDelay = 20ms },
        .clock = &clock };
}

ReadQuery Mix::query() const
{
    ReadQuery query = m_scene.query(m_plan.pageSize, m_plan.shape != MixPlan::Shape::OneChain);
    query.endUserOptedOut = m_plan.endUserOptedOut;
    if (m_plan.shape == MixPlan::Shape::Halves)
        query.place = FaultScene::halves();
    return query;
}

void Mix::start()
{
    m_patience.start(patience);
    m_read.goOn();
}

bool Mix::happens(double rate) { return m_ofPages.generateDouble() < rate; }

std::vector<Fault> Mix::faultsOfCall()
{
    if (m_ofCalls.generateDouble() >= m_plan.faultRate || m_faultsLeft <= 0)
        return {};
    --m_faultsLeft;
    const Kind kind = m_plan.kinds.at(m_ofCalls.bounded(int(m_plan.kinds.size()))).kind;
    if ((kind == Kind::Stall || kind == Kind::StallAfter) && m_stalls++ >= mostStalls)
        return {};
    std::vector<Fault> faults { { kind, argumentOf(kind, m_ofCalls) } };
    // What is over the quota says when to come back: waiting for the pacer's own guess would take seconds.
    if (kind == Kind::Throttle || kind == Kind::Status)
        faults.push_back({ Kind::RetryAfter, 0 });
    return faults;
}

void Mix::onPage()
{
    if (happens(m_plan.keysRate))
        m_scene.provider->replace();
    if (happens(m_plan.clockRate)) {
        m_clock.set(std::chrono::hours(m_ofPages.bounded(-48, 48)));
        m_clock.sleep(std::chrono::minutes(m_ofPages.bounded(120)));
        m_scene.network.comeBack();
    }
    if (happens(m_plan.outageRate) && m_mischiefLeft-- > 0)
        leaveForAWhile();
    if (happens(m_plan.interruptRate) && m_mischiefLeft-- > 0) {
        if (m_ofPages.bounded(2))
            m_read.drop();
        else
            m_read.cancel();
    }
}

void Mix::leaveForAWhile()
{
    const bool isTold = m_ofPages.bounded(2);
    const std::chrono::milliseconds time(m_ofPages.bounded(20));
    if (std::exchange(m_isAway, true))
        return;
    m_scene.network.reachable = !isTold;
    // Later: this may run inside a call of the server.
    QTimer::singleShot(0, this, [this, isTold, time] {
        m_scene.endpoint.leave();
        QTimer::singleShot(time, this, [this, isTold] {
            m_isAway = false;
            m_scene.endpoint.comeBack();
            if (isTold)
                m_scene.network.comeBack();
        });
    });
}

void Mix::onEnd()
{
    if (m_isOver)
        return;
    if (!m_read.broken().isEmpty()) {
        finish(m_read.broken().join(u' '));
    } else if (m_read.outcome() && m_read.outcome()->has_value()) {
        finish(m_read.difference(m_scene.endpoint.rows(m_plan.endUserOptedOut)));
    } else if (m_read.outcome() && m_read.outcome()->error().kind == Error::Kind::Internal) {
        finish(u"A defect was told of: "_s + m_read.outcome()->error().detail);
    } else if (!m_isAway && ++m_rounds > mostRounds) {
        finish(u"It never ends. "_s + (m_read.outcome() ? m_read.outcome()->error().detail : QString()));
    } else {
        m_read.goOn(m_ofPages.bounded(4) == 0 ? std::optional(1 + m_ofPages.bounded(100)) : std::nullopt);
    }
}

void Mix::finish(const QString &problem)
{
    m_isOver = true;
    m_patience.stop();
    emit finished(problem);
}

} // namespace optout
