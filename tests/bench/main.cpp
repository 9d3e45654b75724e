// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "bench/measure.h"

#include <QApplication>
#include <QCommandLineParser>

#include <algorithm>
#include <cstdio>

using namespace Qt::Literals::StringLiterals;

// optout-bench-store: figures of the store, its queries, the CSV and a shown table, each beside what it is compared
// with, taken in one run on one machine. Build it as RelWithDebInfo or Release.
int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Measures the store, its queries, the CSV export and a shown table."_s);
    parser.addHelpOption();
    const QCommandLineOption rowsOption(
        u"rows"_s, u"How many rows; may be given several times."_s, u"N"_s, u"1000000"_s);
    const QCommandLineOption runsOption(u"runs"_s, u"How often each figure is taken."_s, u"N"_s, u"5"_s);
    const QCommandLineOption partOption(u"part"_s, u"Only store, csv, proxy or view."_s, u"NAME"_s);
    parser.addOptions({ rowsOption, runsOption, partOption });
    parser.process(application);
    const int runs = std::max(1, parser.value(runsOption).toInt());
    const QString part = parser.value(partOption);
    const auto wanted = [&](const QString &name) { return part.isEmpty() || part == name; };
    const QStringList sizes = parser.values(rowsOption);
    for (const QString &size : sizes) {
        const quint32 rows = std::max(1U, size.toUInt());
        std::printf("%u rows, median of %d\n", rows, runs);
        if (wanted(u"store"_s))
            optout::bench::benchStore(rows, runs);
        if (wanted(u"csv"_s))
            optout::bench::benchCsv(rows, runs);
        // Ten million rows take the proxy minutes.
        if (wanted(u"proxy"_s) && rows <= 1'000'000)
            optout::bench::benchProxy(rows, runs);
        if (wanted(u"view"_s))
            optout::bench::benchView(rows, runs);
    }
    return 0;
}
