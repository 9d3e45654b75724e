// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "desktop/launcherentry.h"
#include "desktop/notifier_dbus.h"
#include "desktop/sleepinhibitor_dbus.h"
#include "ui/desktop/privatebus.h"

#include <QDBusConnectionInterface>
#include <QDBusContext>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusUnixFileDescriptor>
#include <QDBusVariant>
#include <QtTest>

#include <fcntl.h>
#include <unistd.h>

#include <array>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

//! The desktop's notification service, as a desktop has it.
class FakeNotifications final : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")
public:
    struct Shown {
        QString program, title, body;
        uint replaces = 0;
        QStringList actions;
        QVariantMap hints;
    };
    QList<Shown> shown;
    QList<uint> closed;
    uint nextId = 7;

public slots:
    uint Notify(const QString &program, uint replaces, const QString &icon, const QString &title, const QString &body,
        const QStringList &actions, const QVariantMap &hints, int timeout)
    {
        Q_UNUSED(icon)
        Q_UNUSED(timeout)
        shown += { program, title, body, replaces, actions, hints };
        return replaces ? replaces : nextId++;
    }
    void CloseNotification(uint id)
    {
        closed += id;
        emit NotificationClosed(id, 3);
    }

signals:
    void NotificationClosed(uint id, uint reason);
    void ActionInvoked(uint id, const QString &action);
};

//! systemd-logind's way: whoever holds the descriptor keeps the computer awake.
class FakeLogin final : public QObject, protected QDBusContext {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.login1.Manager")
public:
    QStringList asked;
    bool refuses = false;
    int readEnd = -1;

    ~FakeLogin() override
    {
        if (readEnd >= 0)
            ::close(readEnd);
    }
    //! Whether nobody holds the other end.
    bool isReleased() const
    {
        char byte = 0;
        return readEnd >= 0 && ::read(readEnd, &byte, 1) == 0;
    }

public slots:
    QDBusUnixFileDescriptor Inhibit(const QString &what, const QString &who, const QString &why, const QString &mode)
    {
        Q_UNUSED(who)
        Q_UNUSED(why)
        asked += what + u' ' + mode;
        std::array<int, 2> ends {};
        if (refuses || ::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) {
            sendErrorReply(QDBusError::AccessDenied, u"Permission denied"_s);
            return {};
        }
        readEnd = ends[0];
        QDBusUnixFileDescriptor lock;
        lock.giveFileDescriptor(ends[1]);
        return lock;
    }
};

//! The older way, on the session bus.
class FakeScreenSaver final : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.ScreenSaver")
public:
    int holds = 0;
    QList<uint> given;

public slots:
    uint Inhibit(const QString &program, const QString &why)
    {
        Q_UNUSED(program)
        Q_UNUSED(why)
        ++holds;
        given += uint(41 + given.size());
        return given.constLast();
    }
    void UnInhibit(uint cookie) { holds -= given.contains(cookie) ? 1 : 0; }
};

class FakePowerManagement final : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.PowerManagement.Inhibit")
public:
    int holds = 0;

public slots:
    uint Inhibit(const QString &program, const QString &why)
    {
        Q_UNUSED(program)
        Q_UNUSED(why)
        ++holds;
        return 5;
    }
    void UnInhibit(uint cookie) { holds -= cookie == 5 ? 1 : 0; }
};

//! Hears what is said of the program's entry in the dock.
class DockEar final : public QObject {
    Q_OBJECT
public:
    QList<std::pair<QString, QVariantMap>> heard;
public slots:
    void update(const QString &uri, const QVariantMap &properties) { heard += { uri, properties }; }
};

class TestDesktopBus final : public QObject {
    Q_OBJECT

    std::unique_ptr<test::PrivateBus> m_bus;
    std::unique_ptr<QDBusConnection> m_desktop; // the services' connection
    std::unique_ptr<QDBusConnection> m_program;

