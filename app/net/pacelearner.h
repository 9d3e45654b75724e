// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <chrono>
#include <optional>
#include <type_traits>

namespace optout {

//! What is known of one quota, and when the next call may start. Plain data, so that processes can share it as it is.
//! Moments are nanoseconds of the steady clock.
struct PaceState {
    using Span = std::chrono::nanoseconds;
    static constexpr Span unknown { -1 };

    enum class Phase : qint32 {
        Rising, //!< no limit is known: faster with each call
        Searching, //!< the shortest spacing that passes is looked for, between low and high
        Settled, //!< found
        Probing, //!< settled, and one call sooner than allowed asks whether the quota has grown
        Climbing, //!< it seems to have grown
        Falling, //!< the quota has shrunk; to what is unknown
        FallCheck, //!< something passes again; whether more would
    };

    Phase phase = Phase::Rising;
    qint32 pageThrottled = 0; //!< refusals since the last call that passed
    qint32 throttledPages = 0; //!< while rising: calls that were refused at first
    qint32 searchPages = 0;
    qint32 climbed = 0;
    qint32 streak = 0; //!< refusals close to each other

    qint32 burst = 0; //!< calls that passed before the first was refused: what credit there may be
    qint64 passes = 0;
    qint64 probeAt = 0; //!< number of passes
    qint64 refusedAt = 0; //!< number of passes
    Span target {}; //!< from a call that passes to the next
    Span gap = unknown; //!< what the quota allows, when settled
    Span margin {}; //!< added for calls that take unequally long to arrive
    Span marginBefore {};
    Span low {}; //!< this spacing was refused
    Span high = unknown; //!< this one passed for certain
    Span credit = unknown; //!< how far the last call may have lived on tokens saved up earlier
    Span lastPass = unknown; //!< when it was sent
    Span lastRefused {}; //!< how long after lastPass
    Span reactedAt = unknown; //!< what was sent before says nothing new
    Span next {}; //!< nobody who keeps to the learned rate starts before
    Span fixedNext {}; //!< nobody who keeps to a fixed rate starts before
    Span lastStart = unknown; //!< latest start that was given away
    Span lastAdmitted = unknown; //!< latest start that was taken
    Span heldUntil {};
    Span usedAt = unknown; //!< when last anything was heard
};
static_assert(std::is_trivially_copyable_v<PaceState>);

//! Learns the rate a token bucket allows, from which calls it refuses. It relies on this: a call that is refused costs
//! no token (so the moment of the next token can be found by asking again, at no loss of time).
//!
//! Compared with the adaptive mode of the AWS SDKs (botocore: retries/adaptive.py, retries/throttling.py: a CUBIC
//! curve that cuts the rate to 70 % at each refusal and creeps up to the next), which has to be refused again and again
//! for as long as it runs, this searches the rate once, by bisection, within the first calls, and stays just below: 0.3
//! %, and a margin of up to 1 % (3 % where calls arrive unevenly). Pure: every moment is handed in.
class PaceLearner {
public:
    using Span = PaceState::Span;

    explicit PaceLearner(PaceState &state)
        : m(state)
    {
    }

    void begin(Span now); //!< before a claim: what was learned long ago is only a starting point
    //! When a call may start; the start is given away.
    //! \param headroom 0..0.9 \param fixed spacing instead of the learned one; 0 to learn
    Span claim(Span now, double headroom, Span fixed);
    //! When the call whose claimed start has come may really start: later, if one was throttled or started late since.
    Span admit(Span now, double headroom, Span fixed);
    void passed(Span sentAt, Span now, double headroom, Span fixed);
    void throttled(Span sentAt, Span now, std::optional<Span> retryAfter, Span fixed);

    //! Calls a second, headroom not taken off; nothing as long as no limit is known.
    std::optional<double> rate() const;

private:
    //! Calls take unequally long to arrive; spacings that differ by less are the same.
    static constexpr Span noise = std::chrono::milliseconds(2);
    //! Who else uses the quota may leave nothing for a while; asked for at least so often (as the AWS SDKs: their
    //! adaptive mode asks once in two seconds at least).
    static constexpr Span longestPause = std::chrono::seconds(2);
    //! Nothing for so long: not the quota, which is a call a second at least, but others who use all of it.
    static constexpr Span takenByOthers = std::chrono::seconds(4);
    static constexpr qint64 secondProbe = 151; //!< in calls that passed

    static Span scaled(Span span, double by);
    static Span roomySpacing(Span gap) { return scaled(gap, 1.005) + std::chrono::milliseconds(1); }
    Span spacing() const; //!< when settled
    Span spacingNow(double headroom) const;
    bool forgetPause(Span sentAt); //!< whether there was one
    void riseAgain(Span target);
    bool isSettled() const;
    bool isEarly(Span elapsed) const; //!< sooner than the quota allows, as far as known
    void riseAfter(Span elapsed);
    void searchAfter(Span elapsed);
    void search(Span low, Span high);
    bool settleIfFound();
    void nextSearchTarget();
    void settle(Span gap, qint64 probeAfter);
    void settledAfter(Span elapsed);
    void climbAfter(Span elapsed);
    void fallAfter(Span elapsed);
    void fallCheckAfter(Span elapsed);
    qint64 nextProbe() const; //!< in so many passes
    Span retryRising(Span elapsed);
    Span retrySearching(Span elapsed);
    Span retrySettled(Span elapsed);
    Span retryClimbing(Span elapsed);
    Span fall(Span elapsed);
    Span retryIn(Span elapsed);

    PaceState &m;
};

} // namespace optout
