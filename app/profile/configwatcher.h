// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "profile/sharedconfig.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>

namespace optout {

//! The part of ConfigWatch that lives in its thread.
class ConfigWatcher final : public QObject {
    Q_OBJECT
public:
    using Reader = std::function<SharedConfig(const Environment &environment)>;
    //! Does not look at the disk before start().
    ConfigWatcher(Environment environment, std::chrono::milliseconds settle, Reader read);

    void start();

signals:
    void changed();
    void configChanged(const optout::SharedConfig &config);

private:
    void noticeFile(const QString &path);
    void notice();
    void look();
    void watchWhatIsThere();
    QStringList stateOfFiles() const;
    QStringList stateOfCaches() const;

    const Environment m_environment;
    const Reader m_read;
    const QStringList m_files; //!< absolute
    const QStringList m_caches; //!< folders
    QFileSystemWatcher m_watcher;
    QTimer m_quiet; //!< since the last event
    QTimer m_latest; //!< since the first event that was not told yet
    bool m_fileWritten = false;
    QStringList m_fileState {};
    QStringList m_cacheState {};
};

} // namespace optout
