// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "ui/presenters/browserfixture.h"
#include "widgets/connectionbar.h"
#include "widgets/windowactions.h"

#include <QLabel>
#include <QTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

//! Who one is and how long the keys hold, in the connection bar.
class TestIdentityLabel final : public QObject {
    Q_OBJECT
private slots:
    void countsDownWithoutMovingAnything()
    {
        BrowserFixture f;
        f.signIns.identity = test::readerIdentity();
        f.signIns.until = f.borders.clock.now() + 41min + 30s;
        QObject owner;
        const WindowActions actions(&owner);
        ConnectionBar bar(*f.browser, actions);
        bar.resize(1200, bar.sizeHint().height());
        bar.show();
        f.expectLists();
        f.browser->session().connectTo(u"a"_s);
        const auto *name = bar.findChild<QLabel *>(u"identityName"_s);
        const auto *time = bar.findChild<QLabel *>(u"timeLeft"_s);
        QTRY_COMPARE(name->text(), u"role ReadOnly"_s);
        QVERIFY(name->toolTip().contains(u"arn:aws:sts::111122223333:assumed-role/ReadOnly/ann"_s));
        QCOMPARE(name->accessibleName(), u"Identity: role ReadOnly"_s);
        QCOMPARE(time->text(), u"· 41 min left"_s);
        QVERIFY(time->accessibleName().contains(u"41"_s));
        QCOMPARE(bar.findChild<QLabel *>(u"account"_s)->text(), u"Account 1111-2222-3333"_s);

        const int place = bar.findChild<QLabel *>(u"account"_s)->x();
        f.borders.clock.advance(40min);
        bar.update();
        QCOMPARE(time->text(), u"· 90 s left"_s);
        QCOMPARE(bar.findChild<QLabel *>(u"account"_s)->x(), place);
        f.borders.clock.advance(2min);
        bar.update();
        QCOMPARE(time->text(), u"· expired"_s);
        QCOMPARE(bar.findChild<QLabel *>(u"account"_s)->x(), place);
    }

    void saysThatSignInIsNeeded()
    {
        BrowserFixture f;
        f.signIns.failure = Error { .kind = Error::Kind::Cancelled };
        QObject owner;
        const WindowActions actions(&owner);
        ConnectionBar bar(*f.browser, actions);
        bar.show();
        f.browser->session().connectTo(u"a"_s);
        QTRY_COMPARE(bar.findChild<QLabel *>(u"identityName"_s)->text(), u"Sign-in needed"_s);
        QVERIFY(!bar.findChild<QLabel *>(u"timeLeft"_s)->isVisible());
    }
};

QTEST_MAIN(TestIdentityLabel)
#include "tst_identitylabel.moc"
