// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QComboBox>

namespace optout {

//! Chooses a region with the service by id or human name, or takes another one as typed.
class RegionBox final : public QComboBox {
    Q_OBJECT
public:
    explicit RegionBox(QWidget *parent = nullptr);

    QString region() const; //!< the id as chosen or typed; may be no region at all
    void setRegion(const QString &region);
    //! The id with the human name, if it is known.
    static QString shownName(const QString &region);
    //! Whether the service is known to run there.
    static bool isKnown(const QString &region);
    //! Whether AWS lists a FIPS host for it.
    static bool hasFips(const QString &region);

signals:
    void edited();

private:
    void completeName();
};

} // namespace optout
