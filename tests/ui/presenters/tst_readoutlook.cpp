// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "models/numbertablemodel.h"
#include "presenters/readoutlook.h"
#include "presenters/readpresenter.h"
#include "settings/settings.h"
#include "unit/service/servicefixture.h"

#include <QTemporaryDir>
#include <QTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using State = ReadStatus::State;

class TestReadOutlook final : public QObject {
    Q_OBJECT

    static OptOutList list()
    {
        return { .arn = u"arn:aws:sms-voice:us-east-1:111122223333:opt-out-list/Default"_s,
            .name = u"Default"_s,
            .created = {} };
    }
    QString key() const { return listKeyOf(list().arn, {}); }
    void expectPage(const QStringList &numbers, const QString &token = {})
    {
        f->transport.expect(Action::DescribeOptedOutNumbers).reply(200, numbersPage(numbers, token), answerHeaders());
    }

    std::unique_ptr<ServiceFixture> f;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<NumberTableModel> m_model;
    std::unique_ptr<ReadPresenter> m_read;
    std::unique_ptr<ReadOutlook> m_outlook;

private slots:
    void init()
    {
        f = std::make_unique<ServiceFixture>();
        m_folder = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<Settings>(m_folder->filePath(u"settings.ini"_s));
        m_model = std::make_unique<NumberTableModel>(nullptr, 5);
        m_read = std::make_unique<ReadPresenter>(*m_model, f->clock);
        m_read->setService(std::make_shared<OptOutService>(f->service()));
        m_outlook = std::make_unique<ReadOutlook>(*m_read, *m_settings);
    }
    void cleanup()
    {
        m_outlook.reset();
        m_read.reset();
        QCOMPARE(f->transport.complaints(), QStringList());
    }

    void keepsTheSizeOfACompleteRead()
    {
        expectPage({ u"+14165550100"_s, u"+14165550101"_s });
        m_read->start(list(), u"Default"_s);
        QTRY_COMPARE(m_read->status().state, State::Complete);
        const CompleteRows expected { .rows = 2, .when = f->clock.now() };
        QCOMPARE(m_settings->lastCompleteRows(key()).value_or(CompleteRows()), expected);
        QVERIFY(!m_settings->lastCompleteRows(listKeyOf(list().arn, true)));
        QVERIFY(!m_outlook->fraction());
        QVERIFY(!m_outlook->left());
    }

    void keepsNothingOfAPart()
    {
        expectPage({ u"+14165550100"_s }, u"t1"_s);
        f->transport.expect(Action::DescribeOptedOutNumbers).stall();
        m_read->start(list(), u"Default"_s);
        QTRY_COMPARE(m_read->status().rows, 1U);
        QTRY_COMPARE(f->transport.underWay(), 1); // the next page is asked for a little later
        m_read->stop();
        QVERIFY(!m_settings->lastCompleteRows(key()));
    }

    void expectsNothingOfAnUnknownList()
    {
        m_settings->setLastCompleteRows(listKeyOf(list().arn, true), 4, f->clock.now()); // another filter
        expectPage({ u"+14165550100"_s }, u"t1"_s);
        f->transport.expect(Action::DescribeOptedOutNumbers).stall();
        m_read->start(list(), u"Default"_s);
        QTRY_COMPARE(m_read->status().rows, 1U);
        QTRY_COMPARE(f->transport.underWay(), 1); // the next page is asked for a little later
        m_read->pause();
        QVERIFY(!m_outlook->fraction());
        m_read->stop();
    }

    void tellsHowFarItIs()
    {
        m_settings->setLastCompleteRows(key(), 4, f->clock.now());
        expectPage({ u"+14165550100"_s }, u"t1"_s);
        f->transport.expect(Action::DescribeOptedOutNumbers).stall();
        m_read->start(list(), u"Default"_s);
        QTRY_COMPARE(m_outlook->fraction().value_or(-1), 0.25);
        QTRY_COMPARE(f->transport.underWay(), 1); // the next page is asked for a little later
        QVERIFY(!m_outlook->left()); // too early
        f->clock.advance(10s); // a row in ten seconds, three to come
        QTRY_COMPARE(m_outlook->left().value_or(-1s), 40s - 10s);
        m_read->pause();
        QVERIFY(!m_outlook->left());
        QCOMPARE(m_outlook->fraction().value_or(-1), 0.25);
        m_read->stop();
        QVERIFY(!m_outlook->fraction());
    }

    void expectsNothingBeyondTheSize()
    {
        m_settings->setLastCompleteRows(key(), 1, f->clock.now());
        expectPage({ u"+14165550100"_s, u"+14165550101"_s }, u"t1"_s);
        f->transport.expect(Action::DescribeOptedOutNumbers).stall();
        m_read->start(list(), u"Default"_s);
        QTRY_COMPARE(m_read->status().rows, 2U);
        QTRY_COMPARE(f->transport.underWay(), 1); // the next page is asked for a little later
        f->clock.advance(10s);
        m_read->pause();
        QVERIFY(!m_outlook->fraction());
        QVERIFY(!m_outlook->left());
        m_read->stop();
    }
};

QTEST_GUILESS_MAIN(TestReadOutlook)
#include "tst_readoutlook.moc"
