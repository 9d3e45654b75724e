// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/listtree.h"

#include "ui/presenters/browserfixture.h"

#include <QAction>
#include <QLineEdit>
#include <QTreeWidget>
#include <QtTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;
using State = ReadStatus::State;

class TestListTree final : public QObject {
    Q_OBJECT

    std::unique_ptr<BrowserFixture> f;
    QAction m_reload;
    std::unique_ptr<ListTree> m_lists;

    QTreeWidget *tree() { return m_lists->findChild<QTreeWidget *>(u"optOutLists"_s); }
    QStringList lines()
    {
        QStringList all;
        for (QTreeWidgetItemIterator it(tree()); *it; ++it)
            all += (*it)->text(0);
        return all;
    }
    QString current() { return tree()->currentItem() ? tree()->currentItem()->text(0) : QString(); }
    qsizetype selected() { return tree()->selectedItems().size(); }
    void click(const QString &line)
    {
        QTreeWidgetItem *item = tree()->findItems(line, Qt::MatchExactly | Qt::MatchRecursive).value(0);
        QVERIFY(item);
        QTest::mouseClick(tree()->viewport(), Qt::LeftButton, Qt::NoModifier, tree()->visualItemRect(item).center());
    }
    void arrive(const std::function<void()> &go)
    {
        f->expectLists({ arnOf(u"Default"_s), arnOf(u"Marketing"_s) });
        go();
        QTRY_COMPARE(f->browser->lists().state(), ListsPresenter::State::Loaded);
    }
    void openWhole(const std::function<void()> &open)
    {
        f->expectNumbers({ u"+14165550100"_s });
        open();
        QTRY_COMPARE(f->browser->read().status().state, State::Complete);
    }
    void openNamed(const QString &name)
    {
        openWhole([&] { QVERIFY(f->browser->openNamed(name)); });
    }

private slots:
    void init()
    {
        f = std::make_unique<BrowserFixture>();
        m_lists = std::make_unique<ListTree>(*f->browser, &m_reload);
        m_lists->resize(400, 400);
        m_lists->show();
        arrive([this] { f->browser->session().connectTo(u"a"_s); });
    }
    void cleanup()
    {
        m_lists.reset();
        f->browser.reset();
        f->keeper.reset();
        QCOMPARE(f->transport().complaints(), QStringList());
    }

    void aNamedListStaysWhenTheListsAreReadAnew()
    {
        openNamed(u"Hidden"_s);
        QCOMPARE(lines(), QStringList({ u"Default"_s, u"Marketing"_s, u"Hidden"_s }));
        arrive([this] { f->browser->session().setRegion(u"eu-west-1"_s); });
        QCOMPARE(lines().size(), 4); // with its place above it
        arrive([this] { f->browser->session().setRegion(u"us-east-1"_s); });
        QCOMPARE(lines(), QStringList({ u"Default"_s, u"Marketing"_s, u"Hidden"_s }));
        QCOMPARE(current(), u"Hidden"_s);
        QCOMPARE(tree()->currentItem()->text(1), u"Complete"_s);
        openWhole([this] { click(u"Default"_s); });
        click(u"Hidden"_s); // it is open: no page is asked for
        QCOMPARE(f->browser->openList()->list.name, u"Hidden"_s);
        QCOMPARE(f->browser->reads().size(), 2);
    }

    void unlistedLinesAreFiltered()
    {
        openNamed(u"Hidden"_s);
        arrive([this] { f->browser->session().setRegion(u"eu-west-1"_s); });
        arrive([this] { f->browser->session().setRegion(u"us-east-1"_s); });
        m_lists->findChild<QLineEdit *>(u"listFilter"_s)->setText(u"mark"_s);
        QVERIFY(!tree()->topLevelItem(1)->isHidden());
        QVERIFY(tree()->topLevelItem(2)->isHidden());
        m_lists->findChild<QLineEdit *>(u"listFilter"_s)->setText(u"hid"_s);
        QVERIFY(!tree()->topLevelItem(2)->isHidden());
    }

    void theLineOfTheListShownIsTheCurrentOne()
    {
        openWhole([this] { click(u"Default"_s); });
        OpenRead *first = f->browser->shown();
        openWhole([this] { click(u"Marketing"_s); });
        QCOMPARE(current(), u"Marketing"_s);
        f->browser->show(*first); // as by a message of the desktop
        QCOMPARE(current(), u"Default"_s);
        openNamed(u"Hidden"_s);
        QCOMPARE(current(), u"Hidden"_s);
        f->browser->close(*f->browser->shown());
        QCOMPARE(current(), u"Default"_s);
        QCOMPARE(selected(), 1);
    }

    void noLineIsCurrentWhenNoListIsShown()
    {
        openWhole([this] { click(u"Default"_s); });
        f->browser->close(*f->browser->shown());
        QCOMPARE(current(), QString());
        QCOMPARE(selected(), 0);
    }

    void theLineGoneToWithKeysStays()
    {
        openWhole([this] { click(u"Default"_s); });
        openNamed(u"Hidden"_s);
        tree()->setFocus();
        QTest::keyClick(tree(), Qt::Key_Up);
        QCOMPARE(current(), u"Marketing"_s);
        f->expectLists({ arnOf(u"Default"_s), arnOf(u"Marketing"_s), arnOf(u"New"_s) });
        f->browser->lists().reload();
        QTRY_VERIFY(lines().contains(u"New"_s));
        QCOMPARE(current(), u"Marketing"_s);
        QCOMPARE(f->browser->openList()->list.name, u"Hidden"_s);
    }

    void choosingAListOfAnotherPlaceMakesItCurrent()
    {
        openWhole([this] { click(u"Marketing"_s); });
        arrive([this] { f->browser->session().connectTo(u"b"_s); });
        QCOMPARE(current(), QString());
        QCOMPARE(lines().size(), 4);
        QTreeWidgetItem *elsewhere = tree()->topLevelItem(2)->child(0);
        arrive([&] { emit tree()->itemActivated(elsewhere, 0); });
        QCOMPARE(current(), u"Marketing"_s);
        QVERIFY(!tree()->currentItem()->parent());
        QCOMPARE(lines().size(), 2);
    }
};

QTEST_MAIN(TestListTree)
#include "tst_listtree.moc"
