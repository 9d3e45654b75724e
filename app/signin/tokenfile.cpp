// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "signin/tokenfile.h"

#include <QFile>
#include <QFileInfo>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 longest = 64 * 1024;

Error storage(const QString &detail) { return { .kind = Error::Kind::Storage, .detail = detail }; }

} // namespace

Result<Secret> readTokenFile(const QString &fileName)
{
    const QFileInfo info(fileName);
    if (!info.exists())
        return storage(u"The token file %1 does not exist."_s.arg(fileName));
    if (!info.isFile())
        return storage(u"The token file %1 is no ordinary file."_s.arg(fileName));
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return storage(u"The token file %1 cannot be read: %2."_s.arg(fileName, file.errorString()));
    QByteArray bytes = file.read(longest + 1);
    if (bytes.size() > longest) {
        wipe(bytes);
        return storage(
            u"The token file %1 is longer than %2 KiB: it holds no token."_s.arg(fileName).arg(longest / 1024));
    }
    Secret token(QByteArrayView(bytes).trimmed());
    wipe(bytes);
    if (token.isEmpty())
        return storage(u"The token file %1 is empty."_s.arg(fileName));
    return token;
}

} // namespace optout
