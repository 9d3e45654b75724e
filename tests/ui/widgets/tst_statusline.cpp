// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/statusline.h"

#include "ui/presenters/browserfixture.h"
#include "widgets/elidinglabel.h"
#include "widgets/statustext.h"

#include <QLocale>
#include <QtTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using State = ReadStatus::State;

class TestStatusLine final : public QObject {
    Q_OBJECT

    std::unique_ptr<BrowserFixture> f;
    std::unique_ptr<StatusLine> m_line;

    ElidingLabel *label() { return m_line->findChild<ElidingLabel *>(u"readStatus"_s); }
    ReadPresenter &read() { return f->browser->read(); }
    void connectToLists()
    {
        f->expectLists();
        f->browser->session().connectTo(u"a"_s);
        QTRY_COMPARE(f->browser->lists().state(), ListsPresenter::State::Loaded);
    }
    void open() { f->browser->open(f->browser->lists().lists().first()); }

private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void init()
    {
        f = std::make_unique<BrowserFixture>();
        m_line = std::make_unique<StatusLine>(*f->browser);
    }
    void cleanup()
    {
        m_line.reset();
        f->browser.reset();
        QCOMPARE(f->transport().complaints(), QStringList());
    }

    void saysTimeLeft_data()
    {
        QTest::addColumn<int>("left");
        QTest::addColumn<QString>("words");
        QTest::newRow("almost none") << 0 << u"a few seconds left"_s;
        QTest::newRow("seconds") << 40 << u"about 40 seconds left"_s;
        QTest::newRow("minutes") << 180 << u"about 3 minutes left"_s;
        QTest::newRow("hours and minutes") << 9900 << u"about 2 h 45 min left"_s;
        QTest::newRow("hours") << 7200 << u"about 2 hours left"_s;
        QTest::newRow("days") << 259200 << u"about 3 days left"_s;
    }
    void saysTimeLeft()
    {
        QFETCH(int, left);
        QTEST(timeLeftWords(std::chrono::seconds(left)), "words");
    }

