// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "browserplacesfixture.h"

#include <QAbstractItemModelTester>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

// Several lists side by side: of one place, of two regions, of two connections.
class TestBrowser final : public BrowserPlacesFixture {
    Q_OBJECT
private slots:
    void aListGoesOnBehindAnother()
    {
        OpenRead *first = openPart(0);
        openWhole(1, { u"+14165550111"_s, u"+14165550112"_s });
        QCOMPARE(f->browser->model().loadedRows(), 2U);
        f->expectNumbers({ u"+14165550101"_s });
        QSignalSpy changed(f->browser.get(), &Browser::readsChanged);
        QSignalSpy shownChanged(f->browser.get(), &Browser::readStateChanged);
        first->read.resume();
        QTRY_COMPARE(first->read.status().state, ReadState::Complete);
        QCOMPARE(first->model.loadedRows(), 2U);
        QVERIFY(!changed.isEmpty()); // the tree hears of it,
        QVERIFY(shownChanged.isEmpty()); // the table does not
        QCOMPARE(f->browser->model().loadedRows(), 2U);
        QCOMPARE(f->browser->openList()->list.name, u"Marketing"_s);
    }

    void comingBackReadsNothing()
    {
        OpenRead *first = openWhole(0, { u"+14165550100"_s });
        openWhole(1, { u"+14165550111"_s });
        const auto requests = f->transport().requests().size();
        f->browser->open(f->browser->lists().lists().first());
        QCOMPARE(f->browser->shown(), first);
        QCOMPARE(f->browser->model().loadedRows(), 1U);
        QCOMPARE(f->transport().requests().size(), requests);
        QCOMPARE(f->browser->reads().size(), 2);
    }

    void filterAndOrderAreTakenOver()
    {
        openWhole(0, { u"+14165550100"_s });
        f->browser->model().setFilter({ .number = *NumberPattern::parse(u"+1416"_s) });
        f->browser->model().setSort({ .key = SortSpec::Key::Number, .descending = true });
        openWhole(1, { u"+14165550111"_s });
        QCOMPARE(f->browser->model().query().sort.key, SortSpec::Key::Number);
        QCOMPARE(f->browser->model().query().filter.number.kind(), NumberPattern::Kind::Prefix);
    }

    void anotherRegionLeavesTheReadGoingOn()
    {
        OpenRead *first = openPart(0);
        arrive([this] { session().setRegion(u"eu-west-1"_s); });
        QVERIFY(!f->browser->openList());
        QCOMPARE(f->browser->model().loadedRows(), 0U);
        QVERIFY(!f->browser->isHere(*first));
        f->expectNumbers({ u"+14165550101"_s });
        first->read.resume();
        QTRY_COMPARE(first->read.status().state, ReadState::Complete);
        QCOMPARE(first->place.region, u"us-east-1"_s);
    }

    void choosingAListOfAnotherPlaceGoesThere()
    {
        OpenRead *first = openWhole(0, { u"+14165550100"_s });
        arrive([this] { session().connectTo(u"b"_s); });
        OpenRead *second = openWhole(1, { u"+14165550111"_s });
        QCOMPARE(f->browser->reads(), QList({ first, second }));
        arrive([&] { f->browser->show(*first); });
        QCOMPARE(session().connection()->id, u"a"_s);
        QCOMPARE(f->browser->shown(), first);
        QCOMPARE(first->read.status().state, ReadState::Complete);
        arrive([&] { f->browser->show(*second); });
        QCOMPARE(session().connection()->region, u"eu-west-1"_s);
        QCOMPARE(f->browser->shown(), second);
    }

    //! Its list is shown by another name of the same connection in another region: both stay apart.
    void theSameListOfTwoRegionsIsTwoReads()
    {
        OpenRead *first = openWhole(0, { u"+14165550100"_s });
        arrive([this] { session().setRegion(u"eu-west-1"_s); });
        OpenRead *second = openWhole(0, { u"+14165550111"_s, u"+14165550112"_s });
        QVERIFY(first != second);
        QCOMPARE(first->model.loadedRows(), 1U);
        QCOMPARE(second->model.loadedRows(), 2U);
    }

    void goingBackToAPlaceShowsWhatWasShownThere()
    {
        openWhole(0, { u"+14165550100"_s });
        OpenRead *second = openWhole(1, { u"+14165550111"_s });
        arrive([this] { session().setRegion(u"eu-west-1"_s); });
        QVERIFY(!f->browser->shown());
        arrive([this] { session().setRegion(u"us-east-1"_s); });
        QCOMPARE(f->browser->shown(), second);
    }