    void serve(QObject &object, const QString &name, const QString &path)
    {
        QVERIFY(m_desktop->registerObject(
            path, &object, QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
        QVERIFY(m_desktop->registerService(name));
    }
    void serve(FakeNotifications &service)
    {
        serve(service, u"org.freedesktop.Notifications"_s, u"/org/freedesktop/Notifications"_s);
    }
    void serve(FakeLogin &service) { serve(service, u"org.freedesktop.login1"_s, u"/org/freedesktop/login1"_s); }
    void serve(FakeScreenSaver &service)
    {
        serve(service, u"org.freedesktop.ScreenSaver"_s, u"/org/freedesktop/ScreenSaver"_s);
    }
    DBusSleepInhibitor::Bus bus() const
    {
        return [this] { return *m_program; };
    }

private slots:
    void initTestCase() { QGuiApplication::setDesktopFileName(u"io.github.optoutbrowser.OptOutBrowser"_s); }
    void init()
    {
        m_bus = std::make_unique<test::PrivateBus>();
        m_desktop = std::make_unique<QDBusConnection>(m_bus->connect());
        m_program = std::make_unique<QDBusConnection>(m_bus->connect());
        QVERIFY(m_desktop->isConnected());
        QVERIFY(m_program->isConnected());
    }
    void cleanup()
    {
        m_program.reset();
        m_desktop.reset();
        m_bus.reset();
    }

    void showsReplacesAndCloses()
    {
        FakeNotifications service;
        serve(service);
        DBusNotifier notifier(*m_program);
        notifier.show(u"Ended"_s, u"A & B"_s);
        QTRY_COMPARE(service.shown.size(), 1);
        QCOMPARE(service.shown.first().title, u"Ended"_s);
        QCOMPARE(service.shown.first().body, u"A &amp; B"_s);
        QCOMPARE(service.shown.first().replaces, 0U);
        QCOMPARE(service.shown.first().actions.value(0), u"default"_s);
        QCOMPARE(service.shown.first().hints.value(u"desktop-entry"_s).toString(),
            u"io.github.optoutbrowser.OptOutBrowser"_s);

        const QSignalSpy clicked(&notifier, &Notifier::clicked);
        emit service.ActionInvoked(99, u"default"_s); // another program's
        // The id comes with the answer, which may be on its way still.
        QTRY_VERIFY((emit service.ActionInvoked(7, u"default"_s), QTest::qWait(1), clicked.size() > 0));

        notifier.show(u"Both ended"_s, u"A\nB"_s);
        QTRY_COMPARE(service.shown.size(), 2);
        QCOMPARE(service.shown.last().replaces, 7U);
        notifier.close();
        QTRY_COMPARE(service.closed, QList<uint> { 7 });
        notifier.close(); // nothing is shown any more
        notifier.show(u"Later"_s, u"C"_s);
        QTRY_COMPARE(service.shown.size(), 3);
        QCOMPARE(service.shown.last().replaces, 0U);
        QCOMPARE(service.closed.size(), 1);
    }

    //! What takes the place of one that is shown has its number: closed once, although the answer comes later.
    void closesOnceWhatIsBeingReplaced()
    {
        FakeNotifications service;
        serve(service);
        DBusNotifier notifier(*m_program);
        QSignalSpy clicked(&notifier, &Notifier::clicked);
        const auto isShown = [&](uint id) {
            emit service.ActionInvoked(id, u"default"_s);
            QTest::qWait(1);
            return !clicked.isEmpty();
        };
        notifier.show(u"Ended"_s, u"A"_s);
        QTRY_VERIFY(isShown(7));
        clicked.clear();
        notifier.show(u"Both ended"_s, u"B"_s);
        notifier.close();
        QTRY_COMPARE(service.closed, QList<uint> { 7 });
        notifier.show(u"Later"_s, u"C"_s);
        QTRY_VERIFY(isShown(8)); // after the answer to the one before
        notifier.close(); // arrives after whatever was sent before
        QTRY_VERIFY(service.closed.contains(8));
        QCOMPARE(service.closed, (QList<uint> { 7, 8 }));
    }

    void closesWhatIsNotShownYet()
    {
        FakeNotifications service;
        serve(service);
        DBusNotifier notifier(*m_program);
        notifier.show(u"Ended"_s, u"A"_s);
        notifier.close();
        QTRY_COMPARE(service.closed, QList<uint> { 7 });
    }

    void aClosedOneIsNotReplaced()
    {
        FakeNotifications service;
        serve(service);
        DBusNotifier notifier(*m_program);
        notifier.show(u"Ended"_s, u"A"_s);
        QTRY_COMPARE(service.shown.size(), 1);
        const QSignalSpy clicked(&notifier, &Notifier::clicked);
        QTRY_VERIFY((emit service.ActionInvoked(7, u"default"_s), QTest::qWait(1), clicked.size() > 0));
        emit service.NotificationClosed(7, 2); // by the person
        // An answer that is sent after the signal arrives after it.
        const QDBusPendingCallWatcher ping(m_program->asyncCall(QDBusMessage::createMethodCall(
            u"org.freedesktop.Notifications"_s, u"/"_s, u"org.freedesktop.DBus.Peer"_s, u"Ping"_s)));
        const QSignalSpy answered(&ping, &QDBusPendingCallWatcher::finished);
        QTRY_COMPARE(answered.size(), 1);
        const qsizetype before = clicked.size();
        emit service.ActionInvoked(7, u"default"_s);
        notifier.show(u"Later"_s, u"B"_s);
        QTRY_COMPARE(service.shown.size(), 2);
        QCOMPARE(service.shown.last().replaces, 0U);
        QCOMPARE(clicked.size(), before);
    }

    void knowsWhetherAnythingCanBeShown()
    {
        DBusNotifier alone(*m_program);
        QVERIFY(!alone.canShow());
        FakeNotifications service;
        serve(service);
        alone.show(u"Ended"_s, u"A"_s);
        QTRY_VERIFY(alone.canShow()); // it has come later
        const DBusNotifier served(*m_program);
        QTRY_VERIFY(served.canShow());
    }

    void withoutAServiceNothingHappens()
    {
        {
            DBusNotifier notifier(*m_program);
            notifier.show(u"Ended"_s, u"A"_s);
            notifier.close();
            QVERIFY(!notifier.canShow());
        }
        DBusNotifier noBus(QDBusConnection(u"no such connection"_s));
        noBus.show(u"Ended"_s, u"A"_s);
        noBus.close();
        LauncherEntry noDock(QDBusConnection(u"no such connection"_s), u"x"_s);
        noDock.set(0.5);
    }

    void tellsTheDock()
    {
        DockEar ear;
        QVERIFY(m_desktop->connect(
            {}, {}, u"com.canonical.Unity.LauncherEntry"_s, u"Update"_s, &ear, SLOT(update(QString, QVariantMap))));
        // The signals go another way than the wish to hear them: the bus is to know of it before they come.
        QVERIFY(m_desktop->interface()->isServiceRegistered(m_program->baseService()));
        {
            LauncherEntry entry(*m_program, u"io.github.optoutbrowser.OptOutBrowser"_s);
            entry.set({}); // as it was
            entry.set(0.25);
            entry.set(0.2501); // the same percent
            entry.set(7.0);
        } // the end of the program takes it away
        QTRY_COMPARE(ear.heard.size(), 3);
        QCOMPARE(ear.heard.at(0).first, u"application://io.github.optoutbrowser.OptOutBrowser.desktop"_s);
        QCOMPARE(ear.heard.at(0).second.value(u"progress"_s).toDouble(), 0.25);
        QCOMPARE(ear.heard.at(0).second.value(u"progress-visible"_s), QVariant(true));
        QCOMPARE(ear.heard.at(1).second.value(u"progress"_s).toDouble(), 1.0);
        QCOMPARE(ear.heard.at(2).second.value(u"progress-visible"_s), QVariant(false));
    }

    void holdsALockOfLogind()
    {
        FakeLogin login;
        serve(login);
        FakeScreenSaver screenSaver;
        serve(screenSaver);
        DBusSleepInhibitor sleep(bus(), bus());
        const QSignalSpy failed(&sleep, &SleepInhibitor::failed);
        sleep.hold(u"reading"_s);
        sleep.hold(u"reading"_s);
        QTRY_COMPARE(login.asked, QStringList { u"sleep:idle block"_s });
        QTest::qWait(50); // for the answer; a hold that is not there would show as released
        QVERIFY(!login.isReleased());
        sleep.release();
        QTRY_VERIFY(login.isReleased());
        QCOMPARE(screenSaver.given.size(), 0);
        QCOMPARE(failed.size(), 0);
    }

    void releasedBeforeTheAnswer()
    {
        FakeLogin login;
        serve(login);
        DBusSleepInhibitor sleep(bus(), bus());
        sleep.hold(u"reading"_s);
        sleep.release();
        QTRY_COMPARE(login.asked.size(), 1);
        QTRY_VERIFY(login.isReleased());
    }

    void theEndOfTheObjectReleases()
    {
        FakeLogin login;
        serve(login);
        {
            DBusSleepInhibitor sleep(bus(), bus());
            sleep.hold(u"reading"_s);
            QTRY_COMPARE(login.asked.size(), 1);
        }
        QTRY_VERIFY(login.isReleased());
    }

    void fallsBackToPowerManagement()
    {
        FakeLogin login;
        login.refuses = true;
        serve(login);
        FakePowerManagement power;
        serve(power, u"org.freedesktop.PowerManagement"_s, u"/org/freedesktop/PowerManagement/Inhibit"_s);
        FakeScreenSaver screenSaver;
        serve(screenSaver);
        DBusSleepInhibitor sleep(bus(), bus());
        sleep.hold(u"reading"_s);
        QTRY_COMPARE(power.holds, 1);
        sleep.release();
        QTRY_COMPARE(power.holds, 0);
        QCOMPARE(screenSaver.given.size(), 0);
    }

    void fallsBackToTheScreenSaver()
    {
        FakeScreenSaver screenSaver;
        serve(screenSaver);
        DBusSleepInhibitor sleep(bus(), bus());
        const QSignalSpy failed(&sleep, &SleepInhibitor::failed);
        sleep.hold(u"reading"_s);
        QTRY_COMPARE(screenSaver.holds, 1);
        sleep.release();
        QTRY_COMPARE(screenSaver.holds, 0);
        sleep.hold(u"reading"_s);
        QTRY_COMPARE(screenSaver.holds, 1);
        sleep.release();
        QTRY_COMPARE(screenSaver.holds, 0);
        QCOMPARE(failed.size(), 0);
    }

    void saysOnceThatNobodyCan()
    {
        DBusSleepInhibitor sleep(bus(), bus());
        const QSignalSpy failed(&sleep, &SleepInhibitor::failed);
        sleep.hold(u"reading"_s);
        QTRY_COMPARE(failed.size(), 1);
        sleep.hold(u"reading"_s);
        sleep.release();
        QCOMPARE(failed.size(), 1);
    }
};

QTEST_MAIN(TestDesktopBus)
#include "tst_desktopbus.moc"
