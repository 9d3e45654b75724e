// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "cli/options.h"

#include "aws/endpoint.h"
#include "cli/message.h"
#include "domain/datebound.h"
#include "net/pacer.h"

#include <QCommandLineParser>

#include <array>
#include <cmath>
#include <span>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

enum : unsigned { ForExport = 1, ForLists = 2, ForLookup = 4, ForAll = ForExport | ForLists | ForLookup };

struct OptionSpec {
    QLatin1StringView name;
    QLatin1StringView value; // empty for a switch
    unsigned commands;
    QLatin1StringView help; // "\n" starts a further line
};

constexpr std::array optionSpecs {
    OptionSpec { "list"_L1, "NAME|ARN"_L1, ForExport | ForLookup,
        "the opt-out list; one shared from another account\nmust be named by its ARN"_L1 },
    OptionSpec { "output"_L1, "FILE|-"_L1, ForExport,
        "where to write; - is standard output (the default).\nA file appears only once it is whole"_L1 },
    OptionSpec { "format"_L1, "FORMAT"_L1, ForExport | ForLists, "export: csv. lists: tsv (the default) or json"_L1 },
    OptionSpec { "end-user-opted-out"_L1, "true|false"_L1, ForExport,
        "let the service send only numbers that were opted\nout by the person (true) or by the account (false)"_L1 },
    OptionSpec { "number"_L1, "PATTERN"_L1, ForExport,
        "write only numbers that match, as in the window: + and\ndigits begin the number, digits are anywhere in it, *\nstands for any digits and ? for one of the whole number"_L1 },
    OptionSpec { "from"_L1, "DATE"_L1, ForExport,
        "write only numbers opted out then or later, in UTC:\n2024-03-01, or '2024-03-01 10:02', seconds if need be"_L1 },
    OptionSpec { "until"_L1, "DATE"_L1, ForExport, "the same for the last moment: the whole day or minute"_L1 },
    OptionSpec { "sort"_L1, "FIELD[:desc]"_L1, ForExport,
        "write in the order of number, time or who (not by the\nend user first), :desc the other way round. Nothing is\nwritten before the whole list is read; takes about 26\nbytes of memory a number"_L1 },
    OptionSpec { "owner"_L1, "SELF|SHARED"_L1, ForLists, "only own lists, or only those of other accounts"_L1 },
    OptionSpec { "profile"_L1, "NAME"_L1, ForAll,
        "the profile of ~/.aws/config to sign in with;\nelse the keys of the environment, else AWS_PROFILE,\nelse the profile default"_L1 },
    OptionSpec { "region"_L1, "REGION"_L1, ForAll,
        "AWS Region; else AWS_REGION, AWS_DEFAULT_REGION,\nelse region of the profile"_L1 },
    OptionSpec { "endpoint-url"_L1, "URL"_L1, ForAll,
        "instead of the Region's own endpoint; else\nAWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2,\nAWS_ENDPOINT_URL, else endpoint_url of the profile.\nPlain http on loopback only"_L1 },
    OptionSpec { "ca-bundle"_L1, "FILE"_L1, ForAll,
        "trust the certificates of this PEM file only;\nelse AWS_CA_BUNDLE, else ca_bundle of the profile"_L1 },
    OptionSpec { "demo"_L1, ""_L1, ForAll, "read the built-in demo lists; no account needed"_L1 },
    OptionSpec { "demo-rows"_L1, "N"_L1, ForAll, "how many numbers the demo list Default has"_L1 },
    OptionSpec { "page-size"_L1, "1..100"_L1, ForAll, "numbers asked for in one call of export (100)"_L1 },
    OptionSpec { "resume"_L1, ""_L1, ForExport,
        "go on where an earlier run of the same export (list,\nfilter, endpoint, Region, account) was stopped or\nfailed: its rows are written first. Agrees to what has\nbeen read being kept until the export is done, 7 days\nat most unless Preferences say otherwise, encrypted\nwith a key in the keychain"_L1 },
    OptionSpec { "in-order"_L1, ""_L1, ForExport,
        "keep to the order of the service. Else, where no\nquota is in the way, a list is read as two halves at\nonce, and their rows come mixed"_L1 },
    OptionSpec { "give-up-after"_L1, "SECONDS"_L1, ForExport,
        "how long a fault of the service or the network may\nlast before the export fails (600). It never fails\nbecause of the quota"_L1 },
    OptionSpec { "max-attempts"_L1, "N"_L1, ForAll,
        "how often a call is tried, the first included (10;\nexport: no limit but --give-up-after)"_L1 },
    OptionSpec { "headroom"_L1, "PERCENT"_L1, ForAll,
        "how much of the account's quota is left to others,\n0 to 90 (10), once the quota has been learnt from the\nanswers; not with --max-rate"_L1 },
    OptionSpec { "max-rate"_L1, "CALLS"_L1, ForAll,
        "so many calls per second, instead of what is learnt;\nnot with --headroom"_L1 },
    OptionSpec { "connect-timeout"_L1, "SECONDS"_L1, ForAll, "until a request is sent (10)"_L1 },
    OptionSpec { "read-timeout"_L1, "SECONDS"_L1, ForAll, "without a byte of the answer (60)"_L1 },
    OptionSpec { "quiet"_L1, ""_L1, ForAll, "no progress on standard error"_L1 },
    OptionSpec { "verbose"_L1, ""_L1, ForAll,
        "tell on standard error where the keys came from, and\neach call: method, host, action, status, request id"_L1 },
    OptionSpec { "version"_L1, ""_L1, ForAll, "the program's version"_L1 },
    OptionSpec { "help"_L1, ""_L1, ForAll, "this text"_L1 },
};

