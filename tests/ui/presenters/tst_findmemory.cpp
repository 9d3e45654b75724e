// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "presenters/findpresenter.h"
#include "unit/store/samplerows.h"
#include "unit/store/scarcememory.h"

#include <QItemSelectionModel>
#include <QSignalSpy>
#include <QtTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;
using State = FindPresenter::State;

class TestFindMemory final : public QObject {
    Q_OBJECT

private slots:
    //! The list is complete: nothing but the next step can begin the search again.
    void theNextStepTriesAgain()
    {
        NumberTableModel model;
        QItemSelectionModel selection(&model);
        FindPresenter find;
        find.follow(model, selection);
        model.append(SampleRows(8).rows(200'000));
        model.flush();
        QSignalSpy reached(&find, &FindPresenter::hitReached);
        {
            const ScarceMemory scarce(16 * 1024); // a bit a row takes more
            find.lookFor(u"5"_s);
            find.goToNearest();
            QTRY_COMPARE(find.state(), State::Failed);
            QCOMPARE(find.error()->kind, Error::Kind::Storage);
            find.goToNext(); // in vain
            QCOMPARE(find.state(), State::Searching);
            QTRY_COMPARE(find.state(), State::Failed);
        }
        QCOMPARE(reached.size(), 0);
        find.goToNext();
        QTRY_COMPARE(find.state(), State::Found);
        QVERIFY(find.count() > 0);
        QCOMPARE(reached.size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestFindMemory)
#include "tst_findmemory.moc"
