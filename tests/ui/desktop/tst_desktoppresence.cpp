// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "desktop/desktoppresence.h"

#include "models/numbertablemodel.h"
#include "settings/settings.h"
#include "unit/service/servicefixture.h"

#include <QAction>
#include <QTemporaryDir>
#include <QWidget>
#include <QtTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;
using State = ReadStatus::State;

namespace {

class FakeNotifier final : public Notifier {
public:
    QStringList shown;
    bool isShown = false;
    void show(const QString &title, const QString &body) override
    {
        shown += title + u'|' + body;
        isShown = true;
    }
    void close() override { isShown = false; }
    bool canShow() const override { return true; }
};

class FakeTaskbar final : public TaskbarProgress {
public:
    explicit FakeTaskbar(QList<double> &said)
        : m_said(said)
    {
    }
    void set(std::optional<double> fraction) override
    {
        const double now = fraction.value_or(-1);
        if (m_said.isEmpty() || m_said.constLast() != now)
            m_said += now;
    }

private:
    QList<double> &m_said;
};

class FakeSleep final : public SleepInhibitor {
public:
    bool held = false;
    int holds = 0;
    void hold(const QString &why) override
    {
        Q_UNUSED(why)
        holds += held ? 0 : 1;
        held = true;
    }
    void release() override { held = false; }
};

} // namespace

class TestDesktopPresence final : public QObject {
    Q_OBJECT

    std::unique_ptr<ServiceFixture> f;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<NumberTableModel> m_model;
    std::unique_ptr<ReadPresenter> m_read;
    std::unique_ptr<QWidget> m_window;
    std::unique_ptr<DesktopPresence> m_presence;
    FakeNotifier *m_notifier = nullptr;
    FakeSleep *m_sleep = nullptr;
    QList<double> m_taskbar;

    static OptOutList list()
    {
        return { .arn = u"arn:aws:sms-voice:us-east-1:111122223333:opt-out-list/Default"_s,
            .name = u"Default"_s,
            .created = {} };
    }
    void expectPage(const QStringList &numbers, const QString &token = {})
    {
        f->transport.expect(Action::DescribeOptedOutNumbers).reply(200, numbersPage(numbers, token), answerHeaders());
    }
    void start() { m_read->start(list(), u"Default"_s); }
    void startAndStall()
    {
        expectPage({ u"+14165550100"_s }, u"t1"_s);
        f->transport.expect(Action::DescribeOptedOutNumbers).stall();
        start();
        QTRY_COMPARE(m_read->status().rows, 1U);
        QTRY_COMPARE(f->transport.underWay(), 1); // the next page is asked for a little later
    }
    void bringToFront()
    {
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }

private slots:
    void init()
    {
        f = std::make_unique<ServiceFixture>();
        m_folder = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<Settings>(m_folder->filePath(u"settings.ini"_s));
        m_model = std::make_unique<NumberTableModel>(nullptr, 5);
        m_read = std::make_unique<ReadPresenter>(*m_model, f->clock);
        m_read->setService(std::make_shared<OptOutService>(f->service()));
        m_window = std::make_unique<QWidget>();
        m_taskbar.clear();
        auto notifier = std::make_unique<FakeNotifier>();
        auto sleep = std::make_unique<FakeSleep>();
        m_notifier = notifier.get();
        m_sleep = sleep.get();
        m_presence = std::make_unique<DesktopPresence>(*m_settings, *m_window,
            DesktopParts { .notifier = std::move(notifier),
                .taskbar = std::make_unique<FakeTaskbar>(m_taskbar),
                .sleep = std::move(sleep) });
        m_presence->follow(*m_read);
    }
    void cleanup()
    {
        m_presence.reset();
        m_window.reset();
        m_read.reset();
        QCOMPARE(f->transport.complaints(), QStringList());
    }

    void saysTheEndOnce()
    {
        expectPage({ u"+14165550100"_s, u"+14165550101"_s });
        start();
        QTRY_COMPARE(m_read->status().state, State::Complete);
        QCOMPARE(m_notifier->shown.size(), 1);
        QVERIFY(m_notifier->shown.first().contains(u"Default: complete, 2 "_s));
        QVERIFY(!m_notifier->shown.first().contains(u"4165550"_s)); // nobody's number
    }

    void saysAFailure()
    {
        expectPage({ u"+14165550100"_s }, u"t1"_s);
        f->transport.expect(Action::DescribeOptedOutNumbers)
            .reply(400, R"({"__type":"AccessDeniedException","Message":"for +14165550199"})", answerHeaders());
        start();
        QTRY_COMPARE(m_read->status().state, State::Failed);
        QCOMPARE(m_notifier->shown.size(), 1);
        QVERIFY(m_notifier->shown.first().contains(u"Default: failed, 1 "_s));
        QVERIFY(!m_notifier->shown.first().contains(u"4165550"_s));
    }

