// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/copybar.h"

#include "widgets/rowcopier.h"

#include <QAbstractButton>
#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLocale>
#include <QMessageBox>
#include <QProgressBar>
#include <QSemaphore>
#include <QtTest>

#include <memory>
#include <new>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

namespace {

struct ShownCounter final : QObject {
    int count = 0;
    bool eventFilter(QObject *, QEvent *event) override
    {
        count += event->type() == QEvent::Show ? 1 : 0;
        return false;
    }
};

} // namespace

class TestCopyBar final : public QObject {
    Q_OBJECT

    QSemaphore m_half; // one for the first half of the rows
    QSemaphore m_rest;
    std::unique_ptr<QWidget> m_window;
    RowCopier *m_copier = nullptr;
    CopyBar *m_bar = nullptr;

    void makeBar(const RowCopier::MakeText &makeText)
    {
        m_window = std::make_unique<QWidget>();
        m_copier = new RowCopier(m_window.get(), makeText);
        m_bar = new CopyBar(*m_copier, m_window.get());
        m_window->show();
    }
    void copy(quint32 rows)
    {
        m_copier->copy({ .source = {}, .rows = { { 0, rows - 1 } }, .columns = { NumberTableModel::NumberColumn } });
        if (auto *question = m_window->findChild<QMessageBox *>())
            question->findChild<QAbstractButton *>(u"copyThem"_s)->click();
    }
    QString words()
    {
        const auto *text = m_bar->findChild<QLabel *>(u"noticeText"_s);
        return text ? text->text() : QString(); // there is none before the first notice
    }
    void trigger(const QString &action) { m_bar->findChild<QAction *>(action)->trigger(); }

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }
    void init()
    {
        QGuiApplication::clipboard()->setText(u"before"_s);
        makeBar([this](const CopyRequest &request, const std::function<bool(qint64)> &goOn) {
            m_half.acquire();
            if (goOn(request.count() / 2))
                m_rest.acquire();
            return QByteArray("rows");
        });
    }
    void cleanup() { m_window.reset(); }

    void tellsHowFarALongCopyIs()
    {
        copy(1'000'000);
        QVERIFY(!m_bar->isVisible()); // most are done before anybody could read it
        QTRY_COMPARE(words(), u"Copying 0 of 1,000,000 rows…"_s);
        QVERIFY(m_bar->isVisible());
        m_half.release();
        QTRY_COMPARE(words(), u"Copying 500,000 of 1,000,000 rows…"_s);
        const auto *progress = m_bar->findChild<QProgressBar *>();
        QVERIFY(progress->isVisible());
        QCOMPARE(progress->value() * 2, progress->maximum());
        m_rest.release();
        QTRY_COMPARE(words(), u"1,000,000 rows are on the clipboard."_s);
        QVERIFY(!progress->isVisible());
        trigger(u"dismissCopyAction"_s);
        QVERIFY(!m_bar->isVisible());
    }

    void canBeCancelled()
    {
        copy(1'000'000);
        QTRY_VERIFY(m_bar->isVisible());
        trigger(u"cancelCopyAction"_s);
        QVERIFY(!m_bar->isVisible());
        m_half.release();
        QTest::qWait(2 * int(CopyBar::patience.count())); // nor does it come back
        QVERIFY(!m_bar->isVisible());
        QCOMPARE(QGuiApplication::clipboard()->text(), u"before"_s);
    }

    void makesNoWordsAboutShortCopies()
    {
        m_half.release();
        m_rest.release();
        ShownCounter shown;
        m_bar->installEventFilter(&shown);
        copy(50'000);
        QTRY_COMPARE(QGuiApplication::clipboard()->text(), u"rows"_s);
        QTest::qWait(2 * int(CopyBar::patience.count()));
        QCOMPARE(shown.count, 0);
    }

    void saysWhyNothingWasCopied()
    {
        makeBar([](const CopyRequest &, const std::function<bool(qint64)> &) -> QByteArray { throw std::bad_alloc(); });
        copy(50'000);
        QTRY_VERIFY(m_bar->isVisible());
        QCOMPARE(words(), u"Nothing was copied. There is not enough memory to put this many rows on the clipboard."_s);
        trigger(u"dismissCopyAction"_s);
        QVERIFY(!m_bar->isVisible());
    }
};

QTEST_MAIN(TestCopyBar)
#include "tst_copybar.moc"
