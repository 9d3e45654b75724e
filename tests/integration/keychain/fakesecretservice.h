// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QDBusConnection>
#include <QDBusContext>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QList>
#include <QMap>
#include <QObject>

namespace optout::test {

//! A Secret Service that never opens a session, as one does that hangs, or that waits for somebody to unlock it. On a
//! bus connection of its own, so that calls really go through the bus.
class FakeSecretService final : public QObject, protected QDBusContext {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Secret.Service")
public:
    enum class Manner {
        Silent, //!< answers nothing
        Prompting, //!< says that its keyring is locked, and nothing else
    };

    explicit FakeSecretService(Manner manner);
    ~FakeSecretService() override;

    bool isOnBus() const { return m_isOnBus; }

public slots:
    // The names and signatures are those of the Secret Service API.
    // NOLINTBEGIN(readability-identifier-naming)
    void OpenSession(const QString &algorithm, const QDBusVariant &input);
    QList<QDBusObjectPath> SearchItems(const QMap<QString, QString> &attributes, QList<QDBusObjectPath> &locked);
    QDBusObjectPath ReadAlias(const QString &name);
    // NOLINTEND(readability-identifier-naming)

private:
    bool staysSilent();

    Manner m_manner;
    QDBusConnection m_bus;
    QObject m_collection;
    bool m_isOnBus = false;
};

} // namespace optout::test
