// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "fakewallet.h"

namespace optout::test {

using namespace Qt::Literals::StringLiterals;

FakeWallet::FakeWallet()
    : m_bus(QDBusConnection::connectToBus(QDBusConnection::SessionBus, u"fake-wallet"_s))
{
    m_isOnBus = m_bus.registerObject(u"/modules/kwalletd5"_s, this, QDBusConnection::ExportAllSlots)
        && m_bus.registerService(u"org.kde.kwalletd5"_s);
}

FakeWallet::~FakeWallet()
{
    m_bus.unregisterService(u"org.kde.kwalletd5"_s);
    QDBusConnection::disconnectFromBus(u"fake-wallet"_s);
}

QString FakeWallet::networkWallet()
{
    if (m_hanging)
        setDelayedReply(true);
    return u"kdewallet"_s;
}

int FakeWallet::open(const QString &, qlonglong, const QString &) { return m_refusing ? -1 : 1; }

int FakeWallet::entryType(int, const QString &folder, const QString &key, const QString &)
{
    constexpr int unknown = 0; // KWallet::EntryType of KDE Frameworks 5
    constexpr int password = 1;
    return m_entries.contains(folder + u'/' + key) ? password : unknown;
}

QString FakeWallet::readPassword(int, const QString &folder, const QString &key, const QString &)
{
    return entry(folder, key);
}

int FakeWallet::writePassword(int, const QString &folder, const QString &key, const QString &value, const QString &)
{
    m_entries.insert(folder + u'/' + key, value);
    return 0;
}

int FakeWallet::removeEntry(int, const QString &folder, const QString &key, const QString &)
{
    m_entries.remove(folder + u'/' + key);
    return 0;
}

} // namespace optout::test
