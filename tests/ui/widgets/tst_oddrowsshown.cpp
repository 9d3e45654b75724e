// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/numbertableview.h"

#include "unit/store/oddvalues.h"

#include <QClipboard>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <memory>
#include <numeric>
#include <random>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

//! Rows such as a list seldom has, in the table: shown, sorted, copied and exported exactly as they were given.
class TestOddRowsShown final : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"."_s));
        m_model = std::make_unique<NumberTableModel>();
        m_view = std::make_unique<NumberTableView>(*m_model);
        // As they are to stand by number: what is read is a mix of them.
        m_rows.resize(oddNumbersInOrder().size());
        std::iota(m_rows.begin(), m_rows.end(), std::size_t(0));
        std::shuffle(m_rows.begin(), m_rows.end(), std::mt19937(3));
        std::vector<OptedOutNumber> rows;
        for (const std::size_t row : m_rows)
            rows.push_back({ .number = oddNumbersInOrder()[row],
                .optedOutAt = oddTimesInOrder()[timeOf(row)].time,
                .endUserOptedOut = isByEndUser(row) });
        m_model->append(std::move(rows));
        m_model->flush();
        QCOMPARE(m_model->rowCount(), int(m_rows.size()));
    }
    void cleanup()
    {
        m_view.reset();
        m_model.reset();
    }

    void standAsGiven_data()
    {
        QTest::addColumn<int>("column");
        QTest::addColumn<bool>("descending");
        QTest::newRow("as read") << -1 << false;
        for (const bool descending : { false, true }) {
            const char *direction = descending ? "down" : "up";
            QTest::addRow("by number, %s", direction) << int(NumberTableModel::NumberColumn) << descending;
            QTest::addRow("by time, %s", direction) << int(NumberTableModel::OptedOutAtColumn) << descending;
            QTest::addRow("by who, %s", direction) << int(NumberTableModel::OptedOutByColumn) << descending;
        }
    }
    void standAsGiven()
    {
        QFETCH(int, column);
        QFETCH(bool, descending);
        sort(column, descending);
        const auto keyOf = [column](std::size_t row) {
            return column == NumberTableModel::NumberColumn ? row
                : column == NumberTableModel::OptedOutAtColumn
                ? timeOf(row)
                : std::size_t(column == NumberTableModel::OptedOutByColumn && isByEndUser(row));
        };
        std::vector<std::size_t> expected = m_rows;
        std::stable_sort(expected.begin(), expected.end(),
            [&](std::size_t a, std::size_t b) { return descending ? keyOf(b) < keyOf(a) : keyOf(a) < keyOf(b); });

        QStringList copied;
        QByteArray exported = "OptedOutNumber,OptedOutTimestamp,EndUserOptedOut\r\n";
        for (int row = 0; row < m_model->rowCount(); ++row) {
            const std::size_t given = expected[std::size_t(row)];
            const QString number = QString::fromStdString(oddNumbersInOrder()[given]);
            const QString time = QString::fromLatin1(oddTimesInOrder()[timeOf(given)].written);
            const QString shownTime = time.isEmpty() ? u"Not given"_s : time.first(10) + u' ' + time.sliced(11, 8);
            QCOMPARE(shown(row, NumberTableModel::NumberColumn), number);
            QCOMPARE(shown(row, NumberTableModel::OptedOutAtColumn), shownTime);
            QCOMPARE(
                shown(row, NumberTableModel::OptedOutByColumn), isByEndUser(given) ? u"End user"_s : u"Not end user"_s);
            const QString who = isByEndUser(given) ? u"true"_s : u"false"_s;
            copied += QStringList { number, time, who }.join(u'\t');
            const QString field = number == u"1,\"2\"" ? u"\"1,\"\"2\"\"\""_s : number;
            exported += QStringList { field, time, who }.join(u',').toUtf8() + "\r\n";
        }
        m_view->selectAll();
        m_view->copySelection();
        QCOMPARE(QGuiApplication::clipboard()->text().split(u'\n'), copied);
        QCOMPARE(writtenFile(), exported);
    }

    //! A line for each row, also for those without a time: pasted beside their numbers they must not move up.
    void copiesRowsWithoutATime()
    {
        m_view->setColumnHidden(NumberTableModel::NumberColumn, true);
        m_view->setColumnHidden(NumberTableModel::OptedOutByColumn, true);
        for (const bool descending : { false, true }) {
            sort(NumberTableModel::OptedOutAtColumn, descending);
            QStringList expected;
            for (std::size_t time = 0; time < oddTimesInOrder().size(); ++time) {
                const auto rows =
                    std::count_if(m_rows.begin(), m_rows.end(), [&](std::size_t row) { return timeOf(row) == time; });
                QVERIFY(rows > 1);
                for (std::ptrdiff_t row = 0; row < rows; ++row)
                    expected.insert(
                        descending ? 0 : expected.size(), QLatin1StringView(oddTimesInOrder()[time].written));
            }
            m_view->selectAll();
            m_view->copySelection();
            QCOMPARE(QGuiApplication::clipboard()->text().split(u'\n'), expected);
        }
    }

private:
    static std::size_t timeOf(std::size_t row) { return row * 5 % oddTimesInOrder().size(); }
    static bool isByEndUser(std::size_t row) { return row % 3 == 0; }

    void sort(int column, bool descending)
    {
        m_model->sort(column, descending ? Qt::DescendingOrder : Qt::AscendingOrder);
        QTRY_VERIFY(!m_model->isUpdating());
    }

    QString shown(int row, int column) const { return m_model->index(row, column).data().toString(); }

    QByteArray writtenFile() const
    {
        const QTemporaryDir folder;
        const QString name = folder.filePath(u"view.csv"_s);
        ExportOperation operation(m_model->exportSource(), name, nullptr);
        QSignalSpy finished(&operation, &ExportOperation::finished);
        operation.start();
        QFile file(name);
        return finished.wait() && file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::vector<std::size_t> m_rows; // in the order read: places in oddNumbersInOrder()
    std::unique_ptr<NumberTableModel> m_model;
    std::unique_ptr<NumberTableView> m_view;
};

QTEST_MAIN(TestOddRowsShown)
#include "tst_oddrowsshown.moc"
