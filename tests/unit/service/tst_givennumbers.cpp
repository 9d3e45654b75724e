// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "service/givennumbers.h"

#include <QTest>

using namespace optout;

namespace {
std::vector<OptedOutNumber> page(std::initializer_list<const char *> numbers)
{
    std::vector<OptedOutNumber> out;
    for (const char *number : numbers)
        out.push_back({ .number = number });
    return out;
}
} // namespace

class TestGivenNumbers final : public QObject {
    Q_OBJECT
private slots:
    void nothingIsGivenTwice();
    void onlyTheLastPagesAreRemembered();
    void expectedOnesLeaveWhenTheyCome();
    void goesOnFromAPlace();
    void placeKeepsTheLastRows();
};

void TestGivenNumbers::nothingIsGivenTwice()
{
    GivenNumbers given;
    QCOMPARE(given.takeNew(page({ "+1", "+2", "+2" })), page({ "+1", "+2" }));
    QCOMPARE(given.takeNew(page({ "+2", "+3" })), page({ "+3" }));
    QCOMPARE(given.takeNew({}), page({}));
    QCOMPARE(given.takeNew(page({ "+1", "+4", "+3" })), page({ "+4" }));
}

void TestGivenNumbers::onlyTheLastPagesAreRemembered()
{
    GivenNumbers given;
    QCOMPARE(given.takeNew(page({ "+1" })).size(), 1U);
    for (std::size_t i = 1; i < GivenNumbers::rememberedPages; ++i)
        QCOMPARE(given.takeNew({}).size(), 0U);
    QCOMPARE(given.takeNew(page({ "+1" })).size(), 0U);
    QCOMPARE(given.takeNew(page({ "+1" })).size(), 1U);
}

void TestGivenNumbers::expectedOnesLeaveWhenTheyCome()
{
    GivenNumbers given;
    QCOMPARE(given.takeNew(page({ "+1", "+2", "+3" })).size(), 3U);
    given.expectAgain({ "+1", "+2", "+3", "+2" });
    QCOMPARE(given.expectedAgain(), (QList<QByteArray> { "+1", "+2", "+3" }));
    QCOMPARE(given.takeNew(page({ "+2", "+4" })), page({ "+4" }));
    QCOMPARE(given.expectedAgain(), (QList<QByteArray> { "+1", "+3" }));
    QCOMPARE(given.takeNew(page({ "+2", "+3", "+1" })), page({}));
    QCOMPARE(given.expectedAgain(), QList<QByteArray>());
    QCOMPARE(given.takeNew(page({ "+1" })), page({}));
}

void TestGivenNumbers::goesOnFromAPlace()
{
    GivenNumbers given(ReadPlace {
        .chains = { { .lastGiven = { "+1", "+2" } }, { .lastGiven = { "+8" } } }, .alreadyGiven = { "+5" } });
    QCOMPARE(given.takeNew(page({ "+2", "+3", "+5", "+8", "+9" })), page({ "+3", "+9" }));
    QCOMPARE(given.expectedAgain(), QList<QByteArray>());
}

void TestGivenNumbers::placeKeepsTheLastRows()
{
    QCOMPARE(lastGivenOf(page({ "+1", "+2" })), (QList<QByteArray> { "+1", "+2" }));
    std::vector<OptedOutNumber> many;
    for (int i = 0; i < 100; ++i)
        many.push_back({ .number = std::to_string(i) });
    const QList<QByteArray> last = lastGivenOf(many);
    QCOMPARE(last.size(), GivenNumbers::rowsInPlace);
    QCOMPARE(last.first(), "84");
    QCOMPARE(last.last(), "99");
}

QTEST_GUILESS_MAIN(TestGivenNumbers)
#include "tst_givennumbers.moc"
