// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "export/exportoperation.h"
#include "unit/store/samplerows.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

//! Somebody else's reader of CSV has to find in the file what the store holds.
class TestCsvReadBack final : public QObject {
    Q_OBJECT

private slots:
    void pythonReadsTheSameRows()
    {
        SampleRows random(11);
        const auto sample = random.rows(3'000);
        NumberStore store;
        QVERIFY(store.append(sample));
        const QTemporaryDir folder;
        const QString fileName = folder.filePath(u"out.csv"_s);
        ExportOperation operation(
            { .rows = store.snapshot(), .order = buildOrder(store.snapshot(), {}) }, fileName, nullptr);
        QSignalSpy finished(&operation, &ExportOperation::finished);
        operation.start();
        QVERIFY(finished.wait());

        QProcess python;
        python.start(QStringLiteral(OPTOUT_PYTHON),
            { u"-c"_s,
                u"import csv, json, sys\n"
                "with open(sys.argv[1], encoding='utf-8', newline='') as file:\n"
                "    rows = list(csv.reader(file, strict=True))\n"
                "json.dump(rows, sys.stdout)\n"_s,
                fileName });
        QVERIFY(python.waitForFinished());
        QVERIFY2(python.exitCode() == 0, python.readAllStandardError().constData());
        const QJsonArray rows = QJsonDocument::fromJson(python.readAllStandardOutput()).array();
        QCOMPARE(rows.size(), qsizetype(sample.size()) + 1);
        QCOMPARE(
            rows.at(0).toArray(), (QJsonArray { u"OptedOutNumber"_s, u"OptedOutTimestamp"_s, u"EndUserOptedOut"_s }));
        for (std::size_t i = 0; i < sample.size(); ++i) {
            const OptedOutNumber &row = sample[i];
            const QString time = row.optedOutAt ? QString::fromStdString(toIso8601(*row.optedOutAt)) : QString();
            const QJsonArray expected { QString::fromStdString(row.number), time,
                row.endUserOptedOut ? u"true"_s : u"false"_s };
            QCOMPARE(rows.at(qsizetype(i) + 1).toArray(), expected);
        }
    }
};

QTEST_GUILESS_MAIN(TestCsvReadBack)
#include "tst_csvreadback.moc"
