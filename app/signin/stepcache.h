// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "signin/keysinhand.h"
#include "signin/ssocache.h"

#include <map>

namespace optout {

struct SignInStep;

//! Keys of the steps inside a chain of roles, kept until they need renewing: a code that was asked for the first role
//! is not asked again whenever the second is renewed. Keys that do not expire are not kept: their step is asked anew.
//! And the tokens of IAM Identity Center that could not be written to the CLI's cache, lest the next renewal ask a
//! person again.
class StepCache {
public:
    //! The step has to live as long as this: its address is what it is known by.
    void keep(const SignInStep &step, const Credentials &keys, const Clock &clock)
    {
        if (keys.expires)
            m_keys.insert_or_assign(&step, KeysInHand(keys, clock));
    }
    void drop(const SignInStep &step) { m_keys.erase(&step); }
    std::optional<Credentials> find(const SignInStep &step, const Clock &clock) const
    {
        const auto found = m_keys.find(&step);
        if (found == m_keys.end() || found->second.mustRenew(clock) || !found->second.hold(clock))
            return std::nullopt;
        return found->second.credentials();
    }

    //! \param path of the file that it could not be written to
    void keepToken(const QString &path, const SsoToken &token) { m_tokens.insert_or_assign(path, token); }
    void dropToken(const QString &path) { m_tokens.erase(path); }
    std::optional<SsoToken> findToken(const QString &path) const
    {
        const auto found = m_tokens.find(path);
        return found == m_tokens.end() ? std::nullopt : std::optional(found->second);
    }

private:
    std::map<QString, SsoToken> m_tokens;
    std::map<const SignInStep *, KeysInHand> m_keys;
};

} // namespace optout
