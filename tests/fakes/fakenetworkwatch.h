// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "net/networkwatch.h"

namespace optout {

//! A network that a test takes away and gives back.
class FakeNetworkWatch final : public NetworkWatch {
public:
    bool isReachable() override { return m_reachable; }

    void takeAway() { m_reachable = false; }
    void giveBack()
    {
        m_reachable = true;
        emit returned();
    }

private:
    bool m_reachable = true;
};

} // namespace optout
