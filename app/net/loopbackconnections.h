// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QTcpSocket>

#include <memory>
#include <vector>

namespace optout {

//! A connection that is let go of inside one of its own signals is deleted after it.
struct DeleteLater {
    void operator()(QObject *object) const { object->deleteLater(); }
};
using LoopbackConnection = std::unique_ptr<QTcpSocket, DeleteLater>;

//! The connections that no request uses right now, kept for the next one to the same address. GUI thread only.
class LoopbackConnections final : public QObject {
    Q_OBJECT
public:
    ~LoopbackConnections() override;

    //! One that is open, as far as is known; null if there is none.
    LoopbackConnection take(const QString &authority);
    //! Nobody else may be connected to its signals.
    void keep(const QString &authority, LoopbackConnection connection);

private:
    struct Kept {
        QString authority;
        LoopbackConnection connection;
    };

    void forget(const QTcpSocket *connection);

    std::vector<Kept> m_kept;
};

} // namespace optout
