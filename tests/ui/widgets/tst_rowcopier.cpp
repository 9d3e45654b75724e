// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/rowcopier.h"

#include "widgets/numbertableview.h"

#include <QAbstractButton>
#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLocale>
#include <QMessageBox>
#include <QMimeData>
#include <QSemaphore>
#include <QThread>
#include <QThreadPool>
#include <QtTest>

#include <atomic>
#include <memory>
#include <new>

using namespace optout;
using namespace Qt::Literals::StringLiterals;
using State = RowCopier::State;

namespace {

constexpr int rowCount = 150'000;

QString clipboard() { return QGuiApplication::clipboard()->text(); }

//! Stands in for a text that takes as long as the test needs.
struct SlowText {
    QSemaphore tick {}; // one for each time the worker asks whether to go on
    std::atomic<int> begun = 0;
    std::atomic<int> ended = 0;
    std::atomic<QThread *> thread = nullptr;

    //! Asks twice, then gives the rows copied as text.
    RowCopier::MakeText maker()
    {
        return [this](const CopyRequest &request, const std::function<bool(qint64)> &goOn) {
            thread = QThread::currentThread();
            ++begun;
            tick.acquire();
            if (goOn(request.count() / 3)) {
                tick.acquire();
                goOn(request.count() / 2);
            }
            ++ended;
            return "rows from " + QByteArray::number(request.rows.first().first);
        };
    }
};

} // namespace

class TestRowCopier final : public QObject {
    Q_OBJECT

    std::unique_ptr<NumberTableModel> m_model;
    std::unique_ptr<NumberTableView> m_view;
    std::unique_ptr<QWidget> m_window; // where only the copier is looked at

