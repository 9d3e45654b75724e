// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "browserfixture.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

namespace optout {

using namespace Qt::Literals::StringLiterals;

//! What the tests with several places have in common: it begins at connection "a".
class BrowserPlacesFixture : public QObject {
    Q_OBJECT
protected:
    using ReadState = ReadStatus::State;

    //! Goes to another place and waits until its two lists are there.
    void arrive(const std::function<void()> &go)
    {
        f->expectLists({ arnOf(u"Default"_s), arnOf(u"Marketing"_s) });
        go();
        QTRY_COMPARE(f->browser->lists().state(), ListsPresenter::State::Loaded);
        QCOMPARE(f->browser->lists().lists().size(), 2);
    }
    void replaceKeys(const QString &accessKeyId, ConnectionList::KeepKeys keep = ConnectionList::KeepKeys::InKeychain)
    {
        QSignalSpy replaced(&f->connections, &ConnectionList::keysChanged);
        f->connections.update(
            *f->connections.find(u"a"_s), FakeCredentialsProvider::credentials(accessKeyId), keep, this);
        QTRY_COMPARE(replaced.size(), 1);
    }
    OpenRead *openWhole(int list, const QStringList &numbers)
    {
        f->expectNumbers(numbers);
        f->browser->open(f->browser->lists().lists().at(list));
        [&] { QTRY_COMPARE(f->browser->read().status().state, ReadState::Complete); }();
        return f->browser->shown();
    }
    //! One page of two, then paused.
    OpenRead *openPart(int list)
    {
        f->expectNumbers({ u"+14165550100"_s }, u"t1"_s);
        f->browser->open(f->browser->lists().lists().at(list));
        OpenRead *read = f->browser->shown();
        read->read.pause();
        [&] { QTRY_COMPARE(read->read.status().rows, 1U); }();
        return read;
    }
    BrowserSession &session() { return f->browser->session(); }

    std::unique_ptr<BrowserFixture> f;

private slots:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".?"_s));
        f = std::make_unique<BrowserFixture>();
        arrive([this] { session().connectTo(u"a"_s); });
    }
    void cleanup()
    {
        f->browser.reset();
        QCOMPARE(f->transport().complaints(), QStringList());
    }
};

} // namespace optout
