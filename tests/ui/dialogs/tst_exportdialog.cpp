// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "dialogs/exportdialog.h"

#include "ui/presenters/browserfixture.h"

#include <QAbstractButton>
#include <QDir>
#include <QFileDialog>
#include <QMessageBox>
#include <QtTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

//! The question an export asks of a list that has not been read to its end.
class TestExportDialog final : public QObject {
    Q_OBJECT

    std::unique_ptr<BrowserFixture> f;
    std::unique_ptr<QWidget> m_window;

    ExportPresenter &exporter() { return f->browser->exporter(); }
    QMessageBox *question() { return m_window->findChild<QMessageBox *>(u"exportQuestion"_s); }

private slots:
    void init()
    {
        f = std::make_unique<BrowserFixture>();
        m_window = std::make_unique<QWidget>();
        QObject::connect(f->browser.get(), &Browser::readOpened, m_window.get(),
            [this](OpenRead *read) { new ExportDialog(read->exporter, read->read, f->settings, m_window.get()); });
        f->expectLists();
        f->browser->session().connectTo(u"a"_s);
        QTRY_COMPARE(f->browser->lists().state(), ListsPresenter::State::Loaded);
        f->expectNumbers({ u"+14165550100"_s }, u"t1"_s);
        f->browser->open(f->browser->lists().lists().first());
        f->browser->read().pause();
        QTRY_COMPARE(f->browser->read().status().rows, 1U);
        exporter().begin();
        QVERIFY(question());
    }
    void cleanup()
    {
        m_window.reset();
        f->browser.reset();
        QCOMPARE(f->transport().complaints(), QStringList());
    }

    void closingByTheFrameCancels()
    {
        question()->close();
        QCOMPARE(exporter().state(), ExportPresenter::State::Idle);
        QVERIFY(exporter().canBegin());
    }

    void countsOnWhileItAsks()
    {
        QVERIFY(question()->informativeText().contains(u'1'));
        f->expectNumbers({ u"+14165550101"_s, u"+14165550102"_s }, u"t2"_s);
        f->transport().expect(Action::DescribeOptedOutNumbers).stall();
        f->browser->read().resume();
        QTRY_VERIFY(question()->informativeText().contains(u'3'));
        QTRY_COMPARE(f->transport().requests().size(), 5); // two for the lists, three pages
    }

    void closingTheListClosesTheQuestion()
    {
        const QPointer<QMessageBox> asking = question();
        f->browser->close(*f->browser->shown());
        QTRY_VERIFY(!asking);
    }

    //! As the window does it when the list's read is gone.
    void goesWithItsDialogs()
    {
        const QPointer<QMessageBox> asking = question();
        delete m_window->findChild<ExportDialog *>();
        QTRY_VERIFY(!asking);
    }

    //! In the middle of Qt's own question whether to overwrite, too.
    void closingTheListLeavesTheFileAlone()
    {
        const QString fileName = f->folder.filePath(u"kept.csv"_s);
        {
            QFile file(fileName);
            QVERIFY(file.open(QIODevice::WriteOnly));
            QCOMPARE(file.write("as it was"), 9);
        }
        question()->findChild<QAbstractButton *>(u"exportWhatIsLoaded"_s)->click();
        const QPointer<QFileDialog> chooser = m_window->findChild<QFileDialog *>(u"exportFile"_s);
        QVERIFY(chooser);
        chooser->selectFile(fileName);
        bool overwriteAsked = false;
        QTimer::singleShot(0, this, [&] {
            auto *overwrite = chooser->findChild<QMessageBox *>();
            overwriteAsked = overwrite && overwrite->isVisible();
            f->browser->close(*f->browser->shown());
        });
        QMetaObject::invokeMethod(chooser, "accept"); // comes back when that question has gone
        QVERIFY(overwriteAsked);
        QTRY_VERIFY(!chooser);
        QFile file(fileName);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("as it was"));
        QCOMPARE(QDir(f->folder.path()).entryList({ u"kept*"_s }).size(), 1);
    }

    void theEndOfTheReadAnswersIt()
    {
        f->expectNumbers({ u"+14165550101"_s });
        f->browser->read().resume();
        QTRY_COMPARE(exporter().state(), ExportPresenter::State::ChoosingFile);
        QTRY_VERIFY(!question() || !question()->isVisible());
        auto *chooser = m_window->findChild<QFileDialog *>(u"exportFile"_s);
        QVERIFY(chooser && chooser->isVisible());
        chooser->reject();
        QCOMPARE(exporter().state(), ExportPresenter::State::Idle);
    }
};

QTEST_MAIN(TestExportDialog)
#include "tst_exportdialog.moc"