    void closingForgetsAndShowsTheOneBefore()
    {
        OpenRead *first = openWhole(0, { u"+14165550100"_s });
        QPointer<OpenRead> second = openWhole(1, { u"+14165550111"_s });
        f->browser->close(*second);
        QCOMPARE(f->browser->shown(), first);
        QCOMPARE(f->browser->reads(), QList({ first }));
        QTRY_VERIFY(!second);
        f->browser->close(*first);
        QVERIFY(!f->browser->shown());
        QCOMPARE(f->browser->read().status().state, ReadState::Idle);
        openWhole(0, { u"+14165550100"_s }); // read again from its start
    }

    void closingEndsTheRead()
    {
        OpenRead *first = openPart(0);
        f->transport().expect(Action::DescribeOptedOutNumbers).stall();
        first->read.resume();
        QTRY_COMPARE(f->transport().underWay(), 1);
        f->browser->close(*first);
        QCOMPARE(f->transport().underWay(), 0);
    }

    void stopAllStopsThoseBehind()
    {
        OpenRead *first = openPart(0);
        f->transport().expect(Action::DescribeOptedOutNumbers).stall();
        first->read.resume();
        QTRY_COMPARE(f->transport().underWay(), 1);
        openWhole(1, { u"+14165550111"_s });
        f->browser->stopAll();
        QCOMPARE(first->read.status().state, ReadState::Stopped);
        QCOMPARE(f->browser->read().status().state, ReadState::Complete);
        QCOMPARE(first->model.loadedRows(), 1U);
    }

    void anExportGoesOnBehindAnotherList()
    {
        OpenRead *first = openWhole(0, { u"+14165550100"_s });
        const QString file = f->folder.filePath(u"out.csv"_s);
        first->exporter.begin();
        first->exporter.writeTo(file);
        openWhole(1, { u"+14165550111"_s });
        QCOMPARE(f->browser->exporter().state(), ExportPresenter::State::Idle);
        QTRY_COMPARE(first->exporter.state(), ExportPresenter::State::Done);
        QVERIFY(QFile::exists(file));
    }

    void removedConnectionTakesItsListsAlong()
    {
        openWhole(0, { u"+14165550100"_s });
        arrive([this] { session().connectTo(u"b"_s); });
        OpenRead *second = openWhole(1, { u"+14165550111"_s });
        QObject owner;
        QSignalSpy finished(
            f->connections.remove(u"b"_s, ConnectionList::RemoveKeys::IfPossible, &owner), &ConnectionChange::finished);
        QTRY_COMPARE(finished.size(), 1);
        QVERIFY(!f->browser->reads().contains(second));
        QCOMPARE(f->browser->reads().size(), 1);
        QVERIFY(!f->browser->shown());
    }

    void anotherConnectionThatGoesTakesItsListsAlong()
    {
        OpenRead *first = openWhole(0, { u"+14165550100"_s });
        arrive([this] { session().connectTo(u"b"_s); });
        OpenRead *second = openWhole(1, { u"+14165550111"_s });
        QVERIFY(f->browser->reads().contains(first));
        QSignalSpy closed(f->browser.get(), &Browser::closedAsOutdated);
        f->connections.remove(u"a"_s, ConnectionList::RemoveKeys::IfPossible, this);
        QCOMPARE(f->browser->reads(), QList({ second }));
        QCOMPARE(closed.size(), 1);
        QCOMPARE(closed.at(0), QVariantList({ u"Default"_s, u"prod-readonly"_s }));
        QCOMPARE(f->browser->shown(), second);
    }

    void aListThatIsClosedMeanwhileIsNotToldOf()
    {
        openWhole(0, { u"+14165550100"_s });
        openWhole(1, { u"+14165550111"_s });
        arrive([this] { session().connectTo(u"b"_s); });
        QStringList told;
        connect(f->browser.get(), &Browser::closedAsOutdated, this, [&](const QString &list) {
            told += list;
            while (!f->browser->reads().isEmpty())
                f->browser->close(*f->browser->reads().constFirst());
        });
        f->connections.remove(u"a"_s, ConnectionList::RemoveKeys::IfPossible, this);
        QCOMPARE(told, QStringList(u"Default"_s));
    }

    void anotherConnectionThatIsChangedTakesItsListsAlong()
    {
        openWhole(0, { u"+14165550100"_s });
        arrive([this] { session().connectTo(u"b"_s); });
        Connection changed = *f->connections.find(u"a"_s);
        changed.name = u"production"_s;
        f->connections.update(changed, {}, ConnectionList::KeepKeys::InKeychain, this);
        QCOMPARE(f->browser->reads().size(), 1); // a name is only a name
        changed.roleArn = u"arn:aws:iam::444455556666:role/Reader"_s;
        f->connections.update(changed, {}, ConnectionList::KeepKeys::InKeychain, this);
        QVERIFY(f->browser->reads().isEmpty());
    }

