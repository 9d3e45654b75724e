// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "bench/measure.h"
#include "export/csvwriter.h"
#include "export/exportoperation.h"

#include <QEventLoop>
#include <QSaveFile>
#include <QTemporaryDir>

namespace optout::bench {

using namespace Qt::Literals::StringLiterals;

namespace {

void writeWhole(const QString &fileName, const std::string &text)
{
    QSaveFile file(fileName);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        qFatal("%s", qUtf8Printable(file.errorString()));
    constexpr std::size_t pieceBytes = 1 << 20;
    for (std::size_t at = 0; at < text.size(); at += pieceBytes)
        file.write(text.data() + at, qint64(std::min(pieceBytes, text.size() - at)));
    if (!file.commit())
        qFatal("%s", qUtf8Printable(file.errorString())); // a file that was given up is soon written
}

void exportTo(const QString &fileName, const ExportSource &source)
{
    ExportOperation operation(source, fileName, nullptr);
    QEventLoop loop;
    QObject::connect(&operation, &ExportOperation::finished, &loop, [&loop](const Result<Done> &outcome) {
        if (!outcome)
            qFatal("%s", qUtf8Printable(outcome.error().detail));
        loop.quit();
    });
    operation.start();
    loop.exec();
}

} // namespace

void benchCsv(quint32 rows, int runs)
{
    NumberStore store;
    LifelikeRows lifelike;
    while (store.size() < rows) {
        if (!store.append(lifelike.next(std::min(10'000U, rows - store.size()))))
            return;
    }
    const StoreSnapshot snapshot = store.snapshot();
    std::string text = csvHeader();
    for (quint32 i = 0; i < snapshot.size(); ++i)
        appendCsvRow(text, snapshot.unpacked(i));

    const QTemporaryDir folder;
    const QString fileName = folder.filePath(u"out.csv"_s);
    const auto removed = [&] { QFile::remove(fileName); };
    const double bare = median(
        runs, [&] { writeWhole(fileName, text); }, removed);
    const double asRead = median(
        runs, [&] { exportTo(fileName, { .rows = snapshot, .order = buildOrder(snapshot, {}) }); }, removed);
    print(u"CSV as read (%1 MB)"_s.arg(text.size() / 1'000'000), asRead, u"the same bytes from memory"_s, bare);
    const auto order = buildOrder(snapshot, { .sort = { .key = SortSpec::Key::Number } });
    const double sorted = median(
        runs, [&] { exportTo(fileName, { .rows = snapshot, .order = order }); }, removed);
    print(u"CSV sorted by number"_s, sorted, u"the same bytes from memory"_s, bare);
}

} // namespace optout::bench
