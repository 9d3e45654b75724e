// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "desktop/sleepinhibitor_dbus.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QGuiApplication>

#include <utility>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int answerTimeoutMs = 5'000;

}

struct DBusSleepInhibitor::SessionService {
    QLatin1StringView name;
    QLatin1StringView path;
    QLatin1StringView interface;
    const SessionService *next;

    QDBusMessage call(QLatin1StringView method, const QVariantList &arguments) const
    {
        QDBusMessage message = QDBusMessage::createMethodCall(name, path, interface, method);
        message.setArguments(arguments);
        return message;
    }
};

const DBusSleepInhibitor::SessionService *DBusSleepInhibitor::firstService()
{
    static const SessionService screenSaver { "org.freedesktop.ScreenSaver"_L1, "/org/freedesktop/ScreenSaver"_L1,
        "org.freedesktop.ScreenSaver"_L1, nullptr };
    static const SessionService powerManagement { "org.freedesktop.PowerManagement"_L1,
        "/org/freedesktop/PowerManagement/Inhibit"_L1, "org.freedesktop.PowerManagement.Inhibit"_L1, &screenSaver };
    return &powerManagement;
}

DBusSleepInhibitor::DBusSleepInhibitor(Bus systemBus, Bus sessionBus, QObject *parent)
    : SleepInhibitor(parent)
    , m_systemBus(std::move(systemBus))
    , m_sessionBus(std::move(sessionBus))
{
}

DBusSleepInhibitor::~DBusSleepInhibitor() { release(); }

void DBusSleepInhibitor::hold(const QString &why)
{
    if (!std::exchange(m_wanted, true))
        askLogin(++m_request, why);
}

void DBusSleepInhibitor::release()
{
    m_wanted = false;
    ++m_request;
    m_lock = {};
    if (m_service)
        giveBack(*std::exchange(m_service, nullptr), m_cookie);
}

// org.freedesktop.login1(5): the lock is a file descriptor. "block", because "delay" only puts sleep off for seconds.
void DBusSleepInhibitor::askLogin(int request, const QString &why)
{
    QDBusMessage message = QDBusMessage::createMethodCall(
        u"org.freedesktop.login1"_s, u"/org/freedesktop/login1"_s, u"org.freedesktop.login1.Manager"_s, u"Inhibit"_s);
    message.setArguments({ u"sleep:idle"_s, QGuiApplication::applicationDisplayName(), why, u"block"_s });
    auto *watcher = new QDBusPendingCallWatcher(m_systemBus().asyncCall(message, answerTimeoutMs), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, request, why] {
        const QDBusPendingReply<QDBusUnixFileDescriptor> reply = *watcher;
        watcher->deleteLater();
        if (request != m_request)
            return; // the descriptor is closed with the answer
        if (reply.isError() || !reply.value().isValid())
            askSession(request, why, firstService());
        else
            m_lock = reply.value();
    });
}

void DBusSleepInhibitor::askSession(int request, const QString &why, const SessionService *service)
{
    const QDBusMessage message = service->call("Inhibit"_L1, { QGuiApplication::applicationDisplayName(), why });
    auto *watcher = new QDBusPendingCallWatcher(m_sessionBus().asyncCall(message, answerTimeoutMs), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, request, why, service] {
        const QDBusPendingReply<uint> reply = *watcher;
        watcher->deleteLater();
        if (request != m_request) {
            if (!reply.isError())
                giveBack(*service, reply.value());
        } else if (!reply.isError()) {
            m_service = service;
            m_cookie = reply.value();
        } else if (service->next) {
            askSession(request, why, service->next);
        } else {
            emit failed(reply.error().message());
        }
    });
}

void DBusSleepInhibitor::giveBack(const SessionService &service, uint cookie)
{
    m_sessionBus().asyncCall(service.call("UnInhibit"_L1, { cookie }), answerTimeoutMs);
}

} // namespace optout
