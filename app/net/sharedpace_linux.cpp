// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "net/sharedpace.h"

#include "core/logging.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>

#include <sodium.h>

#include <array>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {
constexpr int lockAttempts = 50; //!< each about a microsecond, then the processor is given away

//! What stands in the file. Of another layout, another start of the computer or half written: not believed.
struct Record {
    std::array<char, 16> boot {}; //!< the steady clock begins anew with each (clock_gettime(2), CLOCK_MONOTONIC)
    PaceState state {};
    std::array<unsigned char, crypto_shorthash_BYTES> check {};
};
static_assert(std::is_trivially_copyable_v<Record>);

//! proc(5): "random UUID, generated at boot". With the size, so that another layout is another boot.
const std::array<char, 16> &thisBoot()
{
    static const std::array<char, 16> boot = [] {
        QFile file(u"/proc/sys/kernel/random/boot_id"_s);
        if (!file.open(QIODevice::ReadOnly))
            return std::array<char, 16> {};
        const QByteArray hash = QCryptographicHash::hash(
            // One more with each change of what PaceState means.
            file.readAll() + QByteArray::number(qulonglong(sizeof(Record))) + "v2", QCryptographicHash::Sha256);
        std::array<char, 16> result {};
        std::memcpy(result.data(), hash.constData(), result.size());
        return result;
    }();
    return boot;
}

//! Against a record half written, not against somebody who means harm: the folder is private. Made with each call to
//! the service, so it is a quick one.
auto checkOf(const Record &record)
{
    constexpr std::array<unsigned char, crypto_shorthash_KEYBYTES> noSecret {};
    std::array<unsigned char, sizeof record.state> bytes {};
    std::memcpy(bytes.data(), &record.state, bytes.size());
    decltype(record.check) check {};
    crypto_shorthash(check.data(), bytes.data(), bytes.size(), noSecret.data());
    return check;
}

bool isPrivate(const struct stat &found) { return found.st_uid == ::geteuid() && (found.st_mode & 077) == 0; }

int openPrivate(const QString &folder, const QString &name)
{
    const QByteArray path = QFile::encodeName(folder);
    if (::mkdir(path.constData(), 0700) != 0 && errno != EEXIST)
        return -1;
    const int directory = ::open(path.constData(), O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (directory < 0)
        return -1;
    struct stat found { };
    int file = -1;
    if (::fstat(directory, &found) == 0 && isPrivate(found))
        file =
            ::openat(directory, QFile::encodeName(name).constData(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    ::close(directory);
    if (file >= 0 && (::fstat(file, &found) != 0 || !S_ISREG(found.st_mode) || !isPrivate(found))) {
        ::close(file);
        return -1;
    }
    return file;
}
} // namespace

QString sharedPaceFolder()
{
    // Not QStandardPaths: without the variable it falls back to a folder in /tmp, and warns.
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    struct stat found { };
    if (!QDir::isAbsolutePath(runtime) || ::stat(QFile::encodeName(runtime).constData(), &found) != 0
        || !S_ISDIR(found.st_mode) || !isPrivate(found))
        return {};
    return runtime + u"/optout-browser"_s;
}

SharedPace::SharedPace(const QString &folder, const QString &name)
{
    if (folder.isEmpty() || sodium_init() < 0)
        return;
    m_file = openPrivate(folder, name);
    if (m_file < 0)
        qCDebug(log::net) << "the pace is not shared with other processes: no private folder for it";
}

SharedPace::~SharedPace()
{
    if (m_file >= 0)
        ::close(m_file);
}

bool SharedPace::lock() const
{
    for (int attempt = 0; attempt < lockAttempts; ++attempt) {
        if (::flock(m_file, LOCK_EX | LOCK_NB) == 0)
            return true;
        if (errno != EWOULDBLOCK && errno != EINTR)
            return false;
    }
    return false;
}

void SharedPace::load()
{
    Record record;
    if (::pread(m_file, &record, sizeof record, 0) == ssize_t(sizeof record) && record.boot == thisBoot()
        && record.check == checkOf(record))
        m_state = record.state;
}

void SharedPace::store() const
{
    Record record { .boot = thisBoot(), .state = m_state };
    record.check = checkOf(record);
    if (::pwrite(m_file, &record, sizeof record, 0) != ssize_t(sizeof record))
        qCDebug(log::net) << "the pace could not be written for other processes";
}

void SharedPace::update(const std::function<void(PaceLearner &)> &change)
{
    const bool isLocked = m_file >= 0 && lock();
    // Without the lock, too, by who knows nothing yet: a record that is being written is not believed. Who has learned
    // something keeps it, because it cannot be written: he would begin anew with each call.
    if (isLocked || (m_file >= 0 && m_state.usedAt == PaceState::unknown))
        load();
    PaceLearner learner(m_state);
    change(learner);
    if (!isLocked)
        return;
    store();
    ::flock(m_file, LOCK_UN);
}

} // namespace optout
