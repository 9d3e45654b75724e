// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "profile/sharedconfig.h"

#include <QObject>
#include <QThread>

#include <chrono>
#include <functional>
#include <memory>

namespace optout {

class ConfigWatcher;

//! Tells when the profiles on disk change, so that an edit or an `aws sso login` shows up without a restart. Watches
//! the two files, also while they do not exist, and the CLI's caches of tokens (~/.aws/sso/cache, ~/.aws/login/cache).
//! Looking at the disk is done in a thread of its own: a slow network home never holds up the caller. Several changes
//! in a row are told once, when there was none for a moment.
class ConfigWatch final : public QObject {
    Q_OBJECT
public:
    using Reader = std::function<SharedConfig(const Environment &environment)>;
    //! \param settle how long nothing may change before it is told; after ten times that it is told anyway
    //! \param read called in the thread
    explicit ConfigWatch(const Environment &environment, QObject *parent = nullptr,
        std::chrono::milliseconds settle = std::chrono::milliseconds(250), Reader read = &readSharedConfig);
    //! Waits two seconds at most for a disk that does not answer; the thread is left to itself then.
    ~ConfigWatch() override;

    //! Reads the files for the first time: configChanged() follows. At most once.
    void start();

signals:
    void changed(); //!< a file or a cached token changed; after the first reading
    void configChanged(const optout::SharedConfig &config); //!< the first reading, and each after a change of a file

private:
    std::unique_ptr<QThread> m_thread;
    ConfigWatcher *m_watcher; //!< lives in the thread, which deletes it
    bool m_started = false;
};

} // namespace optout

Q_DECLARE_METATYPE(optout::SharedConfig)
