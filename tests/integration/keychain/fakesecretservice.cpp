// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "fakesecretservice.h"

#include <QDBusAbstractAdaptor>
#include <QDBusMetaType>

namespace optout::test {

using namespace Qt::Literals::StringLiterals;

namespace {

//! The one property of a collection that matters here.
class LockedCollection final : public QDBusAbstractAdaptor {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Secret.Collection")
    Q_PROPERTY(bool Locked READ isLocked)
public:
    explicit LockedCollection(QObject *collection)
        : QDBusAbstractAdaptor(collection)
    {
    }
    bool isLocked() const { return true; }
};

QString collectionPath() { return u"/org/freedesktop/secrets/collection/fake"_s; }

} // namespace

FakeSecretService::FakeSecretService(Manner manner)
    : m_manner(manner)
    , m_bus(QDBusConnection::connectToBus(QDBusConnection::SessionBus, u"fake-secret-service"_s))
{
    qDBusRegisterMetaType<QMap<QString, QString>>();
    new LockedCollection(&m_collection);
    m_isOnBus = m_bus.registerObject(u"/org/freedesktop/secrets"_s, this, QDBusConnection::ExportAllSlots)
        && m_bus.registerObject(collectionPath(), &m_collection) && m_bus.registerService(u"org.freedesktop.secrets"_s);
}

FakeSecretService::~FakeSecretService()
{
    m_bus.unregisterService(u"org.freedesktop.secrets"_s);
    QDBusConnection::disconnectFromBus(u"fake-secret-service"_s);
}

bool FakeSecretService::staysSilent()
{
    if (m_manner == Manner::Silent)
        setDelayedReply(true); // and none will come
    return m_manner == Manner::Silent;
}

void FakeSecretService::OpenSession(const QString &, const QDBusVariant &) { setDelayedReply(true); }

QList<QDBusObjectPath> FakeSecretService::SearchItems(const QMap<QString, QString> &, QList<QDBusObjectPath> &)
{
    staysSilent();
    return {};
}

QDBusObjectPath FakeSecretService::ReadAlias(const QString &)
{
    staysSilent();
    return QDBusObjectPath(collectionPath());
}

} // namespace optout::test

#include "fakesecretservice.moc"
