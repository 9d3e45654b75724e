// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"

#include <chrono>
#include <optional>

namespace optout {

//! When to try a call again: exponential backoff with full jitter. Pure: the time that has passed and the random number
//! are handed in. (AWS SDKs and Tools Reference Guide, "Retry behavior": attempts, cap of 20 s, full jitter, retry
//! quota; AWS Architecture Blog, "Exponential Backoff And Jitter".)
//!
//! A single call, which somebody waits for, fails after a few attempts. A read of a whole list goes on: it never ends
//! because of throttling, and because of other faults only when nothing else has come for longestFault.
struct RetryPolicy {
    //! More than the SDKs' 3: at one call a second a throttled call is normal.
    static constexpr int usualAttempts = 10;

    //! 1..; the first one counts. What the user set, else usualAttempts for a single call and any number for a read.
    //! In a read only faults count, not throttled attempts.
    std::optional<int> maxAttempts {};
    //! Upper end of the first delay for throttling; faults start at a tenth of it.
    std::chrono::milliseconds firstDelay { 1'000 };
    std::chrono::milliseconds longestDelay { 20'000 };
    std::chrono::milliseconds longestTotal { 300'000 }; //!< of all attempts and delays of one single call
    std::chrono::milliseconds longestFault { std::chrono::minutes(10) }; //!< that a read waits out

    //! How long a single call waits before attempt number attempt + 1, or nothing if it has failed for good.
    //! \param attempt the one that just failed, from 1
    //! \param elapsed since the call's first attempt began
    //! \param jitter 0..1, random
    //! A retryAfter of the error is kept to, without jitter, if it is within longestDelay; a longer one is not
    //! believed.
    std::optional<std::chrono::milliseconds> delayAfter(
        int attempt, const Error &error, std::chrono::milliseconds elapsed, double jitter) const;

    //! How a fault of a read stands.
    struct ReadFault {
        int attempts = 1; //!< that failed since the last good answer, throttled ones left out
        int backoffStep = 1; //!< the same, but from 1 again when there is reason to hope
        std::chrono::milliseconds lasted {}; //!< since the first of them failed
        bool isQuotaSpent = false; //!< RetryQuota has nothing left
    };
    //! How long a read waits before the next attempt, or nothing if it has failed for good. The last attempt is made
    //! when the fault has lasted longestFault. With the quota spent the delay is longestDelay at once: a service that
    //! fails for everybody is asked seldom, but a read is not ended early by it.
    std::optional<std::chrono::milliseconds> delayInRead(
        const ReadFault &fault, const Error &error, double jitter) const;

    //! Throttled, ServiceFault, Network, Timeout, BadResponse: the same call may well pass later. Not so when the error
    //! says that the other side could not be trusted or a proxy does not let one through (errorcode): that takes a
    //! person, not time.
    static bool isTransient(const Error &error);

private:
    std::chrono::milliseconds backoff(int step, const Error &error, double jitter) const;
};

//! Keeps the retries of all calls together from adding to the load of a service that fails for everybody: they are paid
//! for, and come back with success. (AWS SDKs and Tools Reference Guide, "Retry behavior", retry quota: 500 to spend, 5
//! a retry, 10 after a timeout; success gives back what its retry cost, or 1 if it took none.) One for each service
//! that is called; single thread.
class RetryQuota {
public:
    static constexpr int capacity = 500;

    //! \return what the retry after that error costs; nothing if there is not so much left, and then nothing is taken
    std::optional<int> take(const Error &error);
    //! A call succeeded.
    //! \param paid for its last retry, 0 if it took none
    void giveBack(int paid);

    int left() const { return m_left; }

private:
    int m_left = capacity;
};

} // namespace optout
