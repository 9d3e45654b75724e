// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "bench/measure.h"

#include <QByteArray>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <ctime>

namespace optout::bench {

using namespace Qt::Literals::StringLiterals;

namespace {

// A line of /proc/self/status such as "VmRSS:     123 kB".
qint64 statusBytes(QByteArrayView name)
{
    QFile file(u"/proc/self/status"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> lines = file.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith(name))
            return line.simplified().split(' ').value(1).toLongLong() * 1'024;
    }
    return 0;
}

void write(const QString &line)
{
    std::fprintf(stdout, "%s\n", qUtf8Printable(line));
    std::fflush(stdout);
}

QFile &figuresFile()
{
    static QFile file;
    return file;
}

QJsonObject &aboutPart()
{
    static QJsonObject about;
    return about;
}

void keep(const QString &what, double value, const QString &unit, QJsonObject figure = {})
{
    if (!figuresFile().isOpen())
        return;
    const qsizetype remark = what.endsWith(u')') ? what.lastIndexOf(u" ("_s) : -1;
    figure.insert("what"_L1, what.left(remark < 0 ? what.size() : remark));
    if (remark >= 0)
        figure.insert("remark"_L1, what.sliced(remark + 2).chopped(1));
    figure.insert("value"_L1, value);
    figure.insert("unit"_L1, unit);
    for (auto it = aboutPart().constBegin(); it != aboutPart().constEnd(); ++it)
        figure.insert(it.key(), it.value());
    figuresFile().write(QJsonDocument(figure).toJson(QJsonDocument::Compact) + '\n');
    figuresFile().flush();
}

} // namespace

bool keepFigures(const QString &fileName)
{
    figuresFile().setFileName(fileName);
    return figuresFile().open(QIODevice::WriteOnly);
}

void beginPart(const QString &part, quint32 rows, int runs)
{
    aboutPart() = { { "part"_L1, part }, { "rows"_L1, qint64(rows) }, { "runs"_L1, runs } };
}

double medianOf(std::vector<double> figures)
{
    const auto middle = figures.begin() + std::ptrdiff_t(figures.size() / 2);
    std::nth_element(figures.begin(), middle, figures.end());
    return *middle;
}

double median(int runs, const std::function<void()> &work, const std::function<void()> &prepare)
{
    using Steady = std::chrono::steady_clock;
    std::vector<double> figures;
    for (int run = 0; run < runs; ++run) {
        if (prepare)
            prepare();
        const auto begin = Steady::now();
        work();
        figures.push_back(std::chrono::duration<double, std::milli>(Steady::now() - begin).count());
    }
    return medianOf(std::move(figures));
}

double medianCpu(int runs, const std::function<void()> &work, const std::function<void()> &prepare)
{
    std::vector<double> figures;
    for (int run = 0; run < runs; ++run) {
        if (prepare)
            prepare();
        const std::clock_t begin = std::clock();
        work();
        figures.push_back(double(std::clock() - begin) * 1e3 / CLOCKS_PER_SEC);
    }
    return medianOf(std::move(figures));
}

void print(const QString &what, double milliseconds)
{
    write(u"%1 %2 ms"_s.arg(what, -44).arg(milliseconds, 10, 'f', 2));
    keep(what, milliseconds, u"ms"_s);
}

void print(const QString &what, double milliseconds, const QString &comparedWith, double otherMilliseconds)
{
    write(u"%1 %2 ms   %3 %4 ms   ratio %5"_s.arg(what, -44)
              .arg(milliseconds, 10, 'f', 2)
              .arg(comparedWith, -36)
              .arg(otherMilliseconds, 10, 'f', 2)
              .arg(milliseconds / otherMilliseconds, 0, 'f', 3));
    keep(what, milliseconds, u"ms"_s, { { "compared_with"_L1, comparedWith }, { "other"_L1, otherMilliseconds } });
}

void printFigure(const QString &what, double figure, const QString &unit)
{
    write(u"%1 %2 %3"_s.arg(what, -44).arg(figure, 10, 'f', 2).arg(unit));
    keep(what, figure, unit);
}

void printRowMemory(const QString &what, qint64 before, qint64 now, quint32 rows)
{
    if (before > 0 && now > 0)
        printFigure(what, double(now - before) / rows, u"bytes"_s);
}

qint64 residentBytes() { return statusBytes("VmRSS:"); }

qint64 mostResidentBytes() { return statusBytes("VmHWM:"); }

void forgetPeak()
{
    QFile file(u"/proc/self/clear_refs"_s);
    if (file.open(QIODevice::WriteOnly))
        file.write("5"); // proc(5): resets the peak
}

OptedOutNumber LifelikeRows::next()
{
    static constexpr std::array<quint64, 10> prefixes { 1'416, 1'212, 1'310, 1'646, 1'905, 1'555, 44'770, 4'915, 33'6,
        9'198 };
    const quint64 bits = m_random();
    quint64 number = prefixes[bits % prefixes.size()];
    const int digits = (bits >> 8) % 5 == 0 ? 8 : 7;
    quint64 rest = bits >> 16;
    for (int i = 0; i < digits; ++i, rest /= 10)
        number = number * 10 + rest % 10;
    constexpr qint64 begin = 1'580'000'000'000;
    constexpr quint64 span = 190'000'000'000;
    return { .number = '+' + std::to_string(number),
        .optedOutAt = Timestamp(std::chrono::milliseconds(begin + qint64(m_random() % span))),
        .endUserOptedOut = (bits >> 12) % 4 != 0 };
}

std::vector<OptedOutNumber> LifelikeRows::next(std::size_t count)
{
    std::vector<OptedOutNumber> rows;
    rows.reserve(count);
    for (std::size_t i = 0; i < count; ++i)
        rows.push_back(next());
    return rows;
}

} // namespace optout::bench
