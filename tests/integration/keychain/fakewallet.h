// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QDBusConnection>
#include <QDBusContext>
#include <QHash>
#include <QObject>

namespace optout::test {

//! As much of KDE's wallet service as QtKeychain calls, on a bus connection of its own.
class FakeWallet final : public QObject, protected QDBusContext {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.kde.KWallet")
public:
    FakeWallet();
    ~FakeWallet() override;

    bool isOnBus() const { return m_isOnBus; }
    void setRefusing(bool refusing) { m_refusing = refusing; } //!< as after "Deny" in its prompt
    void setHanging(bool hanging) { m_hanging = hanging; } //!< answers nothing
    QString entry(const QString &folder, const QString &key) const { return m_entries.value(folder + u'/' + key); }

public slots:
    QString networkWallet();
    int open(const QString &wallet, qlonglong window, const QString &program);
    int entryType(int handle, const QString &folder, const QString &key, const QString &program);
    QString readPassword(int handle, const QString &folder, const QString &key, const QString &program);
    int writePassword(
        int handle, const QString &folder, const QString &key, const QString &value, const QString &program);
    int removeEntry(int handle, const QString &folder, const QString &key, const QString &program);

private:
    QDBusConnection m_bus;
    bool m_isOnBus = false;
    bool m_refusing = false;
    bool m_hanging = false;
    QHash<QString, QString> m_entries;
};

} // namespace optout::test
