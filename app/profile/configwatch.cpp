// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "profile/configwatch.h"

#include "profile/configwatcher.h"

namespace optout {

ConfigWatch::ConfigWatch(const Environment &environment, QObject *parent, std::chrono::milliseconds settle, Reader read)
    : QObject(parent)
    , m_thread(std::make_unique<QThread>())
    , m_watcher(new ConfigWatcher(environment, settle, std::move(read)))
{
    m_thread->setObjectName(QStringLiteral("ConfigWatch"));
    m_watcher->moveToThread(m_thread.get());
    connect(m_thread.get(), &QThread::started, m_watcher, &ConfigWatcher::start);
    connect(m_thread.get(), &QThread::finished, m_watcher, &QObject::deleteLater);
    connect(m_watcher, &ConfigWatcher::changed, this, &ConfigWatch::changed);
    connect(m_watcher, &ConfigWatcher::configChanged, this, &ConfigWatch::configChanged);
}

ConfigWatch::~ConfigWatch()
{
    if (!m_started) {
        delete m_watcher;
        return;
    }
    m_thread->quit();
    // A home that hangs must not keep the program from ending; the process takes the thread with it.
    if (m_thread->wait(std::chrono::milliseconds(2'000)))
        return;
    QThread *left = m_thread.release();
    connect(left, &QThread::finished, left, &QObject::deleteLater);
}

void ConfigWatch::start()
{
    m_started = true;
    m_thread->start(QThread::LowPriority);
}

} // namespace optout
