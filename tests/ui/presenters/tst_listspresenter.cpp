// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "presenters/listspresenter.h"
#include "unit/service/servicefixture.h"

#include <QRegularExpression>
#include <QTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;
using State = ListsPresenter::State;

namespace {

constexpr Action action = Action::DescribeOptOutLists;
constexpr auto ownAccount = "111122223333"_L1;
constexpr auto otherAccount = "444455556666"_L1;

QString arnOf(const QString &name, QLatin1StringView account)
{
    return u"arn:aws:sms-voice:us-east-1:%1:opt-out-list/%2"_s.arg(account, name);
}

QByteArray listsPage(const QStringList &names, QLatin1StringView account)
{
    QJsonArray lists;
    for (const QString &name : names) {
        lists += QJsonObject { { u"OptOutListName"_s, name }, { u"OptOutListArn"_s, arnOf(name, account) },
            { u"CreatedTimestamp"_s, 1600000000 } };
    }
    return QJsonDocument(QJsonObject { { u"OptOutLists"_s, lists } }).toJson();
}

} // namespace

class TestListsPresenter final : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();

    void ownListsThenShared();
    void ownListsShowBeforeTheShared();
    void reloadingChangesAllAtOnce();
    void accountOfNoLists();
    void deniedAtOnce();
    void sharedFailsOwnStay();
    void renewalTriesAgain();
    void typedNames();
    void typedListOfAnotherAccount();
    void typedListsSurviveReloading();
    void badNames_data();
    void badNames();
    void forgetsWithoutService();

private:
    void expectLists(const QStringList &own, const QStringList &shared);
    void load();

    std::unique_ptr<ServiceFixture> f;
    std::unique_ptr<ListsPresenter> m_lists;
};

void TestListsPresenter::init()
{
    QTest::failOnWarning(QRegularExpression(u".?"_s));
    f = std::make_unique<ServiceFixture>();
    m_lists = std::make_unique<ListsPresenter>();
}

void TestListsPresenter::cleanup()
{
    m_lists.reset();
    QCOMPARE(f->transport.complaints(), QStringList());
}

void TestListsPresenter::expectLists(const QStringList &own, const QStringList &shared)
{
    f->transport.expect(action, R"({"Owner":"SELF","MaxResults":100})")
        .reply(200, listsPage(own, ownAccount), answerHeaders());
    f->transport.expect(action, R"({"Owner":"SHARED","MaxResults":100})")
        .reply(200, listsPage(shared, otherAccount), answerHeaders());
}

void TestListsPresenter::load() { m_lists->load(std::make_shared<OptOutService>(f->service())); }

void TestListsPresenter::ownListsThenShared()
{
    expectLists({ u"Default"_s, u"Marketing"_s }, { u"Partner"_s });
    load();
    QCOMPARE(m_lists->state(), State::Loading);
    QTRY_COMPARE(m_lists->state(), State::Loaded);
    QCOMPARE(m_lists->lists().size(), 3);
    QCOMPARE(m_lists->accountId(), QString(ownAccount));
    QVERIFY(!m_lists->lists()[0].shared);
    QVERIFY(m_lists->lists()[2].shared);
    QCOMPARE(m_lists->requestNameOf(m_lists->lists()[1]), u"Marketing"_s);
    QCOMPARE(m_lists->requestNameOf(m_lists->lists()[2]), arnOf(u"Partner"_s, otherAccount));
}

void TestListsPresenter::ownListsShowBeforeTheShared()
{
    QList<QStringList> shown;
    connect(m_lists.get(), &ListsPresenter::changed, this, [&] {
        QStringList names;
        for (const ListEntry &entry : m_lists->lists())
            names += entry.list.name;
        shown += names;
    });
    expectLists({ u"Default"_s, u"Marketing"_s }, { u"Partner"_s });
    m_lists->load(std::make_shared<OptOutService>(f->service()));
    QVERIFY(m_lists->addTyped(u"Named"_s));
    QTRY_COMPARE(m_lists->state(), State::Loaded);
    const QStringList own { u"Default"_s, u"Marketing"_s, u"Named"_s };
    const QStringList all { u"Default"_s, u"Marketing"_s, u"Partner"_s, u"Named"_s };
    QVERIFY(shown.contains(own));
    QCOMPARE(shown.last(), all);
}

void TestListsPresenter::reloadingChangesAllAtOnce()
{
    expectLists({ u"Default"_s }, { u"Partner"_s });
    load();
    QTRY_COMPARE(m_lists->state(), State::Loaded);
    expectLists({ u"Default"_s, u"Marketing"_s }, { u"Partner"_s });
    QList<qsizetype> counts;
    connect(m_lists.get(), &ListsPresenter::changed, this, [&] { counts += m_lists->lists().size(); });
    m_lists->reload();
    QTRY_COMPARE(m_lists->state(), State::Loaded);
    QCOMPARE(counts.last(), 3);
    QVERIFY2(counts.count(2) == counts.size() - 1, "the shared list went and came again");
}

