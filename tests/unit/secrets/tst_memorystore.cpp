// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "secrets/memorystore.h"

#include <QSignalSpy>
#include <QtTest>

#include <memory>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

class TestMemoryStore final : public QObject {
    Q_OBJECT

    QObject m_owner;

    // Waits for the job's answer.
    static Result<Credentials> outcomeOf(CredentialJob *job)
    {
        QSignalSpy spy(job, &CredentialJob::finished);
        if (!spy.isEmpty() || !spy.wait(1000))
            return Error { .kind = Error::Kind::Timeout, .detail = u"not answered from the event loop"_s };
        return spy.at(0).at(0).value<Result<Credentials>>();
    }

    static Credentials keys()
    {
        return { .accessKeyId = u"AKIAEXAMPLE"_s,
            .secretAccessKey = Secret(QByteArrayView("secret")),
            .sessionToken = Secret(QByteArrayView("token")) };
    }

private slots:
    void keepsKeysWithTheirToken()
    {
        MemoryStore store;
        QVERIFY(outcomeOf(store.save(u"one"_s, keys(), &m_owner)));
        QVERIFY(store.contains(u"one"_s));
        const auto loaded = outcomeOf(store.load(u"one"_s, &m_owner));
        QVERIFY(loaded);
        QCOMPARE(loaded->accessKeyId, u"AKIAEXAMPLE"_s);
        QCOMPARE(loaded->secretAccessKey.expose(), QByteArrayView("secret"));
        QCOMPARE(loaded->sessionToken.expose(), QByteArrayView("token"));
    }

    void tellsWhatIsNotThere()
    {
        MemoryStore store;
        const auto loaded = outcomeOf(store.load(u"one"_s, &m_owner));
        QVERIFY(!loaded);
        QCOMPARE(loaded.error().kind, Error::Kind::NotFound);
    }

    void removesAndRemovesAgain()
    {
        MemoryStore store;
        store.insert(u"one"_s, keys());
        QVERIFY(outcomeOf(store.remove(u"one"_s, &m_owner)));
        QVERIFY(!store.contains(u"one"_s));
        QVERIFY(outcomeOf(store.remove(u"one"_s, &m_owner)));
    }

    void aDroppedJobSaysNothing()
    {
        MemoryStore store;
        auto owner = std::make_unique<QObject>();
        int answers = 0;
        connect(store.load(u"one"_s, owner.get()), &CredentialJob::finished, this, [&answers] { ++answers; });
        owner.reset();
        QVERIFY(outcomeOf(store.remove(u"one"_s, &m_owner))); // queued later, so the first would have come before
        QCOMPARE(answers, 0);
    }
};

QTEST_GUILESS_MAIN(TestMemoryStore)
#include "tst_memorystore.moc"
