// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
//
// Where the steady clock is not known to be one for all processes, each process learns for itself.

#include "net/sharedpace.h"

namespace optout {

QString sharedPaceFolder() { return {}; }

SharedPace::SharedPace(const QString &, const QString &) { }
SharedPace::~SharedPace() = default;

void SharedPace::update(const std::function<void(PaceLearner &)> &change)
{
    PaceLearner learner(m_state);
    change(learner);
}

} // namespace optout
