// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "presenters/connectionlist.h"

#include <QListWidget>

namespace optout {

//! The connections by name and region below titles that say where they come from, and one that is being made.
class ConnectionListView final : public QListWidget {
    Q_OBJECT
public:
    explicit ConnectionListView(QWidget *parent = nullptr);

    //! Selects and shows nothing by itself: currentId() stays if that connection is still there.
    void setConnections(const QList<Connection> &connections);
    void addNew(const QString &name); //!< a row without id at the end of the saved ones, made current
    void dropNew();
    void renameCurrent(const QString &name);

    QString currentId() const; //!< empty for the new one
    bool hasCurrent() const { return currentItem() != nullptr; }
    void setCurrentId(const QString &id);
    void selectFirst();

    QSize sizeHint() const override;

private:
    QListWidgetItem *rowIn(Connection::Source source);
};

} // namespace optout