constexpr int longestTimeoutSeconds = 24 * 60 * 60;

Error wrong(const QString &sentence)
{
    return Error { .kind = Error::Kind::InvalidInput, .detail = withoutFullStop(sentence) };
}

//! The values given, read one by one; the first that is wrong is kept.
class Values {
public:
    explicit Values(const QCommandLineParser &parser)
        : m_parser(parser)
    {
    }

    // Not isSet(): it warns of options that the command at hand does not have.
    bool has(QLatin1StringView name) const { return m_parser.optionNames().contains(name); }
    QString text(QLatin1StringView name) const { return m_parser.value(name); }
    const std::optional<Error> &error() const { return m_error; }

    void fail(const QString &sentence)
    {
        if (!m_error)
            m_error = wrong(sentence);
    }

    qint64 whole(QLatin1StringView name, qint64 lowest, qint64 highest)
    {
        bool ok = false;
        const qint64 value = text(name).toLongLong(&ok);
        if (!ok || value < lowest || value > highest)
            fail(u"--%1 takes a whole number from %2 to %3"_s.arg(name).arg(lowest).arg(highest));
        return value;
    }

    double number(QLatin1StringView name, double lowest, double highest)
    {
        bool ok = false;
        const double value = text(name).toDouble(&ok);
        if (!ok || !(value >= lowest && value <= highest)) // neither holds for what is no number
            fail(u"--%1 takes a number from %2 to %3"_s.arg(name).arg(lowest).arg(highest));
        return value;
    }

    double positive(QLatin1StringView name, double highest)
    {
        bool ok = false;
        const double value = text(name).toDouble(&ok);
        if (!ok || !std::isfinite(value) || value <= 0 || value > highest)
            fail(u"--%1 takes a number above 0 and up to %2"_s.arg(name).arg(highest));
        return value;
    }

    std::chrono::milliseconds seconds(QLatin1StringView name)
    {
        return std::chrono::ceil<std::chrono::milliseconds>(
            std::chrono::duration<double>(positive(name, longestTimeoutSeconds)));
    }

    //! The place of the value among the words.
    size_t word(QLatin1StringView name, std::span<const QLatin1StringView> words)
    {
        QStringList all;
        for (size_t i = 0; i < words.size(); ++i) {
            if (text(name) == words[i])
                return i;
            all << words[i];
        }
        fail(u"--%1 takes %2"_s.arg(name, all.join(u" or ")));
        return 0;
    }

private:
    const QCommandLineParser &m_parser;
    std::optional<Error> m_error {};
};

SortSpec readSort(Values &values)
{
    using Key = SortSpec::Key;
    constexpr auto descending = ":desc"_L1;
    QString field = values.text("sort"_L1);
    SortSpec sort { .descending = field.endsWith(descending) };
    if (sort.descending)
        field.chop(descending.size());
    if (field == "number"_L1)
        sort.key = Key::Number;
    else if (field == "time"_L1)
        sort.key = Key::OptedOutAt;
    else if (field == "who"_L1)
        sort.key = Key::OptedOutBy;
    else
        values.fail(u"--sort takes number, time or who, and :desc behind it for the other way round"_s);
    return sort;
}

