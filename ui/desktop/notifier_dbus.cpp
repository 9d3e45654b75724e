// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "desktop/notifier_dbus.h"

#include <QCoreApplication>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QGuiApplication>
#include <QVariantMap>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int answerTimeoutMs = 5'000;

QString service() { return u"org.freedesktop.Notifications"_s; }
QString path() { return u"/org/freedesktop/Notifications"_s; }

QDBusMessage call(const QString &method, const QVariantList &arguments)
{
    QDBusMessage message = QDBusMessage::createMethodCall(service(), path(), service(), method);
    message.setArguments(arguments);
    return message;
}

} // namespace

DBusNotifier::DBusNotifier(const QDBusConnection &sessionBus, QObject *parent)
    : Notifier(parent)
    , m_bus(sessionBus)
{
    lookForService();
}

DBusNotifier::~DBusNotifier() { close(); }

void DBusNotifier::lookForService()
{
    if (!m_bus.isConnected())
        return;
    for (const char *names : { "ListNames", "ListActivatableNames" }) {
        const QDBusMessage message = QDBusMessage::createMethodCall(
            u"org.freedesktop.DBus"_s, u"/org/freedesktop/DBus"_s, u"org.freedesktop.DBus"_s, QLatin1StringView(names));
        auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(message, answerTimeoutMs), this);
        connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
            const QDBusPendingReply<QStringList> reply = *watcher;
            watcher->deleteLater();
            m_isServed |= !reply.isError() && reply.value().contains(service());
        });
    }
}

void DBusNotifier::show(const QString &title, const QString &body)
{
    if (!m_bus.isConnected())
        return;
    if (!m_listening) {
        m_listening = true;
        m_bus.connect(service(), path(), service(), u"ActionInvoked"_s, this, SLOT(onActionInvoked(uint, QString)));
        m_bus.connect(
            service(), path(), service(), u"NotificationClosed"_s, this, SLOT(onNotificationClosed(uint, uint)));
    }
    const QString entry = QGuiApplication::desktopFileName();
    const QVariantMap hints {
        { u"desktop-entry"_s, entry }, { u"category"_s, u"transfer"_s },
        { u"urgency"_s, QVariant::fromValue(uchar(1)) }, // normal
    };
    const QStringList actions { u"default"_s, QCoreApplication::translate("optout::DesktopPresence", "Show") };
    const int request = ++m_request;
    const uint replaced = m_id;
    // Body texts may be taken for markup: what is special there is written as an entity.
    const QDBusMessage message = call(u"Notify"_s,
        { QGuiApplication::applicationDisplayName(), m_id, entry, title, body.toHtmlEscaped(), actions, hints, -1 });
    auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(message, answerTimeoutMs), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, request, replaced] {
        const QDBusPendingReply<uint> reply = *watcher;
        watcher->deleteLater();
        m_isServed = !reply.isError();
        if (reply.isError())
            return; // there is no such service
        if (request == m_request)
            m_id = reply.value();
        else if (reply.value() != m_id && !(reply.value() == replaced && replaced == m_closedId))
            closeOnBus(reply.value()); // else it was closed by the number it has taken over
    });
}

void DBusNotifier::close()
{
    ++m_request;
    if (m_id == 0)
        return;
    m_closedId = std::exchange(m_id, 0);
    closeOnBus(m_closedId);
}

void DBusNotifier::closeOnBus(uint id) { m_bus.asyncCall(call(u"CloseNotification"_s, { id }), answerTimeoutMs); }

void DBusNotifier::onActionInvoked(uint id, const QString &action)
{
    if (id == m_id && m_id != 0 && action == "default"_L1)
        emit clicked();
}

void DBusNotifier::onNotificationClosed(uint id, uint reason)
{
    Q_UNUSED(reason)
    if (id == m_id)
        m_id = 0;
}

} // namespace optout
