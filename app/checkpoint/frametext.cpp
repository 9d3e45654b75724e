// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "checkpoint/frametext.h"

#include <QDataStream>
#include <QIODevice>

#include <algorithm>

namespace optout {

namespace {

enum class Kind : quint8 { Asked = 1, Page = 2 };

constexpr auto version = QDataStream::Qt_6_4; // of QDataStream; the file's own stands in its first bytes

qint8 codeOf(std::optional<bool> filter) { return filter ? qint8(*filter) : qint8(-1); }

std::optional<bool> filterOf(qint8 code) { return code < 0 ? std::nullopt : std::optional(code == 1); }

qint64 millisecondsOf(Timestamp time) { return time.time_since_epoch().count(); }

Timestamp timeOf(qint64 milliseconds) { return Timestamp(std::chrono::milliseconds(milliseconds)); }

template <typename Write> QByteArray written(Kind kind, Write write)
{
    QByteArray frame;
    QDataStream out(&frame, QIODevice::WriteOnly);
    out.setVersion(version);
    out << quint8(kind);
    write(out);
    return frame;
}

template <typename Read> bool readBack(const QByteArray &frame, Kind kind, Read read)
{
    QDataStream in(frame);
    in.setVersion(version);
    quint8 code = 0;
    in >> code;
    if (code != quint8(kind))
        return false;
    read(in);
    return in.status() == QDataStream::Ok && in.atEnd();
}

void writePlace(QDataStream &out, const ReadPlace &place)
{
    out << quint32(place.chains.size());
    for (const ReadPlace::Chain &chain : place.chains)
        out << codeOf(chain.endUserOptedOut) << chain.nextToken.has_value() << chain.nextToken.value_or(QString())
            << chain.isAtEnd << chain.lastGiven;
    out << place.alreadyGiven;
}

ReadPlace readPlace(QDataStream &in)
{
    ReadPlace place;
    quint32 count = 0;
    in >> count;
    for (quint32 i = 0; i < count && in.status() == QDataStream::Ok; ++i) {
        qint8 filter = -1;
        bool hasToken = false;
        QString token;
        ReadPlace::Chain chain;
        in >> filter >> hasToken >> token >> chain.isAtEnd >> chain.lastGiven;
        chain.endUserOptedOut = filterOf(filter);
        if (hasToken)
            chain.nextToken = token;
        place.chains << chain;
    }
    in >> place.alreadyGiven;
    return place;
}

void writeRow(QDataStream &out, const OptedOutNumber &row)
{
    out << QByteArray::fromRawData(row.number.data(), qsizetype(row.number.size())) << row.optedOutAt.has_value()
        << (row.optedOutAt ? millisecondsOf(*row.optedOutAt) : qint64(0)) << row.endUserOptedOut;
}

OptedOutNumber readRow(QDataStream &in)
{
    QByteArray number;
    bool hasTime = false;
    qint64 time = 0;
    OptedOutNumber row;
    in >> number >> hasTime >> time >> row.endUserOptedOut;
    row.number = number.toStdString();
    if (hasTime)
        row.optedOutAt = timeOf(time);
    return row;
}

} // namespace

QByteArray writeAskedFrame(const ReadAsked &asked)
{
    return written(Kind::Asked, [&asked](QDataStream &out) {
        out << asked.endpoint << asked.region << asked.account << asked.list << codeOf(asked.endUserOptedOut)
            << qint32(asked.pageSize) << millisecondsOf(asked.begun);
    });
}

std::optional<ReadAsked> readAskedFrame(const QByteArray &frame)
{
    ReadAsked asked;
    const bool read = readBack(frame, Kind::Asked, [&asked](QDataStream &in) {
        qint8 filter = -1;
        qint32 pageSize = 0;
        qint64 begun = 0;
        in >> asked.endpoint >> asked.region >> asked.account >> asked.list >> filter >> pageSize >> begun;
        asked.endUserOptedOut = filterOf(filter);
        asked.pageSize = pageSize;
        asked.begun = timeOf(begun);
    });
    return read ? std::optional(asked) : std::nullopt;
}

QByteArray writePageFrame(std::span<const OptedOutNumber> rows, const ReadPlace &place, Timestamp arrived)
{
    return written(Kind::Page, [&](QDataStream &out) {
        out << millisecondsOf(arrived);
        writePlace(out, place);
        out << quint32(rows.size());
        for (const OptedOutNumber &row : rows)
            writeRow(out, row);
    });
}

bool readPageFrame(const QByteArray &frame, RestoredRead &read)
{
    return readBack(frame, Kind::Page, [&read](QDataStream &in) {
        qint64 arrived = 0;
        in >> arrived;
        read.read.lastPage = timeOf(arrived);
        read.read.place = readPlace(in);
        quint32 count = 0;
        in >> count;
        for (quint32 i = 0; i < count && in.status() == QDataStream::Ok; ++i)
            read.rows.push_back(readRow(in));
        read.read.rows = qint64(read.rows.size());
    });
}

} // namespace optout