//! Says what is wrong as the window's filter bar does. But a field that is empty there asks for nothing, and an option
//! without a text is a mistake of a script, which would write more than was meant.
void readQuery(Values &values, RowQuery &query)
{
    if (values.has("sort"_L1))
        query.sort = readSort(values);
    if (values.has("number"_L1)) {
        const QString text = values.text("number"_L1);
        const Result<NumberPattern> pattern = NumberPattern::parse(text);
        if (pattern && pattern->kind() != NumberPattern::Kind::Everything)
            query.filter.number = *pattern;
        else if (pattern && !text.isEmpty())
            values.fail(u"--number: Nothing is looked for by \"%1\"; leave it out to write all numbers"_s.arg(text));
        else if (text.size() > NumberPattern::longest)
            values.fail(u"--number: Numbers are looked for by up to %1 characters."_s.arg(NumberPattern::longest));
        else
            values.fail(u"--number: Numbers are looked for by digits, a leading +, * and ?."_s);
    }
    const auto moment = [&values](QLatin1StringView name) -> std::optional<TypedMoment> {
        if (!values.has(name))
            return {};
        const std::optional<TypedMoment> typed = parseMoment(values.text(name));
        if (!typed)
            values.fail(u"--%1: Dates: YYYY-MM-DD, or with a time: 2024-03-01 10:02."_s.arg(name));
        return typed;
    };
    if (const auto from = moment("from"_L1))
        query.filter.from = from->begin;
    if (const auto until = moment("until"_L1))
        query.filter.until = until->end;
    if (query.filter.from && query.filter.until && *query.filter.from >= *query.filter.until)
        values.fail(u"\"From\" is after \"until\": no number can pass."_s);
}

void readCommandOptions(Values &values, CliOptions &options)
{
    static constexpr std::array trueFalse { "true"_L1, "false"_L1 };
    static constexpr std::array owners { "SELF"_L1, "SHARED"_L1 };
    static constexpr std::array exportFormats { "csv"_L1 };
    static constexpr std::array listsFormats { "tsv"_L1, "json"_L1 };
    using Owner = DescribeOptOutListsInput::Owner;

    if (values.has("list"_L1))
        options.list = values.text("list"_L1);
    if (values.has("output"_L1)) {
        options.output = values.text("output"_L1);
        if (options.output.isEmpty())
            values.fail(u"--output takes a file name, or - for standard output"_s);
    }
    if (values.has("end-user-opted-out"_L1))
        options.endUserOptedOut = values.word("end-user-opted-out"_L1, trueFalse) == 0;
    readQuery(values, options.query);
    options.resume = values.has("resume"_L1);
    options.inOrder = values.has("in-order"_L1);
    if (values.has("give-up-after"_L1))
        options.retry.longestFault = values.seconds("give-up-after"_L1);
    if (values.has("owner"_L1))
        options.owner = values.word("owner"_L1, owners) == 0 ? Owner::Self : Owner::Shared;
    if (values.has("format"_L1)) {
        if (options.command == CliCommand::Export)
            values.word("format"_L1, exportFormats);
        else
            options.format =
                values.word("format"_L1, listsFormats) == 0 ? ListsFormat::TabSeparated : ListsFormat::Json;
    }
}

void readCommonOptions(Values &values, CliOptions &options)
{
    options.profile = values.text("profile"_L1);
    if (values.has("profile"_L1) && options.profile.isEmpty())
        values.fail(u"--profile takes the name of a profile"_s);
    options.region = values.text("region"_L1);
    if (values.has("region"_L1) && !isRegionName(options.region))
        values.fail(u"--region takes the id of an AWS Region, such as us-east-1"_s);
    options.endpointUrl = values.text("endpoint-url"_L1);
    if (values.has("endpoint-url"_L1) && options.endpointUrl.isEmpty())
        values.fail(u"--endpoint-url takes a URL"_s);
    options.caBundle = values.text("ca-bundle"_L1);
    if (values.has("ca-bundle"_L1) && options.caBundle.isEmpty())
        values.fail(u"--ca-bundle takes a file name"_s);
    options.demo = values.has("demo"_L1);
    if (options.demo && (values.has("profile"_L1) || values.has("region"_L1) || values.has("endpoint-url"_L1)))
        values.fail(u"--demo cannot be used together with --profile, --region or --endpoint-url"_s);
    if (options.demo && options.resume) // it ends with the program, and its port and keys with it
        values.fail(u"--demo cannot be used together with --resume"_s);
    if (values.has("demo-rows"_L1)) {
        if (!options.demo)
            values.fail(u"--demo-rows needs --demo"_s);
        options.demoRows = quint32(values.whole("demo-rows"_L1, 0, 100'000'000));
    }
    if (values.has("page-size"_L1))
        options.pageSize = int(values.whole("page-size"_L1, 1, 100));
    if (values.has("max-attempts"_L1))
        options.retry.maxAttempts = int(values.whole("max-attempts"_L1, 1, 1000));
    if (values.has("headroom"_L1))
        options.headroomPercent = int(values.whole("headroom"_L1, 0, 90));
    if (values.has("max-rate"_L1))
        options.maxRate = values.number("max-rate"_L1, PaceLimits::leastFixedRate, PaceLimits::mostFixedRate);
    if (values.has("headroom"_L1) && values.has("max-rate"_L1)) // a fixed rate leaves nothing to others
        values.fail(u"--headroom cannot be used together with --max-rate"_s);
    if (values.has("connect-timeout"_L1))
        options.limits.connectTimeout = values.seconds("connect-timeout"_L1);
    if (values.has("read-timeout"_L1))
        options.limits.readTimeout = values.seconds("read-timeout"_L1);
    options.quiet = values.has("quiet"_L1);
    options.verbose = values.has("verbose"_L1);
}

