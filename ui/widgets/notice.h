// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QString>

class QAction;

namespace optout {

//! Something to tell, and what can be done about it: shown in the middle of an empty place or as a bar.
struct Notice {
    QString icon {}; //!< freedesktop name
    QString headline {};
    QString text {}; //!< one or two sentences more, or empty
    QString details {}; //!< lines for support, selectable, hidden at first; or empty
    QList<QAction *> actions {}; //!< become buttons; the first one is the main one

    bool isEmpty() const { return headline.isEmpty(); }
    bool operator==(const Notice &) const = default;
};

} // namespace optout
