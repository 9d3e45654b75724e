// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "profile/configwatcher.h"

#include "profile/cachefolders.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

QStringList filesOf(const Environment &environment)
{
    const ConfigPaths paths = ConfigPaths::of(environment);
    QStringList out;
    for (const QString &path : { paths.config, paths.credentials }) {
        if (!path.isEmpty())
            out += QFileInfo(path).absoluteFilePath();
    }
    return out;
}

QStringList cachesOf(const Environment &environment)
{
    return { QDir(ssoCacheFolder(environment)).absolutePath(), QDir(loginCacheFolder(environment)).absolutePath() };
}

//! The folder itself, or the nearest one above it that exists: where it would first be seen to be made.
QString nearestFolder(QString folder)
{
    while (!QFileInfo(folder).isDir()) {
        const QString above = QFileInfo(folder).path();
        if (above == folder)
            break;
        folder = above;
    }
    return folder;
}

QString stateOf(const QFileInfo &file)
{
    if (!file.exists())
        return file.filePath();
    return u"%1 %2 %3"_s.arg(
        file.filePath(), QString::number(file.size()), QString::number(file.lastModified().toMSecsSinceEpoch()));
}

} // namespace

ConfigWatcher::ConfigWatcher(Environment environment, std::chrono::milliseconds settle, Reader read)
    : m_environment(std::move(environment))
    , m_read(std::move(read))
    , m_files(filesOf(m_environment))
    , m_caches(cachesOf(m_environment))
    , m_watcher(this)
    , m_quiet(this)
    , m_latest(this)
{
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(settle);
    m_latest.setSingleShot(true);
    m_latest.setInterval(settle * 10);
    connect(&m_quiet, &QTimer::timeout, this, &ConfigWatcher::look);
    connect(&m_latest, &QTimer::timeout, this, &ConfigWatcher::look);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &ConfigWatcher::noticeFile);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &ConfigWatcher::notice);
}

void ConfigWatcher::start()
{
    watchWhatIsThere();
    m_fileState = stateOfFiles();
    m_cacheState = stateOfCaches();
    emit configChanged(m_read(m_environment));
}

void ConfigWatcher::noticeFile(const QString &path)
{
    // A file may be written twice within the clock's resolution and keep its size: the event alone tells.
    m_fileWritten = m_fileWritten || m_files.contains(path);
    notice();
}

void ConfigWatcher::notice()
{
    m_quiet.start();
    if (!m_latest.isActive())
        m_latest.start();
}

void ConfigWatcher::look()
{
    m_quiet.stop();
    m_latest.stop();
    // First watch, then look: what changes in between is seen by one or the other.
    watchWhatIsThere();
    const QStringList files = stateOfFiles();
    const QStringList caches = stateOfCaches();
    const bool fileChanged = std::exchange(m_fileWritten, false) || files != m_fileState;
    const bool cacheChanged = caches != m_cacheState;
    m_fileState = files;
    m_cacheState = caches;
    if (fileChanged)
        emit configChanged(m_read(m_environment));
    if (fileChanged || cacheChanged)
        emit changed();
}

//! A file that is replaced or deleted drops out of the watcher; its folder tells when there is one again.
void ConfigWatcher::watchWhatIsThere()
{
    QStringList wanted;
    for (const QString &file : m_files) {
        if (QFileInfo::exists(file))
            wanted += file;
        // A link is followed: editors replace what it points to.
        if (const QString real = QFileInfo(file).canonicalFilePath(); !real.isEmpty())
            wanted += QFileInfo(real).path();
        wanted += nearestFolder(QFileInfo(file).path());
    }
    for (const QString &folder : m_caches)
        wanted += nearestFolder(folder);
    wanted.removeDuplicates();
    for (const QString &watched : m_watcher.files() + m_watcher.directories()) {
        if (!wanted.removeOne(watched))
            m_watcher.removePath(watched);
    }
    if (!wanted.isEmpty())
        m_watcher.addPaths(wanted);
}

QStringList ConfigWatcher::stateOfFiles() const
{
    QStringList out;
    for (const QString &file : m_files)
        out += stateOf(QFileInfo(file));
    return out;
}

QStringList ConfigWatcher::stateOfCaches() const
{
    QStringList out;
    for (const QString &folder : m_caches) {
        for (const QFileInfo &file : QDir(folder).entryInfoList({ u"*.json"_s }, QDir::Files, QDir::Name))
            out += stateOf(file);
    }
    return out;
}

} // namespace optout
