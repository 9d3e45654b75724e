// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/rowheader.h"

#include <QStringListModel>
#include <QtTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

//! Beside a QHeaderView that follows the same model.
class TestRowHeader final : public QObject {
    Q_OBJECT

    static constexpr int rowHeight = 20;

    static void setUp(QHeaderView &header, QAbstractItemModel &model)
    {
        header.setSectionResizeMode(QHeaderView::Fixed);
        header.setDefaultSectionSize(rowHeight);
        header.setModel(&model);
    }

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }

    void resetsAsItsBaseDoes_data()
    {
        QTest::addColumn<QList<int>>("counts");
        QTest::newRow("fewer") << QList { 10, 3 };
        QTest::newRow("fewer and more") << QList { 10, 3, 12 };
        QTest::newRow("all but one go") << QList { 10, 1, 10 };
        QTest::newRow("none left") << QList { 10, 0, 4 };
        QTest::newRow("as many") << QList { 5, 5 };
        QTest::newRow("from none") << QList { 0, 7, 2 };
    }
    void resetsAsItsBaseDoes()
    {
        QFETCH(QList<int>, counts);
        QStringListModel model;
        QWidget parent;
        RowHeader header(&parent);
        QHeaderView base(Qt::Vertical, &parent);
        setUp(header, model);
        setUp(base, model);
        QSignalSpy changes(&header, &QHeaderView::sectionCountChanged);
        for (const int count : counts) {
            model.setStringList(QStringList(count, u"row"_s)); // a reset
            QCOMPARE(header.count(), count);
            QCOMPARE(header.count(), base.count());
            QCOMPARE(header.length(), count * rowHeight);
            QCOMPARE(header.length(), base.length());
            for (int row = 0; row < count; ++row)
                QCOMPARE(header.sectionPosition(row), row * rowHeight);
            QCOMPARE(header.visualIndexAt(count * rowHeight - 1), count - 1);
            if (!changes.isEmpty())
                QCOMPARE(changes.last().at(1).toInt(), count);
        }
    }
};

QTEST_MAIN(TestRowHeader)
#include "tst_rowheader.moc"
