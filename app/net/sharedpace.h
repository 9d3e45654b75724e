// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "net/pacelearner.h"

#include <QString>
#include <QtGlobal>

#include <functional>

namespace optout {

//! The folder in which the processes of this user on this computer share what they know of quotas: private, and gone
//! with the session (XDG Base Directory Specification, "XDG_RUNTIME_DIR"). Empty where there is none that is safe, and
//! on other systems than Linux.
QString sharedPaceFolder();

//! What is known of one quota, in a file that several processes change in turn; in this process only where there is no
//! such file. The file tells nothing that can be read: its name is a hash. Single thread.
//!
//! The lock is the kernel's (flock), which frees it when a process dies; it is held for two small reads and writes of
//! cached memory. Who does not get it within a fraction of a millisecond goes on with what this process knew last; at
//! the first call, by what stands there.
class SharedPace {
public:
    //! \param folder empty: not shared \param name of the file
    SharedPace(const QString &folder, const QString &name);
    ~SharedPace();
    Q_DISABLE_COPY_MOVE(SharedPace)

    bool isShared() const { return m_file >= 0; }
    //! Reads the state, has it changed, and writes it.
    void update(const std::function<void(PaceLearner &)> &change);
    const PaceState &lastKnown() const { return m_state; }

private:
    bool lock() const;
    void load();
    void store() const;

    int m_file = -1;
    PaceState m_state {};
};

} // namespace optout
