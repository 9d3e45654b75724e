// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "presenters/findpresenter.h"

#include "unit/store/samplerows.h"

#include <QItemSelectionModel>
#include <QSignalSpy>
#include <QtTest>

#include <algorithm>
#include <memory>

using namespace optout;
using namespace Qt::Literals::StringLiterals;
using State = FindPresenter::State;
using Wrapped = FindPresenter::Wrapped;

namespace {

OptedOutNumber numbered(const QString &number) { return { .number = number.toStdString() }; }

} // namespace

class TestFindPresenter final : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"."_s));
        m_text.clear();
        useModel(std::make_unique<NumberTableModel>());
    }
    void cleanup()
    {
        m_find.reset();
        m_selection.reset();
        m_model.reset();
    }

    //! Rows arrive, filter and order change, lists are cleared, other texts are typed, in any order: what is found is
    //! what a walk over the rows shown finds.
    void findsWhatAWalkFinds_data()
    {
        QTest::addColumn<quint32>("seed");
        for (quint32 seed = 1; seed <= 4; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }
    void findsWhatAWalkFinds()
    {
        QFETCH(quint32, seed);
        SampleRows sample(seed);
        m_model->append(sample.rows(1'500));
        m_text = u"5"_s;
        m_find->lookFor(m_text);
        for (int step = 0; step < 40; ++step) {
            change(sample);
            if (sample.below(3) == 0) // the next change comes in the middle of this one
                continue;
            QTRY_VERIFY(isSettled());
            checkAgainstAWalk(sample);
            if (QTest::currentTestFailed())
                return;
        }
    }

    void anotherTextStopsTheSearch()
    {
        m_model->append(SampleRows(7).rows(300'000));
        m_model->flush();
        QStringList found; // what was looked for whenever something had been found
        connect(m_find.get(), &FindPresenter::changed, this, [&] {
            if (m_find->state() == State::Found)
                found += QString::fromStdString(std::string(m_find->pattern()->needle()));
        });
        for (const QString &text : { u"1"_s, u"14"_s, u"141"_s, u"1416"_s, u"14165"_s }) {
            m_find->lookFor(text);
            QCOMPARE(m_find->state(), State::Searching); // typing does not wait
        }
        QTRY_COMPARE(m_find->state(), State::Found);
        QCOMPARE(found, QStringList { u"14165"_s });
        QCOMPARE(m_find->count(), quint32(hits(u"14165"_s).size()));

        m_find->lookFor(u"5"_s);
        m_find->lookFor({});
        QCOMPARE(m_find->state(), State::Empty);
        QTest::qWait(100);
        QCOMPARE(found, QStringList { u"14165"_s });
        QVERIFY(!m_find->pattern());
    }

    void goesToTheNextAndWrapsRound()
    {
        load({ u"+15"_s, u"+2"_s, u"+35"_s, u"+4"_s });
        lookForAndWait(u"5"_s);
        QCOMPARE(m_find->count(), 2U);
        QCOMPARE(m_find->position(), 0U); // no row is current
        m_find->goToNext();
        QCOMPARE(current(), 0);
        QCOMPARE(m_find->position(), 1U);
        m_find->goToNext();
        QCOMPARE(current(), 2);
        QCOMPARE(m_find->position(), 2U);
        QCOMPARE(m_find->wrapped(), Wrapped::No);
        m_find->goToNext();
        QCOMPARE(current(), 0);
        QCOMPARE(m_find->wrapped(), Wrapped::ToTop);
        m_find->goToPrevious();
        QCOMPARE(current(), 2);
        QCOMPARE(m_find->wrapped(), Wrapped::ToEnd);
        m_find->goToPrevious();
        QCOMPARE(current(), 0);
        QCOMPARE(m_find->wrapped(), Wrapped::No);
    }

    void theOnlyHitIsReachedAgain()
    {
        load({ u"+1"_s, u"+5"_s, u"+2"_s });
        setCurrent(1);
        lookForAndWait(u"5"_s);
        QCOMPARE(m_find->position(), 1U);
        QSignalSpy reached(m_find.get(), &FindPresenter::hitReached);
        m_find->goToNext();
        QCOMPARE(m_find->wrapped(), Wrapped::ToTop);
        m_find->goToPrevious();
        QCOMPARE(m_find->wrapped(), Wrapped::ToEnd);
        QCOMPARE(reached.size(), 2);
        QCOMPARE(current(), 1);
    }

    void theNearestIsTheCurrentRowOrBelow()
    {
        load({ u"+15"_s, u"+2"_s, u"+35"_s, u"+4"_s });
        lookForAndWait(u"5"_s);
        setCurrent(2);
        m_find->goToNearest();
        QCOMPARE(current(), 2);
        QCOMPARE(m_find->wrapped(), Wrapped::No);
        setCurrent(1);
        m_find->goToNearest();
        QCOMPARE(current(), 2);
        setCurrent(3);
        m_find->goToNearest();
        QCOMPARE(current(), 0);
        QCOMPARE(m_find->wrapped(), Wrapped::ToTop);
    }

    void withoutHitsNothingMoves()
    {
        load({ u"+1"_s, u"+2"_s });
        setCurrent(1);
        lookForAndWait(u"9"_s);
        QSignalSpy reached(m_find.get(), &FindPresenter::hitReached);
        m_find->goToNext();
        m_find->goToPrevious();
        m_find->goToNearest();
        QCOMPARE(reached.size(), 0);
        QCOMPARE(m_find->count(), 0U);
        QCOMPARE(m_find->wrapped(), Wrapped::No);
        m_find->lookFor({});
        m_find->goToNext(); // nor without a text
        QCOMPARE(reached.size(), 0);
    }

    //! Who types and presses Enter at once gets where he would after waiting.
    void keysBeforeTheAnswerAreNotLost()
    {
        load({ u"+1"_s, u"+15"_s, u"+2"_s, u"+35"_s, u"+45"_s });
        setCurrent(0);
        QSignalSpy reached(m_find.get(), &FindPresenter::hitReached);
        m_find->lookFor(u"5"_s);
        m_find->goToNearest();
        m_find->goToNext();
        m_find->goToNext();
        m_find->goToPrevious();
        QCOMPARE(reached.size(), 0);
        QTRY_COMPARE(reached.size(), 1);
        QCOMPARE(current(), 3);
        m_find->lookFor(u"+1"_s);
        m_find->goToNext();
        m_find->lookFor(u"+2"_s); // the text before is not gone to any more
        QTRY_COMPARE(m_find->state(), State::Found);
        QCOMPARE(reached.size(), 1);
    }

    void tellsWhatIsWrongWithTheText_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<State>("state");
        QTest::addColumn<QString>("remark");
        const QString signs = u"Numbers are looked for by digits, a leading +, * and ?."_s;
        QTest::newRow("nothing") << u""_s << State::Empty << u""_s;
        QTest::newRow("a lone plus") << u"+"_s << State::Empty << u""_s;
        QTest::newRow("a number as people write it") << u"+1 (416)"_s << State::Found << u""_s;
        QTest::newRow("plus inside") << u"1+4"_s << State::Wrong << signs;
        QTest::newRow("other sign") << u"1#4"_s << State::Wrong << signs;
        QTest::newRow("too long") << QString(65, u'1') << State::Wrong
                                  << u"Numbers are looked for by up to 64 characters."_s;
        QTest::newRow("letters") << u"acme"_s << State::Found
                                 << u"Letters are looked for as text; no phone number has any."_s;
    }
    void tellsWhatIsWrongWithTheText()
    {
        QFETCH(QString, text);
        QFETCH(State, state);
        load({ u"+1416"_s });
        lookForAndWait(u"1"_s);
        m_find->lookFor(text);
        QTRY_COMPARE(m_find->state(), state);
        QTEST(m_find->remark(), "remark");
        QCOMPARE(m_find->pattern().has_value(), state == State::Found);
        QCOMPARE(m_find->count(), text.startsWith(u"+1"_s) ? 1U : 0U);
    }

    void thePositionFollowsTheUser()
    {
        load({ u"+15"_s, u"+2"_s, u"+35"_s });
        lookForAndWait(u"5"_s);
        setCurrent(2);
        m_find->goToNext();
        QCOMPARE(m_find->wrapped(), Wrapped::ToTop);
        QSignalSpy changed(m_find.get(), &FindPresenter::changed);
        setCurrent(1);
        QVERIFY(!changed.isEmpty());
        QCOMPARE(m_find->position(), 0U);
        QCOMPARE(m_find->wrapped(), Wrapped::No); // he went there himself
        setCurrent(2);
        QCOMPARE(m_find->position(), 2U);
    }

    //! Before the rows that came with it have been looked through, the next hit is the next one known, wherever it
    //! stands now.
    void goesOnWhileASortedViewGrows()
    {
        m_model->setSort({ .key = SortSpec::Key::Number });
        load({ u"+15"_s, u"+25"_s, u"+35"_s });
        lookForAndWait(u"5"_s);
        setCurrent(0);
        bool asked = false;
        connect(m_model.get(), &NumberTableModel::viewReplaced, this, [&] {
            QCOMPARE(m_find->position(), 1U);
            m_find->goToNext();
            asked = true;
        });
        m_model->append({ numbered(u"+10"_s), numbered(u"+17"_s), numbered(u"+18"_s) });
        m_model->flush();
        QTRY_VERIFY(asked);
        QCOMPARE(current(), 4);
        QCOMPARE(m_model->index(4, 0).data().toString(), u"+25"_s);
        QCOMPARE(m_find->position(), 2U);
        QCOMPARE(m_find->count(), 3U);
    }

    //! The next hit after the row that is current again when the view is there.
    void aWishWaitsForAViewThatComesInParts()
    {
        useModel(std::make_unique<NumberTableModel>(nullptr, NumberTableModel::mostRows, 50));
        QStringList numbers;
        for (int i = 0; i < 3'000; ++i)
            numbers += u"+1%1"_s.arg(10'000 + i);
        load(numbers);
        m_model->setFilter({ .number = *NumberPattern::parse(u"+1119"_s) });
        QTRY_COMPARE(m_model->rowCount(), 100);
        lookForAndWait(u"99"_s);
        setCurrent(50);
        m_model->setFilter({});
        QVERIFY(m_model->isReplacing());
        setCurrent(0); // as the table does it
        QCOMPARE(m_find->position(), 0U);
        m_find->goToNext();
        QTRY_VERIFY(!m_model->isReplacing());
        QTRY_COMPARE(current(), 1'990);
        QVERIFY(isSettled());
    }

    //! The swap of a view that has grown has the current row be another one for a moment; that is no news.
    void aViewThatGrowsChangesNothing()
    {
        m_model->setSort({ .key = SortSpec::Key::Number });
        load({ u"+15"_s, u"+25"_s, u"+35"_s });
        connect(m_model.get(), &QAbstractItemModel::modelReset, m_selection.get(), [this] { setCurrent(0); });
        lookForAndWait(u"5"_s);
        setCurrent(2);
        m_find->goToNext();
        QCOMPARE(m_find->wrapped(), Wrapped::ToTop);
        QList<quint32> told;
        connect(m_find.get(), &FindPresenter::changed, this, [&] { told += m_find->position(); });
        m_model->append({ numbered(u"+1"_s), numbered(u"+2"_s) });
        m_model->flush();
        QTRY_COMPARE(m_model->rowCount(), 5);
        QCOMPARE(current(), 1);
        QTest::qWait(200); // it is looked through anew
        QVERIFY(!told.isEmpty());
        QCOMPARE(told.count(1), told.size());
        QCOMPARE(m_find->wrapped(), Wrapped::ToTop);
    }

    //! More is known of than is shown: the hit is gone to when it is there.
    void waitsForRowsStillToBeInserted()
    {
        NumberTableModel model(nullptr, NumberTableModel::mostRows, 1);
        QItemSelectionModel selection(&model);
        m_find->follow(model, selection);
        std::vector<OptedOutNumber> rows(500, numbered(u"+1"_s));
        rows.back() = numbered(u"+5"_s);
        model.append(std::move(rows));
        model.flush();
        selection.setCurrentIndex(model.index(0, 0), QItemSelectionModel::NoUpdate);
        QList<int> reached;
        int rowsThen = 0;
        connect(m_find.get(), &FindPresenter::hitReached, &model, [&](int row) {
            reached += row;
            rowsThen = model.rowCount();
        });
        m_find->lookFor(u"5"_s);
        m_find->goToPrevious();
        QThread::msleep(100); // the answer waits before the rows
        QTRY_COMPARE(m_find->state(), State::Found);
        QVERIFY2(model.rowCount() < 500, "no row is left to wait for");
        QCOMPARE(reached, QList<int>());
        QTRY_COMPARE(model.rowCount(), 500);
        QCOMPARE(reached, QList<int> { 499 });
        QCOMPARE(rowsThen, 500);
        QCOMPARE(m_find->wrapped(), Wrapped::ToEnd);
        m_find->follow(*m_model, *m_selection);
    }

    //! The current row came after the search, at the end: what comes below it is not known to have no hits.
    void goesOnBelowWhatWasSearched()
    {
        load({ u"+15"_s, u"+2"_s });
        lookForAndWait(u"5"_s);
        load({ u"+3"_s, u"+25"_s });
        QCOMPARE(m_find->count(), 1U);
        setCurrent(2);
        m_find->goToNext();
        QTRY_COMPARE(current(), 3);
        QCOMPARE(m_find->wrapped(), Wrapped::No);
    }

    //! The current row came after the search: the next hit waits for one that knows it.
    void waitsForRowsThatHaveJustCome()
    {
        m_model->setSort({ .key = SortSpec::Key::Number });
        load({ u"+15"_s, u"+35"_s });
        lookForAndWait(u"5"_s);
        m_model->append({ numbered(u"+2"_s), numbered(u"+25"_s) });
        m_model->flush();
        QTRY_COMPARE(m_model->rowCount(), 4);
        QSignalSpy reached(m_find.get(), &FindPresenter::hitReached);
        setCurrent(1);
        m_find->goToNext();
        QTRY_COMPARE(reached.size(), 1);
        QCOMPARE(m_model->index(current(), 0).data().toString(), u"+25"_s);
        QCOMPARE(m_find->count(), 3U);
    }

    void anotherOrderIsAnotherPosition()
    {
        load({ u"+35"_s, u"+2"_s, u"+15"_s, u"+25"_s });
        lookForAndWait(u"5"_s);
        setCurrent(0);
        QCOMPARE(m_find->position(), 1U);
        m_model->setSort({ .key = SortSpec::Key::Number });
        QTRY_COMPARE(m_find->position(), 3U);
        m_find->goToNext();
        QCOMPARE(m_model->index(current(), 0).data().toString(), u"+15"_s);
        QCOMPARE(m_find->wrapped(), Wrapped::ToTop);
    }

    void anotherListIsLookedThrough()
    {
        load({ u"+15"_s, u"+2"_s });
        lookForAndWait(u"5"_s);
        m_find->goToNext();
        NumberTableModel other;
        other.append({ numbered(u"+5"_s), numbered(u"+55"_s), numbered(u"+555"_s) });
        other.flush();
        QItemSelectionModel otherSelection(&other);
        m_find->follow(other, otherSelection);
        QCOMPARE(m_find->position(), 0U);
        QTRY_COMPARE(m_find->count(), 3U);
        load({ u"+5"_s }); // no longer followed
        QTest::qWait(150);
        QCOMPARE(m_find->count(), 3U);
        m_find->follow(*m_model, *m_selection);
        QTRY_COMPARE(m_find->count(), 2U);
        QCOMPARE(m_find->position(), 1U);
    }

private:
    void useModel(std::unique_ptr<NumberTableModel> model)
    {
        m_find = std::make_unique<FindPresenter>();
        m_selection.reset();
        m_model = std::move(model);
        m_selection = std::make_unique<QItemSelectionModel>(m_model.get());
        // As the table does it: the current row is kept while the view changes.
        connect(m_model.get(), &NumberTableModel::viewAboutToBeReplaced, m_selection.get(),
            [this] { m_kept = current() < 0 ? std::nullopt : std::optional(m_model->storeRow(current())); });
        connect(m_model.get(), &NumberTableModel::viewReplaced, m_selection.get(),
            [this] { setCurrent(m_kept ? m_model->viewRow(*m_kept) : -1); });
        m_find->follow(*m_model, *m_selection);
        connect(m_find.get(), &FindPresenter::hitReached, m_selection.get(), [this](int row) { setCurrent(row); });
    }
    void load(const QStringList &numbers)
    {
        std::vector<OptedOutNumber> rows;
        for (const QString &number : numbers)
            rows.push_back(numbered(number));
        const quint32 expected = m_model->loadedRows() + quint32(rows.size());
        m_model->append(std::move(rows));
        m_model->flush();
        QTRY_COMPARE(m_model->shownRows(), expected);
    }

    void lookForAndWait(const QString &text)
    {
        m_find->lookFor(text);
        QTRY_COMPARE(m_find->state(), State::Found);
    }

    int current() const { return m_selection->currentIndex().row(); }
    void setCurrent(int row)
    {
        m_selection->setCurrentIndex(m_model->index(row, 0), QItemSelectionModel::ClearAndSelect);
    }

    std::vector<int> hits(const QString &text) const
    {
        const NumberPattern pattern = *NumberPattern::parse(text);
        std::vector<int> rows;
        for (int row = 0; row < m_model->rowCount(); ++row) {
            if (pattern.matches(m_model->index(row, 0).data().toString().toStdString()))
                rows.push_back(row);
        }
        return rows;
    }

    void change(SampleRows &sample)
    {
        static const QStringList texts { u"+1416"_s, u"5"_s, u"*9"_s, u"00"_s, u"call"_s, u"777777"_s, u"1*"_s };
        switch (sample.below(12)) {
        case 0:
            m_model->clear();
            break;
        case 1:
        case 2:
            m_model->setFilter({ .by = OptedOutBy(sample.below(3)) });
            break;
        case 3:
        case 4:
            m_model->setSort({ .key = SortSpec::Key(sample.below(4)) });
            break;
        case 5:
            m_text = texts.at(sample.below(quint32(texts.size())));
            m_find->lookFor(m_text);
            break;
        case 6:
            setCurrent(m_model->rowCount() == 0 ? -1 : int(sample.below(quint32(m_model->rowCount()))));
            break;
        case 7: // in a sorted view it might wait for a search, and the walk would meet it
            if (m_model->query().sort.key == SortSpec::Key::AsRead)
                sample.below(2) == 0 ? m_find->goToNext() : m_find->goToPrevious();
            break;
        default:
            m_model->append(sample.rows(1 + sample.below(700)));
        }
    }

    //! All rows are through the filter and what is found is of them; not found out from what is found.
    bool isSettled() const
    {
        if (m_model->isUpdating() || m_model->exportSource().order->judgedRows() != m_model->loadedRows())
            return false;
        return m_text.isEmpty() || m_find->count() == hits(m_text).size();
    }

    void checkAgainstAWalk(SampleRows &sample)
    {
        if (m_text.isEmpty() || m_model->rowCount() == 0)
            return;
        const std::vector<int> expected = hits(m_text);
        const int row = int(sample.below(quint32(m_model->rowCount())));
        setCurrent(row);
        const auto at = std::lower_bound(expected.begin(), expected.end(), row);
        const bool isHit = at != expected.end() && *at == row;
        QTRY_COMPARE(m_find->position(), isHit ? quint32(at - expected.begin()) + 1 : 0U);
        if (expected.empty())
            return;
        const auto below = isHit ? at + 1 : at;
        m_find->goToNext();
        QTRY_COMPARE(current(), below == expected.end() ? expected.front() : *below);
        setCurrent(row);
        m_find->goToPrevious();
        QTRY_COMPARE(current(), at == expected.begin() ? expected.back() : *(at - 1));
    }

    std::unique_ptr<FindPresenter> m_find;
    std::unique_ptr<NumberTableModel> m_model;
    std::unique_ptr<QItemSelectionModel> m_selection;
    std::optional<quint32> m_kept;
    QString m_text;
};

QTEST_GUILESS_MAIN(TestFindPresenter)
#include "tst_findpresenter.moc"
