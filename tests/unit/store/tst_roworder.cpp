// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "store/roworder.h"

#include "unit/store/samplerows.h"

#include <QtTest>

#include <algorithm>
#include <thread>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

namespace {

bool isNumber(std::string_view text)
{
    return !text.empty() && text.size() <= 19 && text.front() != '0'
        && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// What SortSpec says, word by word and one row at a time.
bool standsBefore(const OptedOutNumber &a, const OptedOutNumber &b, SortSpec::Key key)
{
    switch (key) {
    case SortSpec::Key::AsRead:
        return false;
    case SortSpec::Key::Number: {
        const auto bare = [](std::string_view text) { return text.substr(text.starts_with('+') ? 1 : 0); };
        const std::string_view first = bare(a.number);
        const std::string_view second = bare(b.number);
        return isNumber(first) != isNumber(second) ? isNumber(first) : first < second;
    }
    case SortSpec::Key::OptedOutAt:
        return a.optedOutAt < b.optedOutAt; // nothing is less than any time
    case SortSpec::Key::OptedOutBy:
        return a.endUserOptedOut < b.endUserOptedOut;
    }
    return false;
}

std::vector<quint32> naiveOrder(std::span<const OptedOutNumber> rows, const RowQuery &query)
{
    std::vector<quint32> out;
    for (quint32 i = 0; i < rows.size(); ++i) {
        if (query.filter.matches(rows[i]))
            out.push_back(i);
    }
    std::stable_sort(out.begin(), out.end(), [&](quint32 a, quint32 b) {
        return query.sort.descending ? standsBefore(rows[b], rows[a], query.sort.key)
                                     : standsBefore(rows[a], rows[b], query.sort.key);
    });
    return out;
}

std::vector<quint32> contentOf(const RowOrder &order)
{
    std::vector<quint32> out;
    for (quint32 i = 0; i < order.size(); ++i)
        out.push_back(order.storeRow(i));
    return out;
}

NumberPattern pattern(const QString &text)
{
    const auto parsed = NumberPattern::parse(text);
    return parsed ? *parsed : NumberPattern();
}

// A pattern made of a number of the sample, so that it finds something more often than not.
NumberPattern randomPattern(SampleRows &random)
{
    QString text = QString::fromStdString(random.row().number);
    text.remove(u'+');
    const auto at = text.isEmpty() ? 0 : qsizetype(random.below(quint32(text.size())));
    switch (random.below(10)) {
    case 0:
        return pattern(u'+' + text.left(at + 1));
    case 1:
        return pattern(text.mid(at, 3));
    case 2:
        return pattern(u'*' + text.mid(at));
    case 3:
        return pattern(text.left(at) + u'*');
    case 4:
        return pattern(text.left(at) + u'?' + text.mid(at + 1));
    case 5:
        return pattern(u"*"_s + text.mid(at, 1) + u"?"_s + text.mid(at + 2, 1) + u"*"_s);
    case 6:
        return pattern(text.left(2) + u'*' + text.mid(4, 1) + u'*' + text.right(2));
    case 7:
        return pattern(QString(qsizetype(1 + random.below(21)), u'?'));
    default:
        return {};
    }
}

RowQuery randomQuery(SampleRows &random)
{
    RowQuery query;
    query.filter.by = OptedOutBy(random.below(3));
    query.filter.number = randomPattern(random);
    if (random.below(3) == 0)
        query.filter.from = random.row().optedOutAt;
    if (random.below(3) == 0)
        query.filter.until = random.row().optedOutAt;
    query.sort = { .key = SortSpec::Key(random.below(4)), .descending = random.below(2) == 0 };
    return query;
}

} // namespace

class TestRowOrder final : public QObject {
    Q_OBJECT

private slots:
    void agreesWithTheReference_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("queries");
        QTest::newRow("no rows") << 0 << 100;
        QTest::newRow("one row") << 1 << 200;
        QTest::newRow("a page") << 100 << 2'000;
        QTest::newRow("thousands") << 6'000 << 120;
        QTest::newRow("more than one chunk") << 70'000 << 10;
    }
    void agreesWithTheReference()
    {
        QFETCH(int, rows);
        QFETCH(int, queries);
        SampleRows random(quint32(rows) + 1);
        const auto sample = random.rows(std::size_t(rows));
        NumberStore store;
        QVERIFY(store.append(sample));
        for (int i = 0; i < queries; ++i) {
            const RowQuery query = randomQuery(random);
            const auto order = buildOrder(store.snapshot(), query);
            QVERIFY(order);
            const auto expected = naiveOrder(sample, query);
            QVERIFY2(contentOf(*order) == expected, describe(query, order->size(), expected.size()).constData());
            QCOMPARE(order->query(), query);
            QCOMPARE(order->judgedRows(), quint32(rows));
        }
    }

