// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "demo/demolists.h"

#include <QtTest>

#include <array>
#include <set>
#include <unordered_set>

using namespace optout;
using namespace optout::demo;
using namespace Qt::Literals::StringLiterals;

namespace {

using namespace std::chrono;

//! Whether a number is one that nobody can own, told another way than the ranges are written: digit by digit.
bool isNobodys(const QString &digits)
{
    static const QRegularExpression fiction(QRegularExpression::anchoredPattern(
        u"1[2-9]\\d\\d(55501\\d\\d|[01]\\d{6})"
        "|44(7700900|1632960|1(1[3-8]|21|31|41|51|61)4960|1914980|2079460|2920180)\\d{3}"
        "|33(63998|19900|26191|35301|46571|53649)\\d{4}"
        "|49((3023125|6990009|4066969|2214710|8999998)\\d{3}|(17139200|176040690)\\d\\d)"
        "|61([2378](5550|7010)\\d{4}|49157015[6-9])"
        "|3532091\\d{5}"
        "|46(7017406(0[5-9]|[1-9]\\d)|313900[6]\\d\\d|406280[4]\\d\\d|846500[4]\\d\\d|980319[2]\\d\\d)"_s));
    return fiction.match(digits).hasMatch();
}

} // namespace

class TestDemoLists final : public QObject {
    Q_OBJECT

private slots:
    void permutesBothWays_data()
    {
        QTest::addColumn<quint32>("size");
        for (const quint32 size : { 1u, 2u, 3u, 4u, 5u, 64u, 65u, 1000u, 4096u, 70'001u })
            QTest::addRow("%u", size) << size;
    }
    void permutesBothWays()
    {
        QFETCH(quint32, size);
        const Permutation permutation(size, 42);
        std::vector<bool> met(size);
        quint32 inPlace = 0;
        for (quint32 i = 0; i < size; ++i) {
            const quint32 image = permutation.map(i);
            QVERIFY(image < size);
            QVERIFY(!met[image]);
            met[image] = true;
            QCOMPARE(permutation.unmap(image), i);
            inPlace += image == i;
        }
        QVERIFY2(size < 64 || inPlace < size / 10, qPrintable(QString::number(inPlace)));
    }

    void permutesTheLargestSize()
    {
        const Permutation permutation(std::numeric_limits<quint32>::max(), 7);
        for (quint32 i = 0; i < 4'000'000'000u; i += 99'999'989u)
            QCOMPARE(permutation.unmap(permutation.map(i)), i);
    }

    void locatesWhatItMakes()
    {
        const NumberSpace space;
        for (std::size_t pool = 0; pool < space.pools().size(); ++pool) {
            const NumberSpace::Pool &numbers = space.pools()[pool];
            const quint32 step = std::max(1u, numbers.size / 5000);
            for (quint32 i = 0; i < numbers.size; i += step) {
                const quint64 number = numbers.numberAt(i);
                QVERIFY2(isNobodys(QString::number(number)), qPrintable(QString::number(number)));
                const auto place = space.locate(number);
                QVERIFY(place);
                QCOMPARE(std::size_t(place->pool), pool);
                QCOMPARE(place->index, i);
            }
        }
    }

    void locatesNothingElse_data()
    {
        QTest::addColumn<quint64>("number");
        QTest::newRow("zero") << quint64(0);
        QTest::newRow("below all") << quint64(10'000'000'000);
        QTest::newRow("before fiction") << quint64(14'165'550'099);
        QTest::newRow("after fiction") << quint64(14'165'550'200);
        QTest::newRow("an exchange that exists") << quint64(14'162'000'000);
        QTest::newRow("before Ofcom's") << quint64(447'700'899'999);
        QTest::newRow("after Ofcom's") << quint64(447'700'901'000);
        QTest::newRow("a digit more") << quint64(4'477'009'000'001);
        QTest::newRow("above all") << quint64(999'999'999'999'999);
        QTest::newRow("19 digits") << quint64(9'999'999'999'999'999'999u);
    }
    void locatesNothingElse()
    {
        QFETCH(quint64, number);
        QVERIFY(!NumberSpace().locate(number));
    }

    void offersTheListsPromised()
    {
        const DemoLists lists(1, 20'000);
        QVERIFY(lists.find(u"Default"_s));
        QCOMPARE(lists.find(u"Default"_s)->size(), 20'000u);
        QVERIFY(lists.find(u"Marketing"_s));
        QVERIFY(lists.find(u"OneTimePasswords"_s));
        qsizetype longest = 0, empty = 0, shared = 0;
        for (const DemoList &list : lists.all()) {
            const OptOutList &about = list.about();
            static const QRegularExpression name(u"^[A-Za-z0-9_-]{1,64}$"_s);
            QVERIFY(name.match(about.name).hasMatch());
            longest = std::max(longest, about.name.size());
            empty += list.size() == 0;
            shared += list.isShared();
            QCOMPARE(lists.find(about.arn), &list);
            QCOMPARE(lists.find(about.name), list.isShared() ? nullptr : &list);
            QCOMPARE(regionOfArn(about.arn), u"us-east-1"_s);
            QCOMPARE(accountIdOfArn(about.arn) == u"111122223333"_s, !list.isShared());
        }
        QCOMPARE(longest, 64);
        QCOMPARE(empty, 1);
        QCOMPARE(shared, 1);
        QVERIFY(!lists.find(u"default"_s));
        QVERIFY(!lists.find(QString()));
    }

    void makesEachNumberOnceAndFindsIt_data()
    {
        QTest::addColumn<quint32>("rows");
        for (const quint32 rows : { 1u, 2u, 17u, 20'000u, 400'000u })
            QTest::addRow("%u", rows) << rows;
    }
    void makesEachNumberOnceAndFindsIt()
    {
        QFETCH(quint32, rows);
        const DemoLists lists(3, rows);
        const DemoList &list = *lists.find(u"Default"_s);
        std::unordered_set<quint64> met;
        met.reserve(rows);
        for (quint32 i = 0; i < rows; ++i) {
            const DemoList::Row row = list.row(i);
            QVERIFY(met.insert(row.digits).second);
            const auto found = list.find(row.digits);
            QVERIFY(found);
            QCOMPARE(*found, i);
            if (i % 101 == 0)
                QVERIFY2(isNobodys(QString::number(row.digits)), qPrintable(QString::number(row.digits)));
        }
        // Of the numbers of fiction that are not on the list, none is found.
        quint32 found = 0;
        const NumberSpace space;
        for (std::size_t pool = 0; pool + 1 < space.pools().size(); ++pool) {
            for (quint32 i = 0; i < space.pools()[pool].size; ++i)
                found += list.find(space.pools()[pool].numberAt(i)).has_value();
        }
        QVERIFY(found <= rows);
        if (rows <= 20'000)
            QCOMPARE(found, rows);
    }

    void findsItsWayInTenMillion()
    {
        const DemoLists lists(1, 10'000'000);
        const DemoList &list = *lists.find(u"Default"_s);
        for (quint32 i = 0; i < list.size(); i += 9973) {
            const auto row = list.row(i);
            QVERIFY(list.find(row.digits) == i);
            QVERIFY(row.digits < 1'000'000'000'000'000u); // E.164: 15 digits at most
        }
    }

    void isTheSameForTheSameSeed()
    {
        const DemoLists first(7, 5000), second(7, 5000), other(8, 5000);
        quint32 differing = 0;
        for (std::size_t list = 0; list < first.all().size(); ++list) {
            for (quint32 i = 0; i < first.all()[list].size(); ++i) {
                const auto one = DemoList::toNumber(first.all()[list].row(i));
                QVERIFY(one == DemoList::toNumber(second.all()[list].row(i)));
                differing += one.number != DemoList::toNumber(other.all()[list].row(i)).number;
            }
        }
        QVERIFY(differing > 10'000);
    }

    //! Rows that were published once must not change unnoticed: expectations written down elsewhere would break.
    void keepsTheRowsOfSeedOne()
    {
        const DemoLists lists(1, 20'000);
        const auto line = [&](const QString &name, quint32 i) {
            const OptedOutNumber row = DemoList::toNumber(lists.find(name)->row(i));
            return QString::fromStdString(row.number + ' ' + toIso8601(*row.optedOutAt) + ' ')
                + (row.endUserOptedOut ? u"true"_s : u"false"_s);
        };
        QCOMPARE(line(u"Default"_s, 0), u"+498999998899 2023-02-27T15:53:59.357Z true"_s);
        QCOMPARE(line(u"Default"_s, 19'999), u"+15015550144 2021-11-24T18:12:20.894Z true"_s);
        QCOMPARE(line(u"Marketing"_s, 5), u"+18045550162 2024-05-09T23:20:31.718Z true"_s);
    }

    void mixesCountriesAndDatesAsPeopleDo()
    {
        const DemoLists lists(1, 20'000);
        const DemoList &list = *lists.find(u"Default"_s);
        int endUsers = 0, northAmerican = 0, mobileBritish = 0, ascending = 0, plus = 0;
        std::array<int, 24> perHour {};
        std::map<int, int> perYear;
        std::map<Timestamp, int> perTenMinutes;
        DemoList::Row before {};
        for (quint32 i = 0; i < list.size(); ++i) {
            const auto row = list.row(i);
            endUsers += row.endUser;
            QCOMPARE(row.endUser, list.isEndUser(i));
            const QString digits = QString::number(row.digits);
            northAmerican += digits.size() == 11 && digits.startsWith(u'1');
            mobileBritish += digits.startsWith("447700900"_L1);
            ascending += row.digits > before.digits && row.optedOutAt > before.optedOutAt;
            plus += row.plus;
            before = row;
            QVERIFY(row.optedOutAt >= *list.about().created);
            QVERIFY(row.optedOutAt < Timestamp(sys_days { 2026y / July / 1 }));
            const auto day = floor<days>(row.optedOutAt);
            ++perYear[int(year_month_day { day }.year())];
            if (row.endUser && digits.startsWith("44"_L1)) // their time is UTC, or nearly
                ++perHour[std::size_t(floor<hours>(row.optedOutAt - day).count())];
            ++perTenMinutes[floor<minutes>(row.optedOutAt) - (floor<minutes>(row.optedOutAt - day) % 10min)];
        }
        QVERIFY2(endUsers > 15'600 && endUsers < 16'400, qPrintable(QString::number(endUsers)));
        QVERIFY2(northAmerican > 9'000 && northAmerican < 12'000, qPrintable(QString::number(northAmerican)));
        QCOMPARE(mobileBritish, 960);
        QCOMPARE(plus, 20'000);
        QVERIFY(ascending > 4'000 && ascending < 6'000); // a quarter: neither column is sorted
        QCOMPARE(perYear.size(), std::size_t(6)); // 2021 to 2026
        for (const auto &[year, count] : perYear)
            QVERIFY2(count > 800, qPrintable(u"%1: %2"_s.arg(year).arg(count)));
        QVERIFY2(perHour[18] > 4 * perHour[3], qPrintable(u"%1 %2"_s.arg(perHour[18]).arg(perHour[3])));
        const auto busiest = std::max_element(perTenMinutes.begin(), perTenMinutes.end(),
            [](const auto &a, const auto &b) { return a.second < b.second; });
        QVERIFY2(
            busiest->second > 40, qPrintable(QString::number(busiest->second))); // a burst: evenly it would be none
    }

    void leavesThePlusOutNowAndThen()
    {
        const DemoLists lists(1, 100);
        const DemoList &list = *lists.find(u"OneTimePasswords"_s);
        int without = 0;
        for (quint32 i = 0; i < list.size(); ++i)
            without += !list.row(i).plus;
        QVERIFY(without > 5 && without < 100);
    }
};

QTEST_GUILESS_MAIN(TestDemoLists)
#include "tst_demolists.moc"
