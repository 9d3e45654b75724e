// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "net/systemnetworkwatch.h"

#include "core/logging.h"

#include <algorithm>
#include <utility>

namespace optout {

using std::chrono::milliseconds;

namespace {
constexpr std::chrono::seconds clockStep { 5 };
}

bool SleepDetector::slept(const Clock &clock)
{
    const Moment now { .wall = clock.now(), .steady = clock.steadyNow() };
    const std::optional<Moment> last = std::exchange(m_last, now);
    if (!last)
        return false;
    const auto took = std::max(now.wall - last->wall, std::chrono::floor<milliseconds>(now.steady - last->steady));
    return took > m_step + slack;
}

SystemNetworkWatch::SystemNetworkWatch(const Clock &clock, QObject *parent)
    : NetworkWatch(parent)
    , m_clock(clock)
    , m_sleep(clockStep)
{
    // The timer of a suspended computer is late on Linux by what was left of its step, elsewhere at once.
    m_timer.setTimerType(Qt::CoarseTimer);
    connect(&m_timer, &QTimer::timeout, this, &SystemNetworkWatch::lookAtClocks);
    m_timer.start(clockStep);
    lookAtClocks();
    QTimer::singleShot(askAfter, this, &SystemNetworkWatch::askSystem);
}

bool SystemNetworkWatch::isReachable()
{
    askSystem();
    return m_reachable;
}

void SystemNetworkWatch::askSystem()
{
    if (std::exchange(m_isAsked, true))
        return;
    if (!QNetworkInformation::loadBackendByFeatures(QNetworkInformation::Feature::Reachability)) {
        qCInfo(log::net, "The system does not tell whether there is a network.");
        return;
    }
    QNetworkInformation *const system = QNetworkInformation::instance();
    connect(system, &QNetworkInformation::reachabilityChanged, this, &SystemNetworkWatch::setReachability);
    setReachability(system->reachability());
}

void SystemNetworkWatch::setReachability(QNetworkInformation::Reachability reachability)
{
    const bool reachable = reachability != QNetworkInformation::Reachability::Disconnected;
    const bool before = std::exchange(m_reachable, reachable);
    if (before != reachable)
        qCInfo(log::net, reachable ? "The network is back." : "The network is gone.");
    if (!before && reachable)
        emit returned();
}

void SystemNetworkWatch::lookAtClocks()
{
    if (!m_sleep.slept(m_clock))
        return;
    qCInfo(log::net, "This computer woke up.");
    emit returned();
}

} // namespace optout
