// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QDBusConnection>
#include <QProcess>
#include <QTemporaryDir>

namespace optout::test {

//! A message bus that nobody else is on. Ends with this object.
class PrivateBus final {
public:
    PrivateBus()
    {
        m_daemon.start(QStringLiteral(OPTOUT_DBUS_DAEMON),
            { QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--nopidfile"),
                QStringLiteral("--address=unix:dir=") + m_folder.path(), QStringLiteral("--print-address=1") });
        while (!m_daemon.canReadLine() && m_daemon.waitForReadyRead(30'000)) { }
        m_address = QString::fromLatin1(m_daemon.readLine()).trimmed();
    }
    ~PrivateBus()
    {
        for (const QString &name : m_names)
            QDBusConnection::disconnectFromBus(name);
        m_daemon.kill();
        m_daemon.waitForFinished(30'000);
    }

    //! One more connection to it.
    QDBusConnection connect()
    {
        m_names += QStringLiteral("private-%1").arg(++s_count);
        return QDBusConnection::connectToBus(m_address, m_names.constLast());
    }

private:
    static inline int s_count = 0;
    QTemporaryDir m_folder;
    QProcess m_daemon;
    QString m_address;
    QStringList m_names;
};

} // namespace optout::test
