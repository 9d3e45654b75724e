// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "service/readoperation.h"
#include "servicefixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

#include <random>

namespace optout {

//! A list behind a FakeTransport, with the service's filter and the ways in which pages can be odd.
class FakeList {
public:
    enum class Filter { Works, Refused, RefusedForFalse, Ignored, FalseGivesNothing, FalseLeavesOneOut };

    struct Row {
        QString number;
        bool endUser;
    };
    QList<Row> rows;
    Filter filter = Filter::Works;
    int mostRows = 100; //!< on a page
    double overlap = 0, empty = 0; //!< shares of the pages
    int refuseToken = 0, repeatToken = 0, throttle = 0; //!< at that call, counted from 1; negative: at every such call
    std::mt19937 random { 1 };
    int calls = 0;
    QList<QJsonObject> requests;

    void fill(int count, double endUsers)
    {
        for (int i = 0; i < count; ++i) {
            rows +=
                { QStringLiteral("+1%1").arg(4160000000 + i), std::uniform_real_distribution<>()(random) < endUsers };
        }
    }

    HttpReply answer(const HttpRequest &request)
    {
        ++calls;
        const QJsonObject input = QJsonDocument::fromJson(request.body).object();
        requests += input;
        const QString token = input.value(QStringLiteral("NextToken")).toString();
        const QJsonArray filters = input.value(QStringLiteral("Filters")).toArray();
        std::optional<bool> wanted;
        if (!filters.isEmpty())
            wanted = filters.first()[QStringLiteral("Values")][0].toString() == QStringLiteral("true");
        if (isNow(throttle))
            return { .status = 400, .headers = againAtOnce(), .body = throttled() };
        if (!token.isEmpty() && isNow(refuseToken))
            return refusal(QStringLiteral("INVALID_NEXT_TOKEN"));
        if ((filter == Filter::Refused && wanted) || (filter == Filter::RefusedForFalse && wanted == false))
            return refusal(QStringLiteral("INVALID_FILTER_VALUES"));
        const int limit = std::min(mostRows, input.value(QStringLiteral("MaxResults")).toInt());
        return { .status = 200, .headers = answerHeaders(), .body = page(filtered(wanted), token, limit) };
    }

private:
    bool isNow(int call) const { return call > 0 ? calls == call : call < 0 && calls % -call == 0; }
    bool isLucky(double share) { return std::uniform_real_distribution<>()(random) < share; }

    static HttpReply refusal(const QString &reason)
    {
        const QJsonObject body { { QStringLiteral("__type"), QStringLiteral("ValidationException") },
            { QStringLiteral("Message"), QStringLiteral("No") }, { QStringLiteral("Reason"), reason } };
        return { .status = 400, .headers = answerHeaders(), .body = QJsonDocument(body).toJson() };
    }

    QList<Row> filtered(std::optional<bool> wanted) const
    {
        QList<Row> out;
        bool isOneLeftOut = filter != Filter::FalseLeavesOneOut || wanted != false;
        for (const Row &row : rows) {
            if (filter == Filter::Ignored || !wanted || row.endUser == *wanted) {
                if (isOneLeftOut && (filter != Filter::FalseGivesNothing || wanted != false))
                    out += row;
                isOneLeftOut = true;
            }
        }
        return out;
    }

    QByteArray page(const QList<Row> &all, const QString &token, int limit)
    {
        qsizetype from = token.section(u'.', 0, 0).toLongLong();
        qsizetype to = std::min<qsizetype>(all.size(), from + limit);
        if (isLucky(empty))
            to = from;
        else if (from > 0 && isLucky(overlap))
            from -= std::min<qsizetype>(from, 1 + qsizetype(random() % 5));
        QJsonArray items;
        for (const Row &row : all.sliced(from, to - from)) {
            items += QJsonObject { { QStringLiteral("OptedOutNumber"), row.number },
                { QStringLiteral("OptedOutTimestamp"), 1655236397.857 },
                { QStringLiteral("EndUserOptedOut"), row.endUser } };
        }
        QJsonObject out { { QStringLiteral("OptedOutNumbers"), items } };
        if (!token.isEmpty() && isNow(repeatToken))
            out.insert(QStringLiteral("NextToken"), token);
        else if (to < all.size())
            out.insert(QStringLiteral("NextToken"), QStringLiteral("%1.%2").arg(to).arg(calls));
        return QJsonDocument(out).toJson(QJsonDocument::Compact);
    }
};

//! What the tests of ReadOperation have in common: a list, and a reader that keeps what it is given.
class ReadFixture : public QObject {
    Q_OBJECT
protected:
    struct Reader {
        QStringList numbers {}; //!< since the last restart
        QList<ReadPlace> places {}; //!< after each page
        QList<qsizetype> counts {}; //!< of numbers, after each page
        QList<Error> restarts {};
        int waits = 0;
        std::optional<Result<Done>> outcome {};
    };

    //! Reads until the end, and asks for more with each page.
    ReadOperation *newRead(Reader &reader, const ReadQuery &query = { .optOutListName = QStringLiteral("Default") })
    {
        ReadOperation *read = f->service().read(query, m_owner.get());
        connect(read, &ReadOperation::pageArrived, this, [&reader, read](const ReadPage &page) {
            for (const OptedOutNumber &row : page.numbers)
                reader.numbers += QString::fromStdString(row.number);
            reader.places += page.place;
            reader.counts += reader.numbers.size();
            read->requestMore();
        });
        connect(read, &ReadOperation::restarted, this, [&reader, read](const Error &why) {
            reader.numbers.clear();
            reader.places.clear();
            reader.counts.clear();
            reader.restarts += why;
            read->requestMore();
        });
        connect(read, &ReadOperation::waiting, this, [&reader] { ++reader.waits; });
        connect(
            read, &ReadOperation::finished, this, [&reader](const Result<Done> &outcome) { reader.outcome = outcome; });
        return read;
    }

    Reader readAll(const ReadQuery &query = { .optOutListName = QStringLiteral("Default") })
    {
        Reader reader;
        ReadOperation *read = newRead(reader, query);
        QSignalSpy finished(read, &ReadOperation::finished);
        read->requestMore();
        if (!finished.wait(20'000)) // QTRY_ would sleep between two looks: there are thousands of reads
            reader.outcome = Error { .detail = QStringLiteral("the read never finished") };
        delete read;
        return reader;
    }

    QStringList allNumbers() const
    {
        QStringList all;
        for (const FakeList::Row &row : m_list->rows)
            all += row.number;
        return all;
    }
    static QStringList sorted(QStringList list)
    {
        list.sort();
        return list;
    }

    std::unique_ptr<ServiceFixture> f;
    std::unique_ptr<FakeList> m_list;
    std::unique_ptr<QObject> m_owner;
    std::chrono::milliseconds m_latency { 50 };
    int m_mostUnderWay = 0;

private slots:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
        m_owner = std::make_unique<QObject>();
        f = std::make_unique<ServiceFixture>();
        m_list = std::make_unique<FakeList>();
        m_latency = std::chrono::milliseconds(50);
        m_mostUnderWay = 0;
        f->transport.answerOthers([this](const HttpRequest &request) -> Result<HttpReply> {
            m_mostUnderWay = std::max(m_mostUnderWay, f->transport.underWay());
            f->clock.advance(m_latency);
            return m_list->answer(request);
        });
    }

    void cleanup()
    {
        m_owner.reset();
        if (f) {
            QCOMPARE(f->transport.complaints(), QStringList());
            QCOMPARE(f->transport.underWay(), 0);
        }
    }
};

} // namespace optout