    void saysThatASignInIsNeeded()
    {
        expectPage({ u"+14165550100"_s }, u"t1"_s);
        f->transport.expect(Action::DescribeOptedOutNumbers)
            .reply(400, R"({"__type":"ExpiredTokenException","message":"has expired"})", answerHeaders());
        start();
        QTRY_COMPARE(m_read->status().state, State::SignInNeeded);
        QTRY_COMPARE(m_notifier->shown.size(), 1);
        QVERIFY(m_notifier->shown.first().contains(u"Default: sign-in needed, 1 "_s));
    }

    void saysNothingOfAStop()
    {
        startAndStall();
        m_read->stop();
        QCOMPARE(m_notifier->shown, QStringList());
    }

    void saysNothingInFront()
    {
        bringToFront();
        expectPage({ u"+14165550100"_s });
        start();
        QTRY_COMPARE(m_read->status().state, State::Complete);
        QCOMPARE(m_notifier->shown, QStringList());
    }

    void saysNothingUnlessWanted()
    {
        m_settings->setNotifiesAtEnd(false);
        expectPage({ u"+14165550100"_s });
        start();
        QTRY_COMPARE(m_read->status().state, State::Complete);
        QCOMPARE(m_notifier->shown, QStringList());
    }

    void theFrontTakesItAway()
    {
        expectPage({ u"+14165550100"_s });
        start();
        QTRY_VERIFY(m_notifier->isShown);
        bringToFront();
        QTRY_VERIFY(!m_notifier->isShown);
    }

    void aClickBringsTheWindow()
    {
        m_window->showMinimized();
        emit m_notifier->clicked();
        QVERIFY(!m_window->isMinimized());
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }

    void severalReadsShareOneMessage()
    {
        NumberTableModel otherModel(nullptr, 5);
        ReadPresenter other(otherModel, f->clock);
        other.setService(std::make_shared<OptOutService>(f->service()));
        m_presence->follow(other);
        m_presence->follow(other); // twice is once
        expectPage({ u"+14165550100"_s });
        start();
        QTRY_COMPARE(m_read->status().state, State::Complete);
        expectPage({ u"+14165550100"_s });
        other.start({ .arn = {}, .name = u"Second"_s, .created = {} }, u"Second"_s);
        QTRY_COMPARE(other.status().state, State::Complete);
        QCOMPARE(m_notifier->shown.size(), 2);
        QVERIFY(m_notifier->shown.last().contains(u"Default: complete"_s));
        QCOMPARE(m_notifier->shown.last().count(u'\n'), 1);
    }

    void theTaskbarShowsOnlyAnEstimate()
    {
        startAndStall();
        m_read->stop();
        QCOMPARE(m_taskbar, QList<double> { -1 });
        m_settings->setLastCompleteRows(listKeyOf(list().arn, {}), 4, f->clock.now());
        startAndStall();
        QTRY_COMPARE(m_taskbar.constLast(), 0.25);
        m_read->stop();
        QTRY_COMPARE(m_taskbar.constLast(), -1.0);
    }

    void keepsAwakeOnlyIfAsked()
    {
        startAndStall();
        QVERIFY(!m_sleep->held);
        m_presence->keepAwakeAction()->trigger();
        QVERIFY(m_settings->inhibitsSleep());
        QVERIFY(m_sleep->held);
        m_read->pause();
        QVERIFY(!m_sleep->held);
        m_read->resume();
        QVERIFY(m_sleep->held);
        m_read->stop();
        QVERIFY(!m_sleep->held);
        QCOMPARE(m_sleep->holds, 2);
    }

    void followsThePreferences()
    {
        startAndStall();
        m_settings->setInhibitsSleep(true);
        m_presence->applySettings();
        QVERIFY(m_sleep->held);
        QVERIFY(m_presence->keepAwakeAction()->isChecked());
        m_settings->setInhibitsSleep(false);
        m_presence->applySettings();
        QVERIFY(!m_sleep->held);
        m_read->stop();
    }

    void theEndOfAReadLetsSleep()
    {
        m_settings->setInhibitsSleep(true);
        m_presence->applySettings();
        startAndStall();
        QVERIFY(m_sleep->held);
        m_read.reset();
        QVERIFY(!m_sleep->held);
    }

    void remarksThatItCannot()
    {
        const QSignalSpy remark(m_presence.get(), &DesktopPresence::remark);
        m_settings->setInhibitsSleep(true);
        m_presence->applySettings();
        startAndStall();
        emit m_sleep->failed(u"no such service"_s);
        QVERIFY(!remark.isEmpty() && !remark.last().first().toString().isEmpty());
        m_read->stop();
        QVERIFY(remark.last().first().toString().isEmpty());
    }
};

QTEST_MAIN(TestDesktopPresence)
#include "tst_desktoppresence.moc"
