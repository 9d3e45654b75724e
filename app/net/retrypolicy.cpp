// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "net/retrypolicy.h"

#include "net/httptransport.h"

#include <algorithm>

namespace optout {

using std::chrono::milliseconds;

namespace {
//! first, doubled (attempt - 1) times, at most longest. Doubles step by step, so that it cannot overflow.
milliseconds ceilingOf(milliseconds first, milliseconds longest, int attempt)
{
    milliseconds ceiling = std::min(first, longest);
    for (int i = 1; i < attempt && ceiling < longest && ceiling > milliseconds::zero(); ++i)
        ceiling = std::min(ceiling * 2, longest);
    return ceiling;
}
} // namespace

milliseconds RetryPolicy::backoff(int step, const Error &error, double jitter) const
{
    if (error.retryAfter && *error.retryAfter >= milliseconds::zero() && *error.retryAfter <= longestDelay)
        return *error.retryAfter;
    const milliseconds first = error.kind == Error::Kind::Throttled ? firstDelay : firstDelay / 10;
    const milliseconds ceiling = ceilingOf(first, longestDelay, step);
    return std::chrono::round<milliseconds>(
        std::chrono::duration<double, std::milli>(ceiling) * std::clamp(jitter, 0.0, 1.0));
}

std::optional<milliseconds> RetryPolicy::delayAfter(
    int attempt, const Error &error, milliseconds elapsed, double jitter) const
{
    if (attempt >= maxAttempts.value_or(usualAttempts) || !isTransient(error))
        return std::nullopt;
    const milliseconds delay = backoff(attempt, error, jitter);
    if (elapsed + delay > longestTotal)
        return std::nullopt;
    return delay;
}

std::optional<milliseconds> RetryPolicy::delayInRead(const ReadFault &fault, const Error &error, double jitter) const
{
    if (!isTransient(error))
        return std::nullopt;
    const milliseconds delay = fault.isQuotaSpent ? longestDelay : backoff(fault.backoffStep, error, jitter);
    if (error.kind == Error::Kind::Throttled) // by whom the keys come from: the service's own goes by the pacer
        return delay;
    if ((maxAttempts && fault.attempts >= *maxAttempts) || fault.lasted >= longestFault)
        return std::nullopt;
    return std::min(delay, longestFault - fault.lasted);
}

bool RetryPolicy::isTransient(const Error &error)
{
    if (error.isFinal || error.code == errorcode::credentialProcess)
        return false;
    switch (error.kind) {
    case Error::Kind::Throttled:
    case Error::Kind::ServiceFault:
    case Error::Kind::Timeout:
    case Error::Kind::BadResponse:
        return true;
    case Error::Kind::Network:
        return !errorcode::isOnTheWay(error.code);
    case Error::Kind::Internal:
    case Error::Kind::InvalidInput:
    case Error::Kind::NoCredentials:
    case Error::Kind::AccessDenied:
    case Error::Kind::NotFound:
    case Error::Kind::Storage:
    case Error::Kind::Cancelled:
        return false;
    }
    return false;
}

std::optional<int> RetryQuota::take(const Error &error)
{
    const int cost = error.kind == Error::Kind::Timeout ? 10 : 5;
    if (m_left < cost)
        return std::nullopt;
    m_left -= cost;
    return cost;
}

void RetryQuota::giveBack(int paid) { m_left = std::min(capacity, m_left + std::max(paid, 1)); }

} // namespace optout