    static OptedOutNumber row(int i)
    {
        return { .number = "+1416" + std::to_string(1'000'000 + i),
            .optedOutAt = Timestamp(std::chrono::milliseconds(1'700'000'000'000 + i)),
            .endUserOptedOut = i % 2 == 0 };
    }
    void append(int count)
    {
        std::vector<OptedOutNumber> rows;
        for (int i = 0; i < count; ++i)
            rows.push_back(row(i));
        m_model->append(std::move(rows));
        m_model->flush();
    }
    RowCopier &copier() { return m_view->copier(); }
    QMessageBox *question() { return m_view->findChild<QMessageBox *>(u"copyManyRows"_s); }
    void answer(const QString &button)
    {
        auto *chosen = question()->findChild<QAbstractButton *>(button);
        QVERIFY(chosen);
        QTest::mouseClick(chosen, Qt::LeftButton);
    }
    //! Rows that are never looked at, as the text is made otherwise.
    static CopyRequest request(quint32 first, quint32 last)
    {
        return { .source = {}, .rows = { { first, last } }, .columns = { NumberTableModel::NumberColumn } };
    }

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }
    void init()
    {
        // The offscreen platform says so of every dialog.
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s));
        QGuiApplication::clipboard()->setText(u"before"_s);
        m_model = std::make_unique<NumberTableModel>();
        m_view = std::make_unique<NumberTableView>(*m_model);
        m_view->resize(900, 600);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
        m_window = std::make_unique<QWidget>();
    }
    void cleanup()
    {
        m_view.reset();
        m_model.reset();
        m_window.reset();
    }

    void copiesFewRowsAtOnce()
    {
        append(10);
        m_view->selectRow(1);
        m_view->selectionModel()->select(m_model->index(3, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
        m_view->copySelection();
        QCOMPARE(clipboard(),
            u"+14161000001\t2023-11-14T22:13:20.001Z\tfalse\n+14161000003\t2023-11-14T22:13:20.003Z\tfalse"_s);
        QCOMPARE(copier().state(), State::Idle);
    }

    void copiesTheColumnsThatAreShown()
    {
        append(2);
        m_view->hideColumn(NumberTableModel::OptedOutAtColumn);
        m_view->horizontalHeader()->moveSection(NumberTableModel::OptedOutByColumn, 0);
        m_view->selectAll();
        m_view->copySelection();
        QCOMPARE(clipboard(), u"true\t+14161000000\nfalse\t+14161000001"_s);
    }

    void asksAboutMany()
    {
        append(rowCount);
        QAction exportView;
        copier().setExport(&exportView);
        m_view->selectAll();
        m_view->copySelection();
        QVERIFY(question());
        QVERIFY2(question()->text().contains(u"150,000"_s), qPrintable(question()->text()));
        QCOMPARE(copier().state(), State::Idle);
        QCOMPARE(clipboard(), u"before"_s);
        answer(u"copyThem"_s);
        QCOMPARE(copier().state(), State::Copying);
        QCOMPARE(clipboard(), u"before"_s);
        QTRY_COMPARE(copier().state(), State::Done);
        QCOMPARE(copier().rowsInAll(), rowCount);
        const QStringList lines = clipboard().split(u'\n');
        QCOMPARE(lines.size(), rowCount);
        QCOMPARE(lines.first(), u"+14161000000\t2023-11-14T22:13:20.000Z\ttrue"_s);
        QCOMPARE(lines.last(), u"+14161149999\t2023-11-14T22:15:49.999Z\tfalse"_s);
        copier().dismiss();
        QCOMPARE(copier().state(), State::Idle);
    }

    void takesNoForAnAnswer()
    {
        append(rowCount);
        m_view->selectAll();
        m_view->copySelection();
        QTest::keyClick(question(), Qt::Key_Escape);
        QTRY_VERIFY(!question());
        QCOMPARE(copier().state(), State::Idle);
        QCOMPARE(clipboard(), u"before"_s);
    }

    void offersTheExport()
    {
        append(rowCount);
        QAction exportView;
        QSignalSpy begun(&exportView, &QAction::triggered);
        copier().setExport(&exportView);
        m_view->selectAll();
        m_view->copySelection();
        answer(u"exportInstead"_s);
        QCOMPARE(begun.size(), 1);
        QTRY_VERIFY(!question());
        QCOMPARE(copier().state(), State::Idle);
        QCOMPARE(clipboard(), u"before"_s);
    }

    void refusesTooMany()
    {
        copier().copy(request(0, RowCopier::mostCopied)); // one more than that
        QVERIFY(question());
        QVERIFY2(question()->text().contains(u"5,000,001 rows are too many"_s), qPrintable(question()->text()));
        QVERIFY(!question()->findChild<QAbstractButton *>(u"copyThem"_s));
        copier().copy(request(0, RowCopier::mostCopied - 1)); // takes the place of that answer
        QVERIFY(question()->findChild<QAbstractButton *>(u"copyThem"_s));
    }

    //! Neither another order nor rows that arrive or go change what was asked for.
    void copiesWhatWasAskedFor()
    {
        append(rowCount);
        m_view->selectAll();
        m_view->copySelection();
        m_model->setSort({ .key = SortSpec::Key::Number, .descending = true });
        append(1'000);
        QTRY_VERIFY(!m_model->isUpdating());
        answer(u"copyThem"_s);
        m_model->clear();
        QTRY_COMPARE(copier().state(), State::Done);
        const QStringList lines = clipboard().split(u'\n');
        QCOMPARE(lines.size(), rowCount);
        QVERIFY(lines.first().startsWith(u"+14161000000\t"_s));
        QVERIFY(lines.last().startsWith(u"+14161149999\t"_s));
    }

    void makesTheTextInAWorker()
    {
        SlowText slow;
        RowCopier copier(m_window.get(), slow.maker());
        copier.copy(request(0, 49'999));
        QCOMPARE(copier.state(), State::Copying);
        slow.tick.release();
        QTRY_COMPARE(copier.rowsDone(), 50'000 / 3);
        QCOMPARE(copier.rowsInAll(), 50'000);
        QCOMPARE(clipboard(), u"before"_s);
        slow.tick.release();
        QTRY_COMPARE(copier.state(), State::Idle); // nobody was asked, so nobody waits for a word
        QCOMPARE(clipboard(), u"rows from 0"_s);
        QVERIFY(slow.thread != QThread::currentThread());
    }

    void cancelKeepsTheClipboard()
    {
        SlowText slow;
        RowCopier copier(m_window.get(), slow.maker());
        copier.copy(request(0, 49'999));
        QTRY_COMPARE(slow.begun, 1);
        copier.cancel();
        QCOMPARE(copier.state(), State::Idle);
        slow.tick.release(); // no second time: the worker is told to stop
        QTRY_COMPARE(slow.ended, 1);
        QCoreApplication::processEvents();
        QCOMPARE(clipboard(), u"before"_s);
    }

    void theSecondCopyTakesThePlaceOfTheFirst()
    {
        SlowText slow;
        RowCopier copier(m_window.get(), slow.maker());
        copier.copy(request(0, 49'999));
        QTRY_COMPARE(slow.begun, 1);
        copier.copy(request(7, 50'006));
        slow.tick.release(3); // one for the first, which is told to stop, two for the second
        QTRY_COMPARE(slow.ended, 2);
        QTRY_COMPARE(copier.state(), State::Idle);
        QCoreApplication::processEvents();
        QCOMPARE(clipboard(), u"rows from 7"_s);
    }

    void aQuestionAnsweredWithNoKeepsTheCopyUnderWay()
    {
        SlowText slow;
        RowCopier copier(m_window.get(), slow.maker());
        copier.copy(request(0, 49'999));
        QTRY_COMPARE(slow.begun, 1);
        copier.copy(request(7, 150'006));
        auto *question = m_window->findChild<QMessageBox *>();
        QVERIFY(question);
        question->button(QMessageBox::Cancel)->click();
        slow.tick.release(2);
        QTRY_COMPARE(copier.state(), State::Idle);
        QCOMPARE(clipboard(), u"rows from 0"_s);
    }

    void mayBeDeletedMeanwhile()
    {
        std::atomic<int> begun = 0;
        std::atomic<int> ended = 0;
        auto copier = std::make_unique<RowCopier>(
            m_window.get(), [&](const CopyRequest &, const std::function<bool(qint64)> &goOn) {
                ++begun;
                while (goOn(0)) // for as long as nobody says to stop
                    QThread::msleep(1);
                ++ended;
                return QByteArray("never copied");
            });
        copier->copy(request(0, 49'999));
        QTRY_COMPARE(begun, 1);
        copier.reset();
        QCOMPARE(ended, 1);
        QCoreApplication::processEvents();
        QCOMPARE(clipboard(), u"before"_s);

        append(rowCount);
        m_view->selectAll();
        m_view->copySelection();
        answer(u"copyThem"_s);
        m_view.reset();
        m_model.reset();
        QCoreApplication::processEvents();
        QCOMPARE(clipboard(), u"before"_s);
    }

    //! Qt paints with the threads of the global pool.
    void leavesTheThreadsThatPaintAlone()
    {
        SlowText slow;
        RowCopier copier(m_window.get(), slow.maker());
        copier.copy(request(0, 49'999));
        QTRY_COMPARE(slow.begun, 1);
        QCOMPARE(QThreadPool::globalInstance()->activeThreadCount(), 0);
        slow.tick.release(2);
        QTRY_COMPARE(clipboard(), u"rows from 0"_s);
    }

    void saysThatThereIsNoMemory_data()
    {
        QTest::addColumn<int>("rows");
        QTest::newRow("in a worker") << 50'000;
        QTest::newRow("at once") << 3;
    }
    void saysThatThereIsNoMemory()
    {
        QFETCH(int, rows);
        RowCopier copier(m_window.get(),
            [](const CopyRequest &, const std::function<bool(qint64)> &) -> QByteArray { throw std::bad_alloc(); });
        copier.copy(request(0, quint32(rows - 1)));
        QTRY_COMPARE(copier.state(), State::Failed);
        QCOMPARE(copier.error().kind, Error::Kind::Storage);
        QVERIFY2(copier.error().detail.contains(u"not enough memory"_s), qPrintable(copier.error().detail));
        QCOMPARE(clipboard(), u"before"_s);
    }

    void otherProgramsGetUtf8()
    {
        append(6'000);
        m_view->selectAll();
        m_view->copySelection();
        QTRY_VERIFY(clipboard() != u"before"_s);
        const QMimeData *data = QGuiApplication::clipboard()->mimeData();
        QCOMPARE(data->formats(), QStringList { u"text/plain"_s });
        QVERIFY(data->hasText());
        QVERIFY(!data->hasHtml());
        QCOMPARE(data->data(u"text/html"_s), QByteArray());
        QCOMPARE(data->data(u"text/plain"_s), data->text().toUtf8());
        QCOMPARE(data->text().count(u'\n'), 5'999);
    }
};

QTEST_MAIN(TestRowCopier)
#include "tst_rowcopier.moc"
