// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "export/exportoperation.h"

#include "export/csvwriter.h"
#include "export/disksync.h"

#include <QFileInfo>
#include <QPointer>
#include <QSaveFile>
#include <QThreadPool>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <future>
#include <mutex>
#include <new>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

using Outcome = Result<Done>;

constexpr auto progressInterval = std::chrono::milliseconds(100);
constexpr std::size_t pieceBytes = 2 << 20; // written at once

Error storageError(const QString &fileName, const QString &why)
{
    return { .kind = Error::Kind::Storage,
        .detail =
            u"The file \"%1\" could not be written: %2. Choose another place or name, or free some space; what stood "
            "there before is unchanged."_s.arg(fileName, why) };
}

// A disk that fills takes a part, and says why when it is given the rest.
bool writeWhole(QSaveFile &file, std::string_view bytes)
{
    while (!bytes.empty()) {
        const qint64 written = file.write(bytes.data(), qint64(bytes.size()));
        if (written <= 0)
            return false;
        bytes.remove_prefix(std::size_t(written));
    }
    return true;
}

Error cancelled()
{
    return { .kind = Error::Kind::Cancelled, .detail = u"The export was stopped; no file was written."_s };
}

} // namespace

// What both threads know. The worker holds it too, so deleting the operation leaves it intact.
struct ExportOperation::Shared {
    const ExportSource source;
    const QString fileName;
    std::stop_source stop {};

    enum class Phase { Writing, PuttingInPlace, Abandoned };
    std::atomic<Phase> phase { Phase::Writing };

    std::mutex mutex {}; // for the three below; held for moments only, never while the disk works
    ExportOperation *receiver = nullptr; // null once it is deleted
    qint64 rowsWritten = 0;
    std::optional<Outcome> outcome {};

    void report(qint64 rows)
    {
        const std::lock_guard lock(mutex);
        rowsWritten = rows;
        notify();
    }

    void finish(const Outcome &result)
    {
        const std::lock_guard lock(mutex);
        outcome = result;
        notify();
    }

    //! Has the worker stop, unless it is putting the file in place already.
    void abandon()
    {
        stop.request_stop();
        Phase writing = Phase::Writing;
        phase.compare_exchange_strong(writing, Phase::Abandoned);
    }

    Outcome write();

private:
    void notify() const
    {
        if (receiver)
            QMetaObject::invokeMethod(receiver, &ExportOperation::deliver, Qt::QueuedConnection);
    }

    Outcome writeRows(QSaveFile &file);
    Outcome putInPlace(QSaveFile &file);
};

Outcome ExportOperation::Shared::write()
{
    try {
        // QSaveFile renames over whatever has the name, also over a device file.
        if (const QFileInfo target(fileName); target.exists() && !target.isFile())
            return storageError(fileName, u"something that is no regular file has this name"_s);
        QSaveFile file(fileName);
        if (!file.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
            return storageError(fileName, file.errorString());
        if (const Outcome rows = writeRows(file); !rows) {
            file.cancelWriting();
            return rows;
        }
        return putInPlace(file);
    } catch (const std::bad_alloc &) {
        return storageError(fileName, u"memory is exhausted"_s);
    }
}

// Each piece goes to the file in a thread of its own, while the next rows are put into words: that takes as long as the
// writing. One thread at a time has the file.
Outcome ExportOperation::Shared::writeRows(QSaveFile &file)
{
    using Steady = std::chrono::steady_clock;
    constexpr quint32 stepRows = 4'096; // between two looks at the clock and the stop token
    std::string text = csvHeader();
    std::string piece;
    for (std::string *buffer : { &text, &piece })
        buffer->reserve(pieceBytes + stepRows * std::size_t(64));
    std::future<bool> writing; // of the piece
    const auto isWritten = [&] { return !writing.valid() || writing.get(); };
    const auto flush = [&] {
        if (!isWritten())
            return false;
        std::swap(text, piece);
        text.clear();
        writing = std::async([&] { return writeWhole(file, piece); });
        return true;
    };
    auto reported = Steady::now();
    std::vector<quint32> step;
    step.reserve(stepRows);
    for (quint32 row = 0; row < source.order->size();) {
        if (stop.stop_requested())
            return cancelled();
        if (const auto now = Steady::now(); now - reported >= progressInterval) {
            reported = now;
            report(row);
        }
        step.clear();
        for (const quint32 end = std::min(row + stepRows, source.order->size()); row < end; ++row)
            step.push_back(source.order->storeRow(row));
        appendCsvRows(text, source.rows, step);
        if (text.size() >= pieceBytes && !flush())
            return storageError(fileName, file.errorString());
    }
    if (!flush() || !isWritten())
        return storageError(fileName, file.errorString());
    return Done {};
}

Outcome ExportOperation::Shared::putInPlace(QSaveFile &file)
{
    // Now, so that putting the file in place has little left to do.
    if (const std::optional<QString> why = syncToDisk(file)) {
        file.cancelWriting();
        return storageError(fileName, *why);
    }
    // Who stops the export after this moment comes too late; nobody waits for the disk to find out.
    Phase writing = Phase::Writing;
    if (!phase.compare_exchange_strong(writing, Phase::PuttingInPlace)) {
        file.cancelWriting();
        return cancelled();
    }
    if (!file.commit())
        return storageError(fileName, file.errorString());
    const std::lock_guard lock(mutex);
    rowsWritten = source.order->size();
    return Done {};
}

ExportOperation::ExportOperation(ExportSource source, QString fileName, QObject *parent)
    : QObject(parent)
    , m_shared(new Shared { .source = std::move(source), .fileName = std::move(fileName) })
{
    m_shared->receiver = this;
}

ExportOperation::~ExportOperation()
{
    m_shared->abandon();
    const std::lock_guard lock(m_shared->mutex);
    m_shared->receiver = nullptr;
}

void ExportOperation::start()
{
    Q_ASSERT(!m_started);
    m_started = true;
    QThreadPool::globalInstance()->start([shared = m_shared] { shared->finish(shared->write()); });
}

void ExportOperation::cancel()
{
    m_shared->abandon();
    if (!std::exchange(m_started, true))
        m_shared->finish(cancelled());
}

void ExportOperation::deliver()
{
    if (m_finished)
        return;
    std::optional<Outcome> outcome;
    qint64 rowsWritten = 0;
    {
        const std::lock_guard lock(m_shared->mutex);
        outcome = m_shared->outcome;
        rowsWritten = m_shared->rowsWritten;
    }
    m_finished = outcome.has_value();
    const QPointer<ExportOperation> guard(this); // whoever hears of it may delete this
    if (!outcome || *outcome) // a file that is whole is reported as such before the end
        emit progressed(rowsWritten, m_shared->source.order->size());
    if (outcome && guard)
        emit finished(*outcome);
}

} // namespace optout