    void extendedAgreesWithBuiltAnew()
    {
        SampleRows random(77);
        for (int round = 0; round < 80; ++round) {
            const auto sample = random.rows(1 + random.below(5'000));
            const RowQuery query = randomQuery(random);
            NumberStore store;
            std::shared_ptr<const RowOrder> order = buildOrder(store.snapshot(), query);
            for (std::size_t first = 0; first < sample.size();) {
                const auto count = std::min<std::size_t>(1 + random.below(2'000), sample.size() - first);
                QVERIFY(store.append(std::span(sample).subspan(first, count)));
                first += count;
                order = extendOrder(*order, store.snapshot());
                QCOMPARE(order->judgedRows(), store.size());
            }
            const auto expected = naiveOrder(sample, query);
            QVERIFY2(contentOf(*order) == expected, describe(query, order->size(), expected.size()).constData());
        }
    }

    void twoExtensionsOfOneOrderDoNotMeet()
    {
        // Both want to write behind the same rows; a third thread reads those rows meanwhile.
        SampleRows random(5);
        NumberStore store;
        const auto sample = random.rows(20'000);
        QVERIFY(store.append(std::span(sample).first(10'000)));
        const RowQuery query { .filter = { .by = OptedOutBy::EndUser } };
        const auto base = buildOrder(store.snapshot(), query);
        const auto before = contentOf(*base);
        QVERIFY(store.append(std::span(sample).subspan(10'000, 1'000)));
        const StoreSnapshot shorter = store.snapshot();
        QVERIFY(store.append(std::span(sample).subspan(11'000)));
        const StoreSnapshot longer = store.snapshot();
        std::shared_ptr<const RowOrder> one;
        std::shared_ptr<const RowOrder> two;
        {
            const std::jthread first([&] { one = extendOrder(*base, shorter); });
            const std::jthread second([&] { two = extendOrder(*base, longer); });
            QCOMPARE(contentOf(*base), before);
        }
        QVERIFY(contentOf(*one) == naiveOrder(std::span(sample).first(11'000), query));
        QVERIFY(contentOf(*two) == naiveOrder(sample, query));
        QCOMPARE(contentOf(*base), before);
    }

    void findsTheViewRow_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<int>("by");
        QTest::newRow("the store itself") << int(SortSpec::Key::AsRead) << int(OptedOutBy::Anyone);
        QTest::newRow("filtered") << int(SortSpec::Key::AsRead) << int(OptedOutBy::EndUser);
        QTest::newRow("sorted") << int(SortSpec::Key::Number) << int(OptedOutBy::Anyone);
        QTest::newRow("sorted and filtered") << int(SortSpec::Key::OptedOutAt) << int(OptedOutBy::NotEndUser);
    }
    void findsTheViewRow()
    {
        QFETCH(int, key);
        QFETCH(int, by);
        SampleRows random(8);
        const auto sample = random.rows(500);
        NumberStore store;
        QVERIFY(store.append(sample));
        const auto order =
            buildOrder(store.snapshot(), { .filter = { .by = OptedOutBy(by) }, .sort = { .key = SortSpec::Key(key) } });
        quint32 found = 0;
        for (quint32 row = 0; row < store.size() + 10; ++row) {
            const auto place = order->viewRow(row);
            QCOMPARE(place.has_value(), row < store.size() && order->query().filter.matches(sample[row]));
            if (place) {
                QCOMPARE(order->storeRow(*place), row);
                ++found;
            }
        }
        QCOMPARE(found, order->size());
    }

    void sortsWhatIsSkewed_data()
    {
        QTest::addColumn<int>("shape");
        QTest::newRow("one far away, the rest together") << 0;
        QTest::newRow("all equal") << 1;
        QTest::newRow("sorted already") << 2;
        QTest::newRow("sorted the other way round") << 3;
        QTest::newRow("equal but for length") << 4;
        QTest::newRow("only texts") << 5;
        QTest::newRow("groups within groups") << 6;
    }
    void sortsWhatIsSkewed()
    {
        QFETCH(int, shape);
        SampleRows random(9);
        std::vector<OptedOutNumber> sample;
        constexpr quint32 count = 20'000; // more than is sorted in one piece
        for (quint32 i = 0; i < count; ++i) {
            const std::array<std::string, 7> numbers { i == 7 ? "+9999999999999999999" : "+1416555" + random.digits(4),
                "+14165550123", "+1" + std::to_string(100'000 + i), "+1" + std::to_string(900'000 - i),
                "+1" + std::string(random.below(18), '0'), "T" + random.digits(6),
                "+1" + std::string(random.below(16), '0') + random.digits(2) };
            const std::array<qint64, 7> times { i == 7 ? 0 : 1'700'000'000'000 + random.below(50), 5, i, -qint64(i), 3,
                4, qint64(1) << random.below(60) };
            sample.push_back({ .number = numbers[std::size_t(shape)],
                .optedOutAt = SampleRows::at(times[std::size_t(shape)]),
                .endUserOptedOut = random.below(1'000) == 0 });
        }
        NumberStore store;
        QVERIFY(store.append(sample));
        for (const auto key : { SortSpec::Key::Number, SortSpec::Key::OptedOutAt, SortSpec::Key::OptedOutBy }) {
            for (const bool descending : { false, true }) {
                const RowQuery query { .sort = { .key = key, .descending = descending } };
                QVERIFY(contentOf(*buildOrder(store.snapshot(), query)) == naiveOrder(sample, query));
            }
        }
    }

    void stopsWhenAsked_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<bool>("texts");
        QTest::newRow("filter") << int(SortSpec::Key::AsRead) << false;
        QTest::newRow("number") << int(SortSpec::Key::Number) << false;
        QTest::newRow("texts") << int(SortSpec::Key::Number) << true;
        QTest::newRow("time") << int(SortSpec::Key::OptedOutAt) << false;
        QTest::newRow("who") << int(SortSpec::Key::OptedOutBy) << false;
    }
    void stopsWhenAsked()
    {
        QFETCH(int, key);
        QFETCH(bool, texts);
        SampleRows random(10);
        std::vector<OptedOutNumber> sample(200'000);
        for (OptedOutNumber &row : sample)
            row = { .number = (texts ? "T" : "+1") + random.digits(9), .optedOutAt = random.row().optedOutAt };
        NumberStore store;
        QVERIFY(store.append(sample));
        const RowQuery query { .filter = { .by = OptedOutBy::NotEndUser }, .sort = { .key = SortSpec::Key(key) } };
        std::stop_source before;
        before.request_stop();
        QVERIFY(!buildOrder(store.snapshot(), query, before.get_token()));
        QVERIFY(!extendOrder(*buildOrder({}, query), store.snapshot(), before.get_token()));
        // At any moment on the way: an order that is whole, or none.
        for (int delay = 0; delay < 12; ++delay) {
            std::stop_source stop;
            std::shared_ptr<const RowOrder> order;
            {
                const std::jthread worker([&] { order = buildOrder(store.snapshot(), query, stop.get_token()); });
                std::this_thread::sleep_for(std::chrono::milliseconds(delay));
                stop.request_stop();
            }
            QVERIFY(!order || order->size() == store.size());
        }
    }

private:
    static QByteArray describe(const RowQuery &query, std::size_t got, std::size_t expected)
    {
        return "needle " + QByteArray::fromStdString(std::string(query.filter.number.needle())) + " kind "
            + QByteArray::number(int(query.filter.number.kind())) + " by " + QByteArray::number(int(query.filter.by))
            + " sort " + QByteArray::number(int(query.sort.key)) + (query.sort.descending ? " down" : " up") + ": "
            + QByteArray::number(qulonglong(got)) + " rows, expected " + QByteArray::number(qulonglong(expected));
    }
};

QTEST_GUILESS_MAIN(TestRowOrder)
#include "tst_roworder.moc"
