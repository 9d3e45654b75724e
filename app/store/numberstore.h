// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"
#include "domain/optedoutnumber.h"

#include <QtGlobal>

#include <limits>
#include <memory>
#include <span>
#include <string_view>

namespace optout {

//! One row in two words, 16 bytes.
//!
//! number: its digits as an integer, 1 to 10^19 - 1 (19 digits); values from 10^19 up are 10^19 plus the place in a
//! side table of texts that are no plain number (letters, a leading zero, 20 digits, nothing at all). time:
//! milliseconds since 1970 (negative before) times four, plus 2 if the number was written with a plus sign, plus 1 if
//! the end user opted out. So comparing two words compares the times, and these bits where they are equal. A row
//! without a time has the smallest time there is. Times beyond 73 million years from 1970 become the furthest that
//! fits.
struct PackedRow {
    quint64 number;
    qint64 time;

    static constexpr quint64 firstText = 10'000'000'000'000'000'000ULL;
    static constexpr qint64 endUserBit = 1;
    static constexpr qint64 plusBit = 2;
    //! In whole milliseconds, as time >> 2 gives them.
    static constexpr qint64 noTime = std::numeric_limits<qint64>::min() / 4;

    bool isText() const noexcept { return number >= firstText; }
    bool byEndUser() const noexcept { return (time & endUserBit) != 0; }
    bool hasTime() const noexcept { return milliseconds() != noTime; }
    qint64 milliseconds() const noexcept { return time >> 2; }
};

//! The loaded rows up to a certain count, as of the moment it was made: a value that a worker can read while the store
//! grows. Copies share the rows and keep them, also when the store is gone; the last one gives them back, which takes
//! milliseconds for many. Any thread.
class StoreSnapshot {
public:
    //! A chunk's rows lie together in memory; row r is in chunk r / chunkRows.
    static constexpr quint32 chunkRows = 65'536;

    StoreSnapshot(); //!< no rows
    quint32 size() const noexcept { return m_size; }
    StoreSnapshot first(quint32 rows) const; //!< the first so many, or all if there are fewer
    PackedRow at(quint32 row) const noexcept; //!< row < size()
    //! As it was given to the store; row < size(). Throws std::bad_alloc.
    OptedOutNumber unpacked(quint32 row) const;
    //! Has the processor fetch a row that will be looked at soon, where compilers can say so; row < size().
    void prefetch(quint32 row) const noexcept;

    //! For tight loops: the rows of a chunk as far as this snapshot has them.
    std::span<const PackedRow> chunk(quint32 index) const noexcept; //!< index * chunkRows < size()
    //! The text of a row of this snapshot that isText(): UTF-8 as it was given, with its plus sign. Valid for as long
    //! as this snapshot or a later one of the same store lives.
    std::string_view text(PackedRow row) const noexcept;
    bool hasTexts() const noexcept; //!< whether any row isText(), without looking through them
    //! Whether it begins with the rows of that snapshot: it is of the same store and not older. All begin with no rows.
    bool continues(const StoreSnapshot &earlier) const noexcept;

private:
    friend class NumberStore;
    struct Shared;
    std::shared_ptr<const Shared> m_shared;
    quint32 m_size = 0;
};

//! The rows of one read in the order the service gave them. Rows are appended, never changed or removed; a chunk of
//! 65,536 rows never moves, so growing never copies rows and snapshots stay good. Up to 2^32 - 1 rows. One thread
//! appends and reads; snapshots may be read by any thread.
class NumberStore final {
public:
    //! \param maxRows the store is full then: for those who count rows in smaller types
    explicit NumberStore(quint32 maxRows = std::numeric_limits<quint32>::max());
    ~NumberStore();
    Q_DISABLE_COPY_MOVE(NumberStore)

    //! Storage if memory is exhausted or the store is full; then none of these rows is added and the others stay.
    //! \param rows texts of less than 4 GB
    Result<Done> append(std::span<const OptedOutNumber> rows);

    quint32 size() const noexcept;
    PackedRow at(quint32 row) const noexcept; //!< row < size()
    OptedOutNumber row(quint32 row) const; //!< row < size(); throws std::bad_alloc
    StoreSnapshot snapshot() const; //!< of all rows there are now; costs no copy of them
    qint64 memoryBytes() const; //!< of rows and texts, by whole chunks of 1 MB and blocks of 64 KB; for the bench

private:
    class Data;
    std::unique_ptr<Data> m_data;
};

} // namespace optout