void readArguments(const QStringList &arguments, Values &values, CliOptions &options)
{
    if (options.command != CliCommand::Lookup) {
        if (!arguments.isEmpty())
            values.fail(u"%1 takes options only, not '%2'"_s.arg(
                options.command == CliCommand::Export ? u"export"_s : u"lists"_s, arguments.first()));
    } else if (arguments.isEmpty()) {
        values.fail(u"lookup needs a number, or - to read numbers from standard input"_s);
    } else if (arguments.count(u"-"_s) > 1) {
        values.fail(u"- (standard input) can be given once"_s);
    }
    options.numbers = arguments;
    if (options.command == CliCommand::Lists)
        return;
    if (options.list.isEmpty())
        values.fail(u"--list is missing: the name or ARN of the opt-out list"_s);
    // The rules of the service's model, asked of the code that knows them, with nothing else in the request.
    const auto request = writeRequest(DescribeOptedOutNumbersInput { .optOutListName = options.list });
    if (!request)
        values.fail(u"--list: "_s + request.error().detail);
}

//! What QCommandLineParser lets pass: an option without its value takes the next option for it, and of an option given
//! twice it keeps the last.
std::optional<Error> checkForm(const QCommandLineParser &parser, unsigned command)
{
    QStringList seen;
    for (const QString &name : parser.optionNames()) {
        if (seen.contains(name))
            return wrong(u"--%1 can be given once"_s.arg(name));
        seen << name;
    }
    for (const OptionSpec &spec : optionSpecs) {
        if ((spec.commands & command) && !spec.value.isEmpty() && parser.value(spec.name).startsWith("--"_L1))
            return wrong(u"--%1 needs a value"_s.arg(spec.name));
    }
    return {};
}

} // namespace

std::optional<CliCommand> commandNamed(const QString &word)
{
    if (word == "export"_L1)
        return CliCommand::Export;
    if (word == "lists"_L1)
        return CliCommand::Lists;
    if (word == "lookup"_L1)
        return CliCommand::Lookup;
    return {};
}

Result<CliOptions> parseOptions(const QStringList &arguments)
{
    const std::optional<CliCommand> command = arguments.isEmpty() ? std::nullopt : commandNamed(arguments.first());
    if (!command)
        return wrong(u"the first word must be export, lists or lookup"_s);
    const unsigned mask = 1U << unsigned(*command);

    QCommandLineParser parser;
    for (const OptionSpec &spec : optionSpecs) {
        if (spec.commands & mask)
            parser.addOption(QCommandLineOption(QString(spec.name), QString(), QString(spec.value)));
    }
    // The word that names the command stands where the parser expects the program's name.
    const bool parsed = parser.parse(arguments);
    CliOptions options { .command = *command };
    options.help = parser.isSet("help"_L1);
    options.version = parser.isSet("version"_L1);
    if (options.help || options.version)
        return options;

    if (!parser.unknownOptionNames().isEmpty()) {
        const QString name = parser.unknownOptionNames().first();
        return wrong(u"%1 has no option %2%3"_s.arg(arguments.first(), name.size() > 1 ? u"--"_s : u"-"_s, name));
    }
    if (!parsed)
        return wrong(parser.errorText());
    if (const std::optional<Error> error = checkForm(parser, mask))
        return *error;

    Values values(parser);
    readCommandOptions(values, options);
    readCommonOptions(values, options);
    readArguments(parser.positionalArguments(), values, options);
    if (values.error())
        return *values.error();
    return options;
}

QString optionsHelp()
{
    constexpr int column = 36;
    QString text;
    for (const OptionSpec &spec : optionSpecs) {
        QString left = u"  --%1"_s.arg(spec.name);
        if (!spec.value.isEmpty())
            left += u" "_s + spec.value;
        QString right = spec.help;
        text += left.leftJustified(column) + right.replace(u'\n', u"\n"_s + QString(column, u' ')) + u'\n';
    }
    return text;
}

} // namespace optout
