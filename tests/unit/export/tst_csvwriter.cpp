// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "export/csvwriter.h"

#include "unit/store/samplerows.h"

#include <QtTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

class TestCsvWriter final : public QObject {
    Q_OBJECT

private slots:
    void writesTheHeader()
    {
        QCOMPARE(
            QByteArray::fromStdString(csvHeader()), QByteArray("OptedOutNumber,OptedOutTimestamp,EndUserOptedOut\r\n"));
    }

    void writesARow_data()
    {
        QTest::addColumn<QByteArray>("number");
        QTest::addColumn<QVariant>("milliseconds");
        QTest::addColumn<bool>("endUser");
        QTest::addColumn<QByteArray>("expected");
        const qint64 time = 1'672'876'384'858;
        const auto row = [time](const char *name, const QByteArray &number, const QByteArray &field) {
            QTest::newRow(name) << number << QVariant(time) << true << field + ",2023-01-04T23:53:04.858Z,true\r\n";
        };
        row("E.164", "+14165550123", "+14165550123");
        row("no plus", "14165550123", "14165550123");
        row("leading zero stays", "0123", "0123");
        row("20 digits", "12345678901234567890", "12345678901234567890");
        row("nothing", "", "");
        row("comma", "1,2", "\"1,2\"");
        row("quotes", "\"1\"", "\"\"\"1\"\"\"");
        row("line feed", "1\n2", "\"1\n2\"");
        row("carriage return", "1\r", "\"1\r\"");
        row("spaces are part of the field", " 1 ", " 1 ");
        row("not ASCII", "+\u0661", "+\u0661");
        row("what a spreadsheet takes for a formula", "=1+1", "=1+1");
        QTest::newRow("not by the end user")
            << QByteArray("+12") << QVariant(time) << false << QByteArray("+12,2023-01-04T23:53:04.858Z,false\r\n");
        QTest::newRow("no time") << QByteArray("+12") << QVariant() << false << QByteArray("+12,,false\r\n");
        QTest::newRow("the epoch") << QByteArray("+12") << QVariant(0LL) << true
                                   << QByteArray("+12,1970-01-01T00:00:00.000Z,true\r\n");
        QTest::newRow("before the epoch")
            << QByteArray("+12") << QVariant(-1LL) << true << QByteArray("+12,1969-12-31T23:59:59.999Z,true\r\n");
        QTest::newRow("the end of 9999") << QByteArray("+12") << QVariant(253'402'300'799'999LL) << true
                                         << QByteArray("+12,9999-12-31T23:59:59.999Z,true\r\n");
    }
    void writesARow()
    {
        QFETCH(QByteArray, number);
        QFETCH(QVariant, milliseconds);
        QFETCH(bool, endUser);
        OptedOutNumber row { .number = number.toStdString(), .endUserOptedOut = endUser };
        if (milliseconds.isValid())
            row.optedOutAt = SampleRows::at(milliseconds.toLongLong());
        std::string text = "before";
        appendCsvRow(text, row);
        QFETCH(QByteArray, expected);
        QCOMPARE(QByteArray::fromStdString(text), "before" + expected);
    }

    //! Rows of a store, in any order, are written as one by one.
    void writesRowsOfAStore()
    {
        std::vector<OptedOutNumber> rows = SampleRows(7).rows(5'000);
        rows.push_back({ .number = "9999999999999999999", .optedOutAt = SampleRows::at(-62'167'219'200'000) });
        rows.push_back({ .number = "+1", .optedOutAt = SampleRows::at(-62'167'219'200'001), .endUserOptedOut = true });
        rows.push_back({ .number = "+99", .optedOutAt = SampleRows::at(253'402'300'799'999) });
        rows.push_back({ .number = "100", .optedOutAt = SampleRows::at(253'402'300'800'000) });
        rows.push_back({ .number = "+1000", .optedOutAt = SampleRows::at(0) });
        rows.push_back({ .number = "0", .optedOutAt = SampleRows::at(-1) });
        rows.push_back({ .number = "", .endUserOptedOut = true });
        NumberStore store;
        QVERIFY(store.append(rows));
        std::vector<quint32> order;
        for (quint32 i = 0; i < rows.size(); ++i)
            order.push_back(quint32((i * 7'919ULL) % rows.size()));
        std::string expected = "before";
        for (const quint32 row : order)
            appendCsvRow(expected, rows[row]);
        std::string text = "before";
        appendCsvRows(text, store.snapshot(), order);
        QCOMPARE(QByteArray::fromStdString(text), QByteArray::fromStdString(expected));
    }
};

QTEST_GUILESS_MAIN(TestCsvWriter)
#include "tst_csvwriter.moc"