    void aChangedConnectionIsNotGoneBackTo()
    {
        OpenRead *first = openWhole(0, { u"+14165550100"_s });
        arrive([this] { session().connectTo(u"b"_s); });
        QList<SavedConnection> saved = f->settings.connections();
        saved.first().endpointUrl = u"https://elsewhere.example"_s;
        f->settings.setConnections(saved); // as another window would: nothing tells of it
        QSignalSpy closed(f->browser.get(), &Browser::closedAsOutdated);
        f->browser->show(*first);
        QCOMPARE(closed.size(), 1);
        QVERIFY(f->browser->reads().isEmpty());
        QCOMPARE(session().connection()->id, u"b"_s);
    }

    void goingBackTakesTheConnectionAsItIsNow()
    {
        OpenRead *first = openWhole(0, { u"+14165550100"_s });
        arrive([this] { session().connectTo(u"b"_s); });
        Connection renamed = *f->connections.find(u"a"_s);
        renamed.name = u"production"_s;
        renamed.region = u"ca-central-1"_s; // where it begins; the list was read elsewhere
        f->connections.update(renamed, {}, ConnectionList::KeepKeys::InKeychain, this);
        arrive([&] { f->browser->show(*first); });
        QCOMPARE(f->browser->shown(), first);
        QCOMPARE(session().connection()->name, u"production"_s);
        QCOMPARE(session().connection()->region, u"us-east-1"_s);
    }

    //! An editor may be writing the file.
    void aProfileThatCannotBeUsedJustNowIsGoneBackTo()
    {
        f->setProfiles(u"[profile dev]\n"_s);
        arrive([this] { session().connectTo(u"profile:dev"_s); });
        OpenRead *first = openWhole(0, { u"+14165550100"_s });
        arrive([this] { session().connectTo(u"b"_s); });
        f->connections.setConfig(
            f->connections.config(), [](const SharedConfig &, const ProfileChoice &) -> Result<ServiceSettings> {
                return Error { .kind = Error::Kind::InvalidInput, .detail = u"half a line"_s };
            });
        QCOMPARE(f->connections.find(u"profile:dev"_s)->problem, u"half a line"_s);
        arrive([&] { f->browser->show(*first); });
        QCOMPARE(f->browser->shown(), first);
        QCOMPARE(f->browser->model().loadedRows(), 1U);
    }

    void anotherRoleIsAnotherPlace()
    {
        openWhole(0, { u"+14165550100"_s });
        Connection changed = *f->connections.find(u"a"_s);
        changed.roleArn = u"arn:aws:iam::444455556666:role/Reader"_s;
        f->connections.update(changed, {}, ConnectionList::KeepKeys::InKeychain, this);
        arrive([this] { session().connectTo(u"a"_s); });
        QVERIFY(!f->browser->shown());
        QVERIFY(f->browser->reads().isEmpty());
    }

    void switchingWhilePagesArrive()
    {
        std::vector<std::unique_ptr<QAbstractItemModelTester>> testers;
        QSignalSpy opened(f->browser.get(), &Browser::readOpened);
        connect(f->browser.get(), &Browser::readOpened, this, [&](OpenRead *read) {
            testers.push_back(std::make_unique<QAbstractItemModelTester>(
                &read->model, QAbstractItemModelTester::FailureReportingMode::QtTest));
        });
        constexpr int pages = 40;
        for (int page = 0; page < pages; ++page) {
            f->expectNumbers({ u"+1416555%1"_s.arg(1000 + page) }, page + 1 < pages ? u"t%1"_s.arg(page) : QString());
        }
        f->browser->open(f->browser->lists().lists().at(0));
        OpenRead *first = f->browser->shown();
        // From the event loop, long before the last page.
        connect(
            &first->read, &ReadPresenter::pageTaken, this, [first] { first->read.pause(); },
            Qt::ConnectionType(Qt::QueuedConnection | Qt::SingleShotConnection));
        QTRY_COMPARE(first->read.status().state, ReadState::Paused);
        QTRY_COMPARE(f->transport().underWay(), 0);
        const auto &lists = f->browser->lists().lists();
        QVERIFY(first->read.status().rows < quint32(pages));
        first->read.resume();
        QTRY_COMPARE(first->read.status().state, ReadState::Complete);
        openWhole(1, { u"+14165550111"_s });
        for (int i = 0; i < 100; ++i)
            f->browser->open(lists.at(i % 2));
        QCOMPARE(first->model.loadedRows(), quint32(pages));
        testers.clear();
    }
};

QTEST_GUILESS_MAIN(TestBrowser)
#include "tst_browser.moc"
