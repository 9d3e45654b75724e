// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/icons.h"

#include <QFile>
#include <QIconEngine>
#include <QLabel>
#include <QStyle>

#include <optional>
#include <utility>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

//! An icon of the program's own that is read from its file when it is first shown. QIcon itself parses an SVG when it
//! is made and again when it is painted, and most icons are in menus that are not open.
class LateIcon final : public QIconEngine {
public:
    explicit LateIcon(QString fileName)
        : m_fileName(std::move(fileName))
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        icon().paint(painter, rect, Qt::AlignCenter, mode, state);
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return icon().pixmap(size, 1, mode, state);
    }
    QSize actualSize(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return icon().actualSize(size, mode, state);
    }
    QList<QSize> availableSizes(QIcon::Mode mode, QIcon::State state) override
    {
        return icon().availableSizes(mode, state);
    }
    bool isNull() override { return !QFile::exists(m_fileName); }
    QIconEngine *clone() const override { return new LateIcon(*this); }

private:
    const QIcon &icon()
    {
        if (!m_icon)
            m_icon = QIcon(m_fileName);
        return *m_icon;
    }

    QString m_fileName;
    std::optional<QIcon> m_icon {};
};

} // namespace

QIcon themedIcon(const QString &name)
{
    if (name.isEmpty())
        return {};
    return QIcon::fromTheme(name, QIcon(new LateIcon(u":/icons/%1.svg"_s.arg(name))));
}

void showWarning(QLabel &mark, bool isShown)
{
    if (isShown && mark.pixmap().isNull())
        mark.setPixmap(themedIcon(u"dialog-warning"_s)
                           .pixmap(mark.style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, &mark)));
    mark.setVisible(isShown);
}

} // namespace optout