    void putsItTogether()
    {
        ReadStatus status { .state = State::Reading, .rows = 400, .calls = 4, .callsPerSecond = 1, .elapsed = 4s };
        QCOMPARE(readSentence(status), u"Reading: 400 numbers · 4 calls · 1.0/s · 00:00:04"_s);
        const ReadAhead ahead { .nextCall = 800ms, .left = 180s };
        QCOMPARE(readSentence(status, ahead),
            u"Reading: 400 numbers · 4 calls · 1.0/s · 00:00:04 · about 3 minutes left (as of the last complete read) "
            "· waiting for the quota, next call in 0.8 s"_s);
        status.state = State::Waiting;
        status.error = Error { .kind = Error::Kind::Throttled };
        QVERIFY(readSentence(status, { .nextCall = 12'300ms }).startsWith(u"Waiting: 400"_s));
        QVERIFY(readSentence(status, { .nextCall = 12'300ms }).endsWith(u"next call in 12 s"_s));
        status.state = State::Complete;
        QVERIFY(!readSentence(status, ahead).contains(u"left"_s));
        QVERIFY(!readSentence(status, ahead).contains(u"next call"_s));
    }

    void aRateNeedsAWhile()
    {
        ReadStatus status {
            .state = State::Reading, .rows = 100, .calls = 1, .callsPerSecond = 9.5, .elapsed = 2999ms
        };
        QCOMPARE(readSentence(status), u"Reading: 100 numbers · 1 calls · 00:00:02"_s);
        status.elapsed = 3s;
        QCOMPARE(readSentence(status), u"Reading: 100 numbers · 1 calls · 9.5/s · 00:00:03"_s);
    }

    void theQuotaIsNotAFault()
    {
        ReadStatus status { .state = State::Waiting, .waitingUntil = Timestamp(5s) };
        QVERIFY(!quotaWaitEnd(status));
        status.error = Error { .kind = Error::Kind::Network };
        QVERIFY(!quotaWaitEnd(status));
        status.error->kind = Error::Kind::Throttled;
        QCOMPARE(quotaWaitEnd(status), std::optional(Timestamp(5s)));
        status.state = State::Paused;
        QVERIFY(!quotaWaitEnd(status));
    }

    void tellsHowLongItWillTake()
    {
        connectToLists();
        f->settings.setLastCompleteRows(listKeyOf(arnOf(u"Default"_s), {}), 4, f->borders.clock.now());
        f->expectNumbers({ u"+14165550100"_s }, u"t1"_s);
        f->transport().expect(Action::DescribeOptedOutNumbers).stall();
        open();
        QTRY_COMPARE(read().status().rows, 1U);
        f->borders.clock.advance(20s);
        QTRY_VERIFY2(label()->fullText().contains(u"about 1 minutes left"_s), qPrintable(label()->fullText()));
        read().pause();
        QTRY_VERIFY(!label()->fullText().contains(u"left"_s));
    }

    void countsDownTheWaitForTheQuota()
    {
        f->borders.retry.firstDelay = 8s;
        f->borders.jitter = 1;
        connectToLists();
        f->transport().expect(Action::DescribeOptedOutNumbers).reply(400, throttled(), answerHeaders());
        open();
        QTRY_COMPARE(read().status().state, State::Waiting);
        QTRY_VERIFY2(
            label()->fullText().contains(u"waiting for the quota, next call in "_s), qPrintable(label()->fullText()));
        const QString first = label()->fullText();
        const QString spoken = label()->accessibleName();
        f->borders.clock.advance(250ms);
        QTRY_VERIFY(label()->fullText() != first);
        QCOMPARE(label()->accessibleName(), spoken); // no noise for who listens
        f->borders.clock.advance(10min);
        QTRY_VERIFY(!label()->fullText().contains(u"next call"_s));
        read().stop();
        QVERIFY(label()->accessibleName() != spoken);
        QCOMPARE(label()->accessibleName(), label()->fullText());
    }

    void speaksOfCountsNowAndThen()
    {
        connectToLists();
        f->expectNumbers({ u"+14165550100"_s }, u"t1"_s);
        f->transport().expect(Action::DescribeOptedOutNumbers).stall();
        open();
        QTRY_VERIFY(label()->fullText().contains(u"1 numbers"_s));
        const QString spoken = label()->accessibleName();
        f->borders.clock.advance(5s);
        QTRY_VERIFY(label()->fullText().contains(u"00:00:05"_s));
        QCOMPARE(label()->accessibleName(), spoken);
        f->borders.clock.advance(6s);
        QTRY_VERIFY(label()->accessibleName().contains(u"00:00:11"_s));
        read().stop();
        QVERIFY(label()->accessibleName().startsWith(u"Stopped"_s));
    }

    //! Rows arrive many times a second; a filter that was changed is answered at once.
    void speaksOfShownRowsNowAndThen()
    {
        connectToLists();
        f->expectNumbers({ u"+14165550100"_s }, u"t1"_s);
        f->transport().expect(Action::DescribeOptedOutNumbers).stall();
        open();
        const auto *shown = m_line->findChild<ElidingLabel *>(u"shownStatus"_s);
        QTRY_COMPARE(shown->fullText(), u"showing 1 of 1"_s);
        const QString spoken = shown->accessibleName();
        f->browser->model().append({ { .number = "+14165550101", .optedOutAt = {}, .endUserOptedOut = false } });
        QTRY_COMPARE(shown->fullText(), u"showing 2 of 2"_s);
        QCOMPARE(shown->accessibleName(), spoken);
        f->browser->model().setFilter({ .by = OptedOutBy::NotEndUser });
        QTRY_VERIFY2(shown->fullText().startsWith(u"showing 1 of"_s), qPrintable(shown->fullText()));
        QCOMPARE(shown->accessibleName(), shown->fullText());
        f->borders.clock.advance(11s);
        f->browser->model().append({ { .number = "+14165550102", .optedOutAt = {}, .endUserOptedOut = false } });
        QTRY_VERIFY2(shown->accessibleName().contains(u" of 3 "_s), qPrintable(shown->accessibleName()));
        read().stop();
    }

    void saysThatTheReadBeganAgain()
    {
        connectToLists();
        f->expectNumbers({ u"+14165550100"_s }, u"t1"_s);
        f->transport()
            .expect(Action::DescribeOptedOutNumbers)
            .reply(400, R"({"__type":"ValidationException","Reason":"INVALID_NEXT_TOKEN","Message":"stale"})",
                answerHeaders());
        f->expectNumbers({ u"+14165550100"_s });
        open();
        QTRY_COMPARE(read().status().state, State::Complete);
        QTRY_VERIFY2(label()->fullText().endsWith(u"begun again: AWS no longer knew the place"_s),
            qPrintable(label()->fullText()));
        QCOMPARE(read().status().rows, 1U);
    }

    void remarksWhileReading()
    {
        connectToLists();
        m_line->setRemark(u"cannot keep awake"_s);
        QVERIFY(!label()->fullText().contains(u"cannot"_s));
        f->transport().expect(Action::DescribeOptedOutNumbers).stall();
        open();
        QTRY_VERIFY(label()->fullText().endsWith(u"cannot keep awake"_s));
        QTRY_COMPARE(f->transport().requests().size(), 3); // two for the lists
        read().stop();
        QVERIFY(!label()->fullText().contains(u"cannot"_s));
    }
};

QTEST_MAIN(TestStatusLine)
#include "tst_statusline.moc"
