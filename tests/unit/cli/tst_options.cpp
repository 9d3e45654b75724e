// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "cli/cli.h"
#include "cli/options.h"

#include <QTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

QStringList words(const QString &line) { return line.split(u' ', Qt::SkipEmptyParts); }

//! QTest asks for the description of a success, too.
QByteArray why(const Result<CliOptions> &options) { return options ? QByteArray() : options.error().detail.toUtf8(); }

} // namespace

class TestOptions : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void firstWordDecides_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<bool>("headless");
        QTest::newRow("export") << u"export --list Default"_s << true;
        QTest::newRow("lists") << u"lists"_s << true;
        QTest::newRow("lookup") << u"lookup"_s << true;
        QTest::newRow("nothing") << QString() << false;
        QTest::newRow("an option first") << u"--demo export"_s << false;
        QTest::newRow("another word") << u"exports"_s << false;
        QTest::newRow("another case") << u"Export"_s << false;
    }

    void firstWordDecides()
    {
        QFETCH(const QString, line);
        QFETCH(const bool, headless);
        QCOMPARE(isHeadless(words(line)), headless);
    }

    void defaultsOfExport()
    {
        const auto options = parseOptions(words(u"export --list Default"_s));
        QVERIFY2(options, why(options).constData());
        QCOMPARE(options->command, CliCommand::Export);
        QCOMPARE(options->list, u"Default"_s);
        QCOMPARE(options->output, u"-"_s);
        QVERIFY(!options->endUserOptedOut);
        QVERIFY(options->query.isIdentity());
        QCOMPARE(options->pageSize, 100);
        QCOMPARE(options->maxRate, 0.0);
        QCOMPARE(options->headroomPercent, 10);
        QVERIFY(!options->resume);
        QVERIFY(!options->inOrder);
        QVERIFY(!options->retry.maxAttempts);
        QCOMPARE(options->retry.longestFault, 600'000ms);
        QVERIFY(options->profile.isEmpty());
        QVERIFY(!options->demo);
        QVERIFY(!options->quiet);
        QVERIFY(!options->verbose);
    }

    void allOptionsOfExport()
    {
        const auto options = parseOptions(words(
            u"export --list arn:aws:sms-voice:us-east-1:111122223333:opt-out-list/Shared --output=out.csv --format csv "
            "--end-user-opted-out false --profile work --region eu-west-1 --endpoint-url http://localhost:1234 "
            "--page-size 7 "
            "--max-attempts 3 --resume --in-order --give-up-after 90 --connect-timeout 2 --read-timeout "
            "0.5 --max-rate 12.5 --ca-bundle ca.pem --quiet "
            "--verbose"_s));
        QVERIFY2(options, why(options).constData());
        QCOMPARE(options->list, u"arn:aws:sms-voice:us-east-1:111122223333:opt-out-list/Shared"_s);
        QCOMPARE(options->output, u"out.csv"_s);
        QCOMPARE(options->endUserOptedOut, std::optional(false));
        QCOMPARE(options->profile, u"work"_s);
        QCOMPARE(options->region, u"eu-west-1"_s);
        QCOMPARE(options->endpointUrl, u"http://localhost:1234"_s);
        QCOMPARE(options->pageSize, 7);
        QCOMPARE(options->retry.maxAttempts, std::optional(3));
        QCOMPARE(options->retry.longestFault, 90'000ms);
        QVERIFY(options->resume);
        QVERIFY(options->inOrder);
        QCOMPARE(options->limits.connectTimeout, 2000ms);
        QCOMPARE(options->limits.readTimeout, 500ms);
        QCOMPARE(options->maxRate, 12.5);
        QCOMPARE(options->caBundle, u"ca.pem"_s);
        QVERIFY(options->quiet);
        QVERIFY(options->verbose);
    }

    void headroomOfEachCommand()
    {
        for (const QString &line : { u"export --list A"_s, u"lists"_s, u"lookup --list A 1"_s })
            QCOMPARE(parseOptions(words(line + u" --headroom 25"_s))->headroomPercent, 25);
    }

    void sortOfExport_data()
    {
        using Key = SortSpec::Key;
        QTest::addColumn<QString>("field");
        QTest::addColumn<int>("key");
        QTest::addColumn<bool>("descending");
        QTest::newRow("number") << u"number"_s << int(Key::Number) << false;
        QTest::newRow("number, the other way") << u"number:desc"_s << int(Key::Number) << true;
        QTest::newRow("time") << u"time"_s << int(Key::OptedOutAt) << false;
        QTest::newRow("time, the other way") << u"time:desc"_s << int(Key::OptedOutAt) << true;
        QTest::newRow("who") << u"who"_s << int(Key::OptedOutBy) << false;
        QTest::newRow("who, the other way") << u"who:desc"_s << int(Key::OptedOutBy) << true;
    }

    void sortOfExport()
    {
        QFETCH(const QString, field);
        QFETCH(const int, key);
        QFETCH(const bool, descending);
        const auto options = parseOptions({ u"export"_s, u"--list=A"_s, u"--sort"_s, field });
        QVERIFY2(options, why(options).constData());
        QCOMPARE(int(options->query.sort.key), key);
        QCOMPARE(options->query.sort.descending, descending);
        QVERIFY(options->query.filter.passesEverything());
    }

    void filterOfExport()
    {
        const auto options = parseOptions({ u"export"_s, u"--list=A"_s, u"--number"_s, u"+1 (416) 555"_s, u"--from"_s,
            u"1970-01-01"_s, u"--until"_s, u"9999-12-31 23:59"_s });
        QVERIFY2(options, why(options).constData());
        const NumberFilter &filter = options->query.filter;
        QCOMPARE(filter.number.kind(), NumberPattern::Kind::Prefix);
        QCOMPARE(filter.number.needle(), std::string_view("1416555"));
        QCOMPARE(filter.from, std::optional(Timestamp(0ms)));
        QCOMPARE(filter.until, std::optional(Timestamp(253'402'300'800'000ms))); // all of the minute
        QCOMPARE(filter.by, OptedOutBy::Anyone);
        QCOMPARE(options->query.sort, SortSpec());
    }

    void listsAndLookup()
    {
        for (const QString &line : { u"lists --profile=a"_s, u"lookup --profile a --list A 1"_s })
            QCOMPARE(parseOptions(words(line))->profile, u"a"_s);
        const auto lists = parseOptions(words(u"lists --owner SHARED --format json --demo --demo-rows 5"_s));
        QVERIFY2(lists, why(lists).constData());
        QCOMPARE(lists->command, CliCommand::Lists);
        QCOMPARE(lists->owner, std::optional(DescribeOptOutListsInput::Owner::Shared));
        QCOMPARE(lists->format, ListsFormat::Json);
        QVERIFY(lists->demo);
        QCOMPARE(lists->demoRows, std::optional(5U));

        const auto lookup = parseOptions(words(u"lookup --list Default +14165550123 - 15550001111"_s));
        QVERIFY2(lookup, why(lookup).constData());
        QCOMPARE(lookup->command, CliCommand::Lookup);
        QCOMPARE(lookup->numbers, QStringList({ u"+14165550123"_s, u"-"_s, u"15550001111"_s }));
    }

    void helpAndVersionGoBeforeMistakes_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<bool>("help");
        QTest::newRow("help") << u"export --help"_s << true;
        QTest::newRow("help beside a missing list") << u"lookup --help --quiet"_s << true;
        QTest::newRow("help beside an unknown option") << u"lists --nonsense --help"_s << true;
        QTest::newRow("version") << u"lists --version"_s << false;
    }

    void helpAndVersionGoBeforeMistakes()
    {
        QFETCH(const QString, line);
        QFETCH(const bool, help);
        const auto options = parseOptions(words(line));
        QVERIFY2(options, why(options).constData());
        QCOMPARE(options->help, help);
        QCOMPARE(options->version, !help);
    }

    void wrongUsage_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("no command") << QString() << u"first word"_s;
        QTest::newRow("unknown option") << u"export --list A --lst B"_s << u"export has no option --lst"_s;
        QTest::newRow("unknown short option") << u"lists -x"_s << u"lists has no option -x"_s;
        QTest::newRow("option of another command") << u"lists --list A"_s << u"lists has no option --list"_s;
        QTest::newRow("no profile") << u"lists --profile="_s << u"--profile takes the name of a profile"_s;
        QTest::newRow("demo with profile") << u"lists --demo --profile work"_s << u"--demo cannot"_s;
        QTest::newRow("all headroom") << u"export --list A --headroom 91"_s << u"--headroom takes"_s;
        QTest::newRow("half a percent") << u"export --list A --headroom 0.5"_s << u"--headroom takes"_s;
        QTest::newRow("headroom of a fixed rate")
            << u"export --list A --headroom 25 --max-rate 5"_s << u"--headroom cannot be used together with"_s;
        QTest::newRow("demo ends with the program") << u"export --list A --demo --resume"_s << u"--demo cannot"_s;
        QTest::newRow("resume of a lookup") << u"lookup --list A --resume 1"_s << u"lookup has no option --resume"_s;
        QTest::newRow("never give up") << u"export --list A --give-up-after 0"_s << u"--give-up-after takes"_s;
        QTest::newRow("no list for export") << u"export"_s << u"--list is missing"_s;
        QTest::newRow("no list for lookup") << u"lookup +14165550123"_s << u"--list is missing"_s;
        QTest::newRow("no value at the end") << u"export --list"_s << u"list"_s;
        QTest::newRow("next option as value") << u"export --list --quiet"_s << u"--list needs a value"_s;
        QTest::newRow("empty list") << u"export --list="_s << u"--list is missing"_s;
        QTest::newRow("list with a percent sign") << u"export --list A%20B"_s << u"--list: "_s;
        QTest::newRow("list too long") << u"export --list "_s + QString(257, u'A') << u"--list: "_s;
        QTest::newRow("twice") << u"export --list A --list B"_s << u"--list can be given once"_s;
        QTest::newRow("value for a switch") << u"lists --quiet=yes"_s << u"quiet"_s;
        QTest::newRow("words for export") << u"export --list A B"_s << u"export takes options only, not 'B'"_s;
        QTest::newRow("words for lists") << u"lists A"_s << u"lists takes options only, not 'A'"_s;
        QTest::newRow("no numbers") << u"lookup --list A"_s << u"lookup needs a number"_s;
        QTest::newRow("standard input twice") << u"lookup --list A - -"_s << u"given once"_s;
        QTest::newRow("export as json") << u"export --list A --format json"_s << u"--format takes csv"_s;
        QTest::newRow("lists as csv") << u"lists --format csv"_s << u"--format takes tsv or json"_s;
        QTest::newRow("bool in capitals")
            << u"export --list A --end-user-opted-out TRUE"_s << u"--end-user-opted-out takes true or false"_s;
        QTest::newRow("owner in lower case") << u"lists --owner self"_s << u"--owner takes SELF or SHARED"_s;
        QTest::newRow("sort by nothing") << u"export --list A --sort="_s << u"--sort takes number, time or who"_s;
        QTest::newRow("sort by country") << u"export --list A --sort country"_s << u"--sort takes number"_s;
        QTest::newRow("sort in capitals") << u"export --list A --sort Number"_s << u"--sort takes number"_s;
        QTest::newRow("sort only downwards") << u"export --list A --sort :desc"_s << u"--sort takes number"_s;
        QTest::newRow("sort of lists") << u"lists --sort number"_s << u"lists has no option --sort"_s;
        QTest::newRow("number with a comma")
            << u"export --list A --number 1,2"_s << u"--number: Numbers are looked for"_s;
        QTest::newRow("no number") << u"export --list A --number="_s << u"--number: Numbers are looked for by digits"_s;
        for (const QString &text : { u"+"_s, u"-"_s, u"()"_s })
            QTest::addRow("number is %s", qPrintable(text))
                << u"export --list A --number=%1"_s.arg(text) << u"Nothing is looked for by \"%1\""_s.arg(text);
        QTest::newRow("from some day") << u"export --list A --from today"_s << u"--from: Dates: YYYY-MM-DD"_s;
        QTest::newRow("from no day") << u"export --list A --from="_s << u"--from: Dates"_s;
        QTest::newRow("until no day") << u"export --list A --until 2023-02-29"_s << u"--until: Dates"_s;
        QTest::newRow("from after until")
            << u"export --list A --from 2024-03-02 --until 2024-03-01"_s << u"no number can pass"_s;
        QTest::newRow("empty output") << u"export --list A --output="_s << u"--output takes"_s;
        QTest::newRow("region with a dot") << u"lists --region evil.example"_s << u"--region takes"_s;
        QTest::newRow("demo with region") << u"lists --demo --region us-east-1"_s << u"--demo cannot"_s;
        QTest::newRow("demo with endpoint") << u"lists --demo --endpoint-url http://localhost"_s << u"--demo cannot"_s;
        QTest::newRow("rows without demo") << u"lists --demo-rows 5"_s << u"--demo-rows needs --demo"_s;
        QTest::newRow("negative rows") << u"lists --demo --demo-rows=-1"_s << u"--demo-rows takes a whole number"_s;
        QTest::newRow("page of none") << u"export --list A --page-size 0"_s << u"from 1 to 100"_s;
        QTest::newRow("page too large") << u"export --list A --page-size 101"_s << u"from 1 to 100"_s;
        QTest::newRow("page in words") << u"export --list A --page-size ten"_s << u"from 1 to 100"_s;
        QTest::newRow("no attempts") << u"lists --max-attempts 0"_s << u"--max-attempts takes"_s;
        QTest::newRow("no rate") << u"lists --max-rate 0"_s << u"--max-rate takes a number from 0.01 to 100000"_s;
        QTest::newRow("rate of a call a year")
            << u"lists --max-rate 1e-7"_s << u"--max-rate takes a number from 0.01"_s;
        QTest::newRow("rate without end") << u"lists --max-rate inf"_s << u"--max-rate takes"_s;
        QTest::newRow("rate that is none") << u"lists --max-rate nan"_s << u"--max-rate takes"_s;
        QTest::newRow("no time to connect") << u"lists --connect-timeout 0"_s << u"--connect-timeout takes"_s;
        QTest::newRow("negative time to read") << u"lists --read-timeout=-5"_s << u"--read-timeout takes"_s;
    }

    void wrongUsage()
    {
        QFETCH(const QString, line);
        QFETCH(const QString, sentence);
        const auto options = parseOptions(words(line));
        QVERIFY(!options);
        QCOMPARE(options.error().kind, Error::Kind::InvalidInput);
        QVERIFY2(options.error().detail.contains(sentence), qPrintable(options.error().detail));
        QVERIFY2(!options.error().detail.endsWith(u'.'), qPrintable(options.error().detail));
    }

    void helpNamesWhatThereIs()
    {
        const QString help = headlessHelp();
        const QStringList there { u"list"_s, u"output"_s, u"format"_s, u"end-user-opted-out"_s, u"number"_s, u"from"_s,
            u"until"_s, u"sort"_s, u"owner"_s, u"profile"_s, u"region"_s, u"endpoint-url"_s, u"demo"_s, u"demo-rows"_s,
            u"page-size"_s, u"max-attempts"_s, u"headroom"_s, u"resume"_s, u"in-order"_s, u"give-up-after"_s,
            u"connect-timeout"_s, u"read-timeout"_s, u"max-rate"_s, u"ca-bundle"_s, u"quiet"_s, u"verbose"_s,
            u"version"_s, u"help"_s };
        for (const QString &name : there)
            QVERIFY2(help.contains(u"  --"_s + name), qPrintable(name));
        for (const QString &line : help.split(u'\n'))
            QVERIFY2(line.size() <= 100, qPrintable(line));
    }
};

QTEST_GUILESS_MAIN(TestOptions)
#include "tst_options.moc"
