// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "bench/measure.h"
#include "core/bigblocks.h"

#include <QApplication>
#include <QCommandLineParser>

#include <algorithm>
#include <cstdio>
#include <limits>
#include <span>

using namespace Qt::Literals::StringLiterals;

namespace {

struct Part {
    QString name;
    void (*run)(quint32 rows, int runs);
    quint32 mostRows = std::numeric_limits<quint32>::max();
};

// Ten million rows take the proxy minutes, and as text on the clipboard gigabytes.
constexpr quint32 million = 1'000'000;

std::span<const Part> parts()
{
    using namespace optout::bench;
    static const Part all[] {
        { .name = u"store"_s, .run = benchStore },
        { .name = u"csv"_s, .run = benchCsv },
        { .name = u"proxy"_s, .run = benchProxy, .mostRows = million },
        { .name = u"append"_s, .run = benchAppend },
        { .name = u"view"_s, .run = benchView },
        { .name = u"events"_s, .run = benchEvents },
        { .name = u"find"_s, .run = benchFinding },
        { .name = u"copy"_s, .run = benchCopy, .mostRows = million },
    };
    return all;
}

} // namespace

// optout-bench-store: figures of the store, its queries, the CSV and a shown table, each beside what it is compared
// with, taken in one run on one machine. Build it as RelWithDebInfo or Release. packaging/bench runs it, each part as a
// process of its own: what a part frees is then not there for the next to count as its own.
int main(int argc, char **argv)
{
    optout::growBigBlocksInPlace(); // as the program does
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Measures the store, its queries, the CSV export and a shown table."_s);
    parser.addHelpOption();
    const QCommandLineOption rowsOption(
        u"rows"_s, u"How many rows; may be given several times."_s, u"N"_s, u"1000000"_s);
    const QCommandLineOption runsOption(u"runs"_s, u"How often each figure is taken."_s, u"N"_s, u"5"_s);
    QStringList names;
    for (const Part &part : parts())
        names += part.name;
    const QCommandLineOption partOption(
        u"part"_s, u"Only this one of %1; may be given several times."_s.arg(names.join(u", "_s)), u"NAME"_s);
    const QCommandLineOption jsonOption(
        u"json"_s, u"Writes the figures to a file, too, each a line of JSON."_s, u"FILE"_s);
    parser.addOptions({ rowsOption, runsOption, partOption, jsonOption });
    parser.process(application);
    if (parser.isSet(jsonOption) && !optout::bench::keepFigures(parser.value(jsonOption))) {
        std::fprintf(stderr, "optout-bench-store: cannot write %s\n", qUtf8Printable(parser.value(jsonOption)));
        return 1;
    }
    const int runs = std::max(1, parser.value(runsOption).toInt());
    const QStringList wanted = parser.values(partOption);
    const QStringList sizes = parser.values(rowsOption);
    for (const QString &size : sizes) {
        const quint32 rows = std::max(1U, size.toUInt());
        std::printf("%u rows, median of %d\n", rows, runs);
        for (const Part &part : parts()) {
            if (rows > part.mostRows || !(wanted.isEmpty() || wanted.contains(part.name)))
                continue;
            optout::bench::beginPart(part.name, rows, runs);
            part.run(rows, runs);
        }
    }
    return 0;
}
