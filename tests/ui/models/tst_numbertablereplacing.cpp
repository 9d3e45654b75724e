// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "models/numbertablemodel.h"

#include "ui/models/numbertablefixture.h"

#include <QSignalSpy>
#include <QtTest>

#include <algorithm>
#include <memory>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

//! A view that replaces a much smaller one comes a part in each turn of the event loop.
class TestNumberTableReplacing final : public QObject, private NumberTableFixture {
    Q_OBJECT

    static constexpr quint32 inserted = 50;
    static constexpr int part = 4 * inserted;

    // A few of 3,000 rows are shown.
    void showFew()
    {
        for (int i = 0; i < 30; ++i)
            appendRows(100);
        waitUntilShown();
        m_model->setFilter(numbered(u"+1416555123*"_s));
        waitUntilShown();
        QVERIFY(m_model->rowCount() < part);
    }

private slots:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"."_s));
        useModel(std::make_unique<NumberTableModel>(nullptr, NumberTableModel::mostRows, inserted));
        m_loaded.clear();
    }
    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
    }

    void comesInParts_data()
    {
        QTest::addColumn<bool>("sorted");
        QTest::newRow("as read") << false;
        QTest::newRow("sorted") << true;
    }
    void comesInParts()
    {
        QFETCH(const bool, sorted);
        showFew();
        const int few = m_model->rowCount();
        QSignalSpy about(m_model.get(), &NumberTableModel::viewAboutToBeReplaced);
        QSignalSpy replaced(m_model.get(), &NumberTableModel::viewReplaced);
        QSignalSpy counts(m_model.get(), &NumberTableModel::countsChanged);
        std::vector<int> rows { few };
        connect(m_model.get(), &QAbstractItemModel::modelReset, this, [&] { rows.push_back(m_model->rowCount()); });
        if (sorted)
            m_model->setSort({ .key = SortSpec::Key::Number });
        m_model->setFilter({});
        QVERIFY(m_model->isReplacing() || about.wait());
        QVERIFY(m_model->isReplacing());
        QCOMPARE(about.size(), 1);
        QCOMPARE(replaced.size(), 0);
        QCOMPARE(m_model->exportSource().order->size(), 3'000U); // an export has them all
        counts.clear();
        QTRY_COMPARE(replaced.size(), 1);
        QVERIFY(!m_model->isReplacing());
        QCOMPARE(about.size(), 1);
        QCOMPARE(m_model->rowCount(), 3'000);
        for (std::size_t i = 1; i < rows.size(); ++i)
            QVERIFY(rows[i] > rows[i - 1] && rows[i] <= rows[i - 1] + part);
        QTRY_COMPARE(m_model->shownRows(), 3'000U);
        QVERIFY(!counts.isEmpty());
        checkView();
    }

    void anotherFilterTakesOver()
    {
        showFew();
        QSignalSpy about(m_model.get(), &NumberTableModel::viewAboutToBeReplaced);
        QSignalSpy replaced(m_model.get(), &NumberTableModel::viewReplaced);
        m_model->setFilter({});
        QVERIFY(m_model->isReplacing());
        m_model->setFilter(numbered(u"+1416555123*"_s));
        m_model->setFilter({}); // as read: shown at once, in the middle of the other
        QVERIFY(m_model->isReplacing());
        QTRY_VERIFY(!m_model->isReplacing());
        QCOMPARE(about.size(), 1);
        QCOMPARE(replaced.size(), 1);
        m_model->setFilter(by(OptedOutBy::EndUser));
        waitUntilShown();
        QCOMPARE(about.size(), replaced.size());
        checkView();
    }

    void clearingEndsIt()
    {
        showFew();
        QSignalSpy replaced(m_model.get(), &NumberTableModel::viewReplaced);
        m_model->setFilter({});
        QVERIFY(m_model->isReplacing());
        m_model->clear();
        QVERIFY(!m_model->isReplacing());
        QCOMPARE(replaced.size(), 1);
        QCOMPARE(m_model->rowCount(), 0);
        m_loaded.clear();
        appendRows(1'000);
        waitUntilShown();
        QCOMPARE(replaced.size(), 1);
        checkView();
    }

    void rowsThatArriveMeanwhileShow_data()
    {
        QTest::addColumn<bool>("sorted");
        QTest::newRow("as read") << false;
        QTest::newRow("sorted") << true;
    }
    void rowsThatArriveMeanwhileShow()
    {
        QFETCH(const bool, sorted);
        showFew();
        if (sorted)
            m_model->setSort({ .key = SortSpec::Key::OptedOutAt });
        QSignalSpy about(m_model.get(), &NumberTableModel::viewAboutToBeReplaced);
        QSignalSpy replaced(m_model.get(), &NumberTableModel::viewReplaced);
        m_model->setFilter({});
        QVERIFY(m_model->isReplacing() || about.wait());
        QVERIFY(m_model->isReplacing());
        for (int i = 0; i < 5; ++i) {
            appendRows(500);
            m_model->flush();
        }
        QTRY_VERIFY(!replaced.isEmpty());
        m_model->flush();
        QTRY_COMPARE(m_model->rowCount(), 5'500);
        waitUntilShown();
        checkView();
    }
};

QTEST_GUILESS_MAIN(TestNumberTableReplacing)
#include "tst_numbertablereplacing.moc"
