// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/longtext.h"

#include <QThreadPool>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype freedAtOnce = 1 << 20; // bytes; tens of microseconds

QString plainText() { return u"text/plain"_s; }

} // namespace

LongText::~LongText()
{
    QThreadPool *pool = QThreadPool::globalInstance(); // none while the program ends
    if (pool && m_utf8.size() > freedAtOnce)
        pool->start([utf8 = std::move(m_utf8)]() mutable { utf8.clear(); });
}

QStringList LongText::formats() const { return { plainText() }; }

bool LongText::hasFormat(const QString &mimeType) const { return mimeType == plainText(); }

QVariant LongText::retrieveData(const QString &mimeType, QMetaType type) const
{
    if (!hasFormat(mimeType))
        return {};
    return type == QMetaType::fromType<QString>() ? QVariant(QString::fromUtf8(m_utf8)) : QVariant(m_utf8);
}

} // namespace optout