void TestListsPresenter::accountOfNoLists()
{
    expectLists({}, { u"Partner"_s });
    load();
    QTRY_COMPARE(m_lists->state(), State::Loaded);
    QCOMPARE(m_lists->accountId(), QString()); // the shared list tells another account's
}

void TestListsPresenter::deniedAtOnce()
{
    f->transport.expect(action).reply(400, R"({"__type":"AccessDeniedException","Message":"no"})", answerHeaders());
    load();
    QTRY_COMPARE(m_lists->state(), State::Failed);
    QCOMPARE(m_lists->error().kind, Error::Kind::AccessDenied);
    QVERIFY(m_lists->lists().isEmpty());
}

void TestListsPresenter::sharedFailsOwnStay()
{
    f->transport.expect(action).reply(200, listsPage({ u"Default"_s }, ownAccount), answerHeaders());
    f->transport.expect(action).reply(400, R"({"__type":"ValidationException","Message":"no"})", answerHeaders());
    load();
    QTRY_COMPARE(m_lists->state(), State::Failed);
    QCOMPARE(m_lists->lists().size(), 1);
    QCOMPARE(m_lists->accountId(), QString(ownAccount));
}

void TestListsPresenter::renewalTriesAgain()
{
    f->transport.expect(action).reply(400, R"({"__type":"ExpiredTokenException","message":"no"})", answerHeaders());
    load();
    QTRY_COMPARE(m_lists->state(), State::Failed);
    expectLists({ u"Default"_s }, {});
    m_lists->renew(std::make_shared<OptOutService>(f->service()));
    QTRY_COMPARE(m_lists->state(), State::Loaded);
    m_lists->renew(std::make_shared<OptOutService>(f->service())); // nothing had failed: no call
    QCOMPARE(m_lists->state(), State::Loaded);
}

void TestListsPresenter::typedNames()
{
    expectLists({ u"Default"_s }, { u"Partner"_s });
    load();
    QTRY_COMPARE(m_lists->state(), State::Loaded);
    QCOMPARE(m_lists->addTyped(u" Default "_s)->list.arn, arnOf(u"Default"_s, ownAccount)); // known already
    QCOMPARE(m_lists->lists().size(), 2);
    const Result<ListEntry> hidden = m_lists->addTyped(u"Hidden"_s);
    QVERIFY(hidden);
    QVERIFY(hidden->typed && !hidden->shared);
    QCOMPARE(m_lists->requestNameOf(*hidden), u"Hidden"_s);
    // A plain name is never another account's list.
    QVERIFY(m_lists->addTyped(u"Partner"_s)->typed);
    QCOMPARE(m_lists->lists().size(), 4);
}

void TestListsPresenter::typedListOfAnotherAccount()
{
    expectLists({ u"Default"_s }, {});
    load();
    QTRY_COMPARE(m_lists->state(), State::Loaded);
    const Result<ListEntry> entry = m_lists->addTyped(arnOf(u"Partner"_s, otherAccount));
    QVERIFY(entry && entry->shared);
    QCOMPARE(entry->list.name, u"Partner"_s);
    QCOMPARE(m_lists->requestNameOf(*entry), arnOf(u"Partner"_s, otherAccount));
}

void TestListsPresenter::typedListsSurviveReloading()
{
    expectLists({ u"Default"_s }, {});
    load();
    QTRY_COMPARE(m_lists->state(), State::Loaded);
    QVERIFY(m_lists->addTyped(u"Hidden"_s));
    QVERIFY(m_lists->addTyped(u"Late"_s));
    expectLists({ u"Default"_s, u"Late"_s }, {});
    m_lists->reload();
    QCOMPARE(m_lists->lists().size(), 3); // until the answer is there
    QTRY_COMPARE(m_lists->state(), State::Loaded);
    QStringList names;
    for (const ListEntry &entry : m_lists->lists())
        names += entry.list.name;
    QCOMPARE(names, QStringList({ u"Default"_s, u"Late"_s, u"Hidden"_s }));
}

void TestListsPresenter::badNames_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << QString();
    QTest::newRow("blanks") << u"  "_s;
    QTest::newRow("a space inside") << u"My list"_s;
    QTest::newRow("too long") << QString(257, u'a');
    QTest::newRow("a letter with an accent") << u"Défaut"_s;
}

void TestListsPresenter::badNames()
{
    QFETCH(const QString, text);
    const Result<ListEntry> entry = m_lists->addTyped(text);
    QVERIFY(!entry);
    QCOMPARE(entry.error().kind, Error::Kind::InvalidInput);
    QVERIFY(m_lists->lists().isEmpty());
}

void TestListsPresenter::forgetsWithoutService()
{
    expectLists({ u"Default"_s }, {});
    load();
    QTRY_COMPARE(m_lists->state(), State::Loaded);
    m_lists->load(nullptr);
    QCOMPARE(m_lists->state(), State::Idle);
    QVERIFY(m_lists->lists().isEmpty());
    QCOMPARE(m_lists->accountId(), QString());
}

QTEST_GUILESS_MAIN(TestListsPresenter)
#include "tst_listspresenter.moc"
