// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/clock.h"
#include "net/sharedpace.h"

#include <QByteArray>
#include <QString>

#include <chrono>
#include <compare>
#include <map>
#include <memory>
#include <optional>

namespace optout {

//! Which quota a call counts against. The service has one for each account, region and action (AWS End User Messaging
//! SMS User Guide, "Quotas").
struct PaceKey {
    QString account {}; //!< 12 digits, or what else tells callers apart; empty while unknown
    QString endpoint {}; //!< host and port
    QString region {};
    QByteArray action {}; //!< X-Amz-Target
    std::strong_ordering operator<=>(const PaceKey &) const = default;
    bool operator==(const PaceKey &) const = default;
};

//! How much of a quota may be used.
struct PaceLimits {
    double headroom = 0.1; //!< 0..0.9: the share of the learned rate that is left to others
    //! Slower, a list of a few pages would take an hour; faster, no quota of the service is.
    static constexpr double leastFixedRate = 0.01, mostFixedRate = 100'000;
    double fixedRate = 0; //!< calls a second within the above, instead of a learned rate; 0 (or less) to learn
    bool operator==(const PaceLimits &) const = default;
};

//! Spaces the calls that share a quota: waits are learned from what is refused (PaceLearner), and shared with other
//! processes where there is a place for it (SharedPace). Single thread; no call waits.
class Pacer {
public:
    using SteadyTime = std::chrono::steady_clock::time_point;

    //! \param folder where it is shared; empty: with nobody \param name of this quota there
    explicit Pacer(const Clock &clock, PaceLimits limits = {}, const QString &folder = {}, const QString &name = {});
    Q_DISABLE_COPY_MOVE(Pacer)

    void setLimits(PaceLimits limits);

    //! How long to wait before the next call may start; zero if at once. Claims that start: ask once a call.
    std::chrono::milliseconds claim();
    struct Turn {
        std::chrono::milliseconds delay {};
        bool isTaken = false; //!< after the delay the call starts; else it looks at remainingHold() then
    };
    //! As claim(), and where that start has come, remainingHold() as well.
    Turn claimTurn();
    //! How much longer a call may not start, although the start it claimed has come: another has been throttled since,
    //! or has started late. Who waited for a claimed start looks here once more, once a call; the start is moved there.
    std::chrono::milliseconds remainingHold();

    //! A call that was sent then was answered, in whatever way but throttled.
    void passed(SteadyTime sentAt);
    //! A call that was sent then was throttled.
    //! \param retryAfter what the service said, if it did
    void throttled(SteadyTime sentAt, std::optional<std::chrono::milliseconds> retryAfter = {});

    //! Calls a second that it keeps to, headroom taken off; nothing as long as no limit is known.
    std::optional<double> callsPerSecond() const;
    bool isShared() const { return m_shared.isShared(); } //!< with other processes of this user

private:
    const Clock &m_clock;
    PaceLimits m_limits;
    SharedPace m_shared;
};

//! The pacers of this process, one for each quota, made when first asked for. They live as long as this. Single thread.
class Pacers {
public:
    //! \param folder where processes share what they learn: sharedPaceFolder(); empty: this one keeps it to itself
    explicit Pacers(const Clock &clock, PaceLimits limits = {}, QString folder = {});
    ~Pacers();
    Q_DISABLE_COPY_MOVE(Pacers)

    Pacer &of(const PaceKey &key);
    void setLimits(PaceLimits limits); //!< of those there are and those to come

private:
    const Clock &m_clock;
    PaceLimits m_limits;
    QString m_folder;
    std::map<PaceKey, std::unique_ptr<Pacer>> m_pacers;
};

} // namespace optout
