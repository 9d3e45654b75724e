// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QMimeData>

namespace optout {

//! Text for the clipboard that may be hundreds of megabytes long. It is kept as other programs are given it: half the
//! size of a QString, and nothing is converted each time one asks.
class LongText final : public QMimeData {
    Q_OBJECT
public:
    explicit LongText(const QByteArray &utf8)
        : m_utf8(utf8)
    {
    }
    //! Gives back the memory of a long text in a worker: that takes longer than a turn of the event loop may.
    ~LongText() override;

    QStringList formats() const override;
    bool hasFormat(const QString &mimeType) const override;

protected:
    QVariant retrieveData(const QString &mimeType, QMetaType type) const override;

private:
    QByteArray m_utf8;
};

} // namespace optout
