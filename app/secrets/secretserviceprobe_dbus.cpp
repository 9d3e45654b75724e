// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "secrets/secretserviceprobe.h"

#include <QDBusConnection>
#include <QDBusError>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QList>
#include <QMap>

namespace optout {

using namespace Qt::Literals::StringLiterals;
using Service = SecretServiceState::Service;

namespace {

constexpr int answerTimeoutMs = 5'000;

QDBusPendingCall call(
    const QString &path, const QString &interface, const QString &method, const QVariantList &arguments)
{
    QDBusMessage message = QDBusMessage::createMethodCall(u"org.freedesktop.secrets"_s, path, interface, method);
    message.setArguments(arguments);
    return QDBusConnection::sessionBus().asyncCall(message, answerTimeoutMs);
}

QString rootPath() { return u"/org/freedesktop/secrets"_s; }

QString serviceInterface() { return u"org.freedesktop.Secret.Service"_s; }

Service serviceOf(const QDBusError &error)
{
    switch (error.type()) {
    case QDBusError::NoReply:
    case QDBusError::Timeout:
    case QDBusError::TimedOut:
        return Service::Silent;
    case QDBusError::Disconnected:
    case QDBusError::NoServer:
        return Service::NoBus;
    default: // ServiceUnknown, and the many ways in which starting it can fail
        return Service::Absent;
    }
}

} // namespace

SecretServiceProbe::SecretServiceProbe(const QString &keychainService, const QString &key, QObject *parent)
    : QObject(parent)
    , m_keychainService(keychainService)
    , m_key(key)
{
    qDBusRegisterMetaType<QMap<QString, QString>>();
}

void SecretServiceProbe::start()
{
    if (QDBusConnection::sessionBus().isConnected())
        askForEntries();
    else
        finishLater(Service::NoBus);
}

void SecretServiceProbe::askForEntries()
{
    const QMap<QString, QString> attributes { { u"server"_s, m_keychainService }, { u"user"_s, m_key } };
    auto *watcher = new QDBusPendingCallWatcher(
        call(rootPath(), serviceInterface(), u"SearchItems"_s, { QVariant::fromValue(attributes) }), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<QList<QDBusObjectPath>, QList<QDBusObjectPath>> reply = *watcher;
        watcher->deleteLater();
        if (reply.isError()) {
            finishLater(serviceOf(reply.error()));
            return;
        }
        m_state.hasOpenEntry = !reply.argumentAt<0>().isEmpty();
        m_state.hasLockedEntry = !reply.argumentAt<1>().isEmpty();
        askForCollection();
    });
}

void SecretServiceProbe::askForCollection()
{
    auto *watcher =
        new QDBusPendingCallWatcher(call(rootPath(), serviceInterface(), u"ReadAlias"_s, { u"default"_s }), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<QDBusObjectPath> reply = *watcher;
        watcher->deleteLater();
        if (reply.isError())
            finishLater(serviceOf(reply.error()));
        else if (reply.value().path() == "/"_L1) // the specification's way to say "none"
            finishLater(Service::NoCollection);
        else
            askWhetherLocked(reply.value().path());
    });
}

void SecretServiceProbe::askWhetherLocked(const QString &collectionPath)
{
    auto *watcher = new QDBusPendingCallWatcher(call(collectionPath, u"org.freedesktop.DBus.Properties"_s, u"Get"_s,
                                                    { u"org.freedesktop.Secret.Collection"_s, u"Locked"_s }),
        this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        watcher->deleteLater();
        // gnome-keyring names its login keyring as the default before there is one.
        if (reply.isError())
            finishLater(serviceOf(reply.error()) == Service::Silent ? Service::Silent : Service::NoCollection);
        else
            finishLater(reply.value().variant().toBool() ? Service::Locked : Service::Unlocked);
    });
}

void SecretServiceProbe::finishLater(SecretServiceState::Service service)
{
    m_state.service = service;
    QMetaObject::invokeMethod(
        this, [this] { emit finished(m_state); }, Qt::QueuedConnection);
}

} // namespace optout
