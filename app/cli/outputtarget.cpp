// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "cli/outputtarget.h"

#include "export/disksync.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <cerrno>
#include <cstdio>

namespace optout {

using namespace Qt::Literals::StringLiterals;

OutputTarget::OutputTarget(QString fileName)
    : m_fileName(std::move(fileName))
{
}

OutputTarget::~OutputTarget() = default;

Result<Done> OutputTarget::open()
{
    if (m_fileName == "-"_L1) {
        auto file = std::make_unique<QFile>();
        // By its number: the C library would hold bytes back, and tell of a full disk too late.
        const bool opened = file->open(fileno(stdout), QIODevice::WriteOnly | QIODevice::Unbuffered);
        m_device = std::move(file);
        return opened ? Result<Done>(Done {}) : failed(u"opened"_s);
    }
    const QFileInfo place(m_fileName);
    if (place.isDir())
        return Error { .kind = Error::Kind::Storage, .detail = u"%1 is a folder"_s.arg(name()) };
    // A new file may take the place of a plain file, but not of a device, a pipe or /dev/stdout.
    m_replaces = place.isFile() || !place.exists();
    if (m_replaces) {
        m_device = std::make_unique<QSaveFile>(m_fileName);
        return m_device->open(QIODevice::WriteOnly | QIODevice::Unbuffered) ? Result<Done>(Done {})
                                                                            : failed(u"opened"_s);
    }
    m_device = std::make_unique<QFile>(m_fileName);
    return m_device->open(QIODevice::WriteOnly | QIODevice::Unbuffered) ? Result<Done>(Done {}) : failed(u"opened"_s);
}

Result<Done> OutputTarget::write(std::string_view bytes)
{
    // An unbuffered write may be cut short, by a signal or a disk that is nearly full; the next one says why.
    while (!bytes.empty()) {
        const qint64 written = m_device->write(bytes.data(), qint64(bytes.size()));
        if (written <= 0)
            return failed(u"written"_s);
        bytes.remove_prefix(size_t(written));
    }
    return Done {};
}

Result<Done> OutputTarget::empty()
{
    Q_ASSERT(canBeTakenBack());
    return m_device->flush() && m_device->resize(0) && m_device->seek(0) ? Result<Done>(Done {}) : failed(u"emptied"_s);
}

Result<Done> OutputTarget::commit()
{
    if (auto *file = qobject_cast<QSaveFile *>(m_device.get())) {
        if (const std::optional<QString> why = syncToDisk(*file))
            return failed(u"written"_s, *why); // and is not put in place
        return file->commit() ? Result<Done>(Done {}) : failed(u"written"_s);
    }
    if (!m_device->flush())
        return failed(u"written"_s);
    m_device->close();
    if (m_device->error() != QFileDevice::NoError)
        return failed(u"written"_s);
    return Done {};
}

bool OutputTarget::canBeTakenBack() const noexcept { return m_replaces; }

QString OutputTarget::name() const { return m_fileName == "-"_L1 ? u"standard output"_s : m_fileName; }

Error OutputTarget::failed(const QString &what) const { return failed(what, m_device->errorString()); }

Error OutputTarget::failed(const QString &what, const QString &why) const
{
    QString detail = u"%1 cannot be %2: %3"_s.arg(name(), what, why);
    if (why == qt_error_string(ENOSPC))
        detail += u"; free some space there, or choose another place with --output"_s;
    return Error { .kind = Error::Kind::Storage, .detail = detail };
}

} // namespace optout
