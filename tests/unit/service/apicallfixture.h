// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "service/apicall.h"
#include "servicefixture.h"

#include <QRegularExpression>
#include <QTest>

namespace optout {

//! What the tests of ApiCall have in common: a service of fakes, and calls whose signals are kept.
class ApiCallFixture : public QObject {
    Q_OBJECT
protected:
    static constexpr Action action = Action::DescribeOptedOutNumbers;

    ApiCall *newCall(QObject *parent, Patience patience = Patience::Call)
    {
        if (!m_context)
            m_context = f->context();
        auto *call = new ApiCall(
            m_context, action, "{}",
            [this](const QByteArray &body) -> Result<Done> {
                m_read = body;
                if (body == "unreadable")
                    return Error { .kind = Error::Kind::BadResponse, .detail = QStringLiteral("no JSON") };
                return Done {};
            },
            patience, parent);
        connect(call, &ApiCall::waiting, this, [this](const Waiting &waiting) { m_waits += waiting; });
        connect(call, &ApiCall::sent, this, [this] { ++m_sent; });
        return call;
    }

    //! Runs a call to its end.
    Result<Done> run(Patience patience = Patience::Call)
    {
        QObject owner;
        ApiCall *call = newCall(&owner, patience);
        QSignalSpy finished(call, &ApiCall::finished);
        call->start();
        if (finished.isEmpty() && !finished.wait())
            return Error { .detail = QStringLiteral("the call never finished") };
        return onlyOutcome(finished);
    }

    static QString signedAt(const HttpRequest &request, const QByteArray &time)
    {
        const QByteArray date = FakeTransport::header(request, "X-Amz-Date");
        return date == time ? QString() : QStringLiteral("signed at %1").arg(QString::fromLatin1(date));
    }

    std::unique_ptr<ServiceFixture> f;
    std::shared_ptr<ServiceContext> m_context;
    QByteArray m_read; // the last body that was read
    QList<Waiting> m_waits;
    int m_sent = 0;

private slots:
    void initTestCase_data()
    {
        QTest::addColumn<bool>("keysAreAtHand");
        QTest::newRow("keys asked for") << false;
        QTest::newRow("keys at hand") << true;
    }

    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
        f = std::make_unique<ServiceFixture>();
        QFETCH_GLOBAL(const bool, keysAreAtHand);
        f->credentials->isAtHand = keysAreAtHand;
        m_context.reset();
        m_read.clear();
        m_waits.clear();
        m_sent = 0;
    }

    void cleanup()
    {
        if (f)
            QCOMPARE(f->transport.complaints(), QStringList());
    }
};

} // namespace optout
