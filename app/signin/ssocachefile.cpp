// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "signin/ssocachefile.h"

#include "aws/secretjson.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

Error storage(const QString &words) { return { .kind = Error::Kind::Storage, .detail = words }; }

//! QDir::mkpath() would leave the folders' permissions to the umask.
bool makeFolder(const QString &path)
{
    if (QFileInfo(path).isDir())
        return true;
    const QString parent = QFileInfo(path).path();
    if (parent == path || !makeFolder(parent))
        return false;
    const bool made = QDir().mkdir(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return made || QFileInfo(path).isDir(); // or somebody else made it just now
}

} // namespace

Result<Secret> readCacheFile(const QString &path)
{
    const QFileInfo info(path);
    if (!info.exists() && !info.isSymLink())
        return Error { .kind = Error::Kind::NotFound, .detail = u"There is no file %1."_s.arg(path) };
    if (!info.isFile()) // opening a pipe would wait for its other end
        return storage(u"%1 is no plain file."_s.arg(path));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return storage(u"%1 cannot be read: %2."_s.arg(path, file.errorString()));
    QByteArray text(SecretJson::limitBytes + 1, '\0');
    qint64 size = 0;
    while (size < text.size()) {
        const qint64 read = file.read(text.data() + size, text.size() - size);
        if (read <= 0)
            break;
        size += read;
    }
    if (file.error() != QFileDevice::NoError || size > SecretJson::limitBytes) {
        wipe(text);
        return storage(size > SecretJson::limitBytes ? u"%1 is longer than 64 KiB, which no token is."_s.arg(path)
                                                     : u"%1 cannot be read: %2."_s.arg(path, file.errorString()));
    }
    Secret out(QByteArrayView(text).first(size));
    wipe(text);
    return out;
}

Result<Done> writeCacheFile(const QString &path, const Secret &text)
{
    if (!makeFolder(QFileInfo(path).path()))
        return storage(u"The folder %1 cannot be made."_s.arg(QFileInfo(path).path()));
    QSaveFile file(path);
    // Unbuffered, so that no buffer of Qt's keeps a copy. The permissions come before the first byte: a new file would
    // have those of the umask, and a replaced one those of the file before it.
    if (!file.open(QIODevice::WriteOnly | QIODevice::Unbuffered)
        || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        || file.write(text.expose().data(), text.expose().size()) != text.expose().size() || !file.commit())
        return storage(u"%1 cannot be written: %2."_s.arg(path, file.errorString()));
    return Done {};
}

} // namespace optout
