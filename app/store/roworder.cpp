// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "store/roworder.h"

#include "store/halves.h"
#include "store/rowfilter.h"
#include "store/rowmerge.h"
#include "store/rowsort.h"
#include "store/sortkey.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <limits>
#include <new>
#include <numeric>
#include <span>

namespace optout {

namespace {

constexpr quint32 stepRows = 4'096; // between two looks at the stop token

struct Free {
    void operator()(quint32 *rows) const { std::free(rows); }
};

} // namespace

// Rows of one or more orders. Taken for the most that a filter can let through and then cut down: pages that were never
// written to cost nothing, where a growing vector would copy and a counting run would read the store twice.
class RowOrder::Buffer {
public:
    explicit Buffer(quint32 capacity)
        : m_rows(static_cast<quint32 *>(std::malloc(bytes(capacity))))
        , m_capacity(capacity)
    {
        if (!m_rows)
            throw std::bad_alloc();
    }

    quint32 *data() { return m_rows.get(); }
    std::span<quint32> first(quint32 rows) { return { m_rows.get(), rows }; }

    // Gives back what is past that many rows, and takes some room for rows that come later: in two steps, because a
    // filter may have written there, and pages that were written to would stay.
    void settle(quint32 rows)
    {
        m_used = rows;
        const auto kept = quint32(std::min<quint64>(m_capacity, quint64(rows) + rows / 4 + 1'024));
        resize(rows);
        resize(kept);
    }

    // The place for more rows after those of an order that ends at \a end; null if it is taken, by another order that
    // was extended from the same one, or if there is not enough.
    quint32 *claim(quint32 end, std::size_t count)
    {
        if (count > m_capacity - end || !m_used.compare_exchange_strong(end, end + quint32(count)))
            return nullptr;
        return m_rows.get() + end;
    }

private:
    void resize(quint32 rows)
    {
        auto *resized = static_cast<quint32 *>(std::realloc(m_rows.get(), bytes(rows)));
        if (!resized)
            return; // then it stays as it is
        static_cast<void>(m_rows.release());
        m_rows.reset(resized);
        m_capacity = rows;
    }

    // Never nothing: that would make null a good answer, and of realloc a free.
    static std::size_t bytes(quint32 rows) { return std::max<std::size_t>(rows, 1) * sizeof(quint32); }

    std::unique_ptr<quint32[], Free> m_rows;
    quint32 m_capacity;
    std::atomic<quint32> m_used { 0 };
};

// The one place where orders are made.
class OrderBuild {
public:
    OrderBuild(const StoreSnapshot &rows, const RowQuery &query, Cores cores, std::stop_token stop)
        : m_rows(rows)
        , m_cores(cores)
        , m_stop(std::move(stop))
        , m_order(std::make_shared<RowOrder>())
    {
        m_order->m_query = query;
        m_order->m_judged = rows.size();
    }

    std::shared_ptr<const RowOrder> build()
    {
        if (m_order->m_query.isIdentity())
            return identity();
        if (m_order->m_query.filter.passesEverything())
            return sort(RowNumbers(m_rows.size()));
        auto passed = select(0);
        if (!passed)
            return nullptr;
        passed->settle(m_selected);
        return m_order->growsAtTheEnd() ? finish(std::move(passed), m_selected)
                                        : sort(RowNumbers(passed->first(m_selected)));
    }

    std::shared_ptr<const RowOrder> extend(const RowOrder &old)
    {
        Q_ASSERT(m_rows.size() >= old.judgedRows());
        if (old.judgedRows() == 0)
            return build();
        if (m_order->m_query.isIdentity())
            return identity();
        auto passed = select(old.judgedRows());
        if (!passed)
            return nullptr;
        const auto added = passed->first(m_selected);
        if (m_order->growsAtTheEnd())
            return append(old, added);
        const auto sorted = std::make_shared<RowOrder::Buffer>(m_selected);
        if (!sortRows(m_rows, m_order->m_query.sort, RowNumbers(added), sorted->first(m_selected), m_cores, m_stop))
            return nullptr;
        return merge(old, sorted->first(m_selected));
    }

    std::shared_ptr<const RowOrder> filter(const RowOrder &everyRow)
    {
        Q_ASSERT(everyRow.m_rows && everyRow.query().filter.passesEverything());
        m_order->m_judged = everyRow.judgedRows();
        const auto passes = RowFilter(m_order->m_query.filter).selectBits(m_rows, everyRow.judgedRows(), m_stop);
        if (!passes)
            return nullptr;
        auto buffer = std::make_shared<RowOrder::Buffer>(everyRow.m_size);
        const std::span<const quint32> sorted(everyRow.m_rows, everyRow.m_size);
        const quint32 size =
            fillInHalves(m_cores, everyRow.m_size, buffer->data(), [&](quint32 first, quint32 last, quint32 *out) {
                return keepThose(*passes, sorted.subspan(first, last - first), out);
            });
        if (m_stop.stop_requested())
            return nullptr;
        buffer->settle(size);
        return finish(std::move(buffer), size);
    }

private:
    using BufferPointer = std::shared_ptr<RowOrder::Buffer>;

    std::shared_ptr<const RowOrder> identity()
    {
        m_order->m_size = m_rows.size();
        return m_order;
    }

    std::shared_ptr<const RowOrder> finish(BufferPointer buffer, quint32 size)
    {
        m_order->m_rows = buffer->data();
        m_order->m_buffer = std::move(buffer);
        m_order->m_size = size;
        return m_order;
    }

    std::shared_ptr<const RowOrder> sort(const RowNumbers &rows)
    {
        auto sorted = std::make_shared<RowOrder::Buffer>(rows.size());
        if (!sortRows(m_rows, m_order->m_query.sort, rows, sorted->first(rows.size()), m_cores, m_stop))
            return nullptr;
        return finish(std::move(sorted), rows.size());
    }

    // The rows from \a first on that pass the filter, m_selected of them; null when stopped.
    BufferPointer select(quint32 first)
    {
        const quint32 end = m_rows.size();
        auto buffer = std::make_shared<RowOrder::Buffer>(end - first);
        const RowFilter filter(m_order->m_query.filter);
        m_selected = fillInHalves(m_cores, end - first, buffer->data(),
            [&](quint32 from, quint32 to, quint32 *out) { return keepPassing(filter, first + from, first + to, out); });
        return m_stop.stop_requested() ? nullptr : buffer;
    }

    // Both return how many rows they wrote, when stopped any number.
    quint32 keepPassing(const RowFilter &filter, quint32 first, quint32 end, quint32 *out) const
    {
        const bool all = m_order->m_query.filter.passesEverything();
        quint32 count = 0;
        for (quint32 last = first; first < end && !m_stop.stop_requested(); first = last) {
            last = first + std::min(stepRows, end - first);
            if (all) {
                std::iota(out + count, out + count + (last - first), first);
                count += last - first;
            } else {
                count += filter.select(m_rows, first, last, out + count);
            }
        }
        return count;
    }

    quint32 keepThose(const std::vector<quint64> &bits, std::span<const quint32> sorted, quint32 *const out) const
    {
        quint32 count = 0;
        while (!sorted.empty() && !m_stop.stop_requested()) {
            const auto step = sorted.first(std::min<std::size_t>(stepRows, sorted.size()));
            for (const quint32 row : step) { // without a branch on the outcome, as in RowFilter
                out[count] = row;
                count += quint32((bits[row / 64] >> (row % 64)) & 1);
            }
            sorted = sorted.subspan(step.size());
        }
        return count;
    }

    std::shared_ptr<const RowOrder> append(const RowOrder &old, std::span<const quint32> added)
    {
        const quint32 size = old.m_size + quint32(added.size());
        BufferPointer buffer = old.m_buffer;
        quint32 *place = buffer ? buffer->claim(old.m_size, added.size()) : nullptr;
        if (!place) {
            // Half as much again each time: in the long run each row is moved a few times at most.
            const quint64 most =
                std::min<quint64>(quint64(size) + size / 2 + 1'024, std::numeric_limits<quint32>::max());
            buffer = std::make_shared<RowOrder::Buffer>(quint32(most));
            if (!RowNumbers(std::span(old.m_rows, old.m_size)).copyInSteps(buffer->first(old.m_size), m_stop))
                return nullptr;
            place = buffer->claim(0, size) + old.m_size;
        }
        std::copy(added.begin(), added.end(), place);
        return finish(std::move(buffer), size);
    }

    std::shared_ptr<const RowOrder> merge(const RowOrder &old, std::span<const quint32> added)
    {
        const quint32 size = old.m_size + quint32(added.size());
        auto buffer = std::make_shared<RowOrder::Buffer>(size);
        const std::span<const quint32> present(old.m_rows, old.m_size);
        if (!mergeRows(m_rows, m_order->m_query.sort, present, added, buffer->data(), m_stop))
            return nullptr;
        return finish(std::move(buffer), size);
    }

    const StoreSnapshot &m_rows;
    Cores m_cores;
    std::stop_token m_stop;
    std::shared_ptr<RowOrder> m_order;
    quint32 m_selected = 0;
};

std::optional<quint32> RowOrder::viewRow(const StoreSnapshot &rows, quint32 storeRow) const
{
    if (storeRow >= m_judged)
        return std::nullopt;
    if (!m_rows)
        return storeRow;
    // Rows that compare equal stand in the order read: no two stand at the same place.
    const auto standsBefore = [&](quint32 a, quint32 b) {
        const std::weak_ordering order =
            growsAtTheEnd() ? std::weak_ordering::equivalent : compareRows(rows, m_query.sort, a, b);
        return order == 0 ? a < b : order < 0;
    };
    const quint32 *const end = m_rows + m_size;
    const quint32 *const found = std::lower_bound(m_rows, end, storeRow, standsBefore);
    if (found == end || *found != storeRow)
        return std::nullopt;
    return quint32(found - m_rows);
}

std::shared_ptr<const RowOrder> buildOrder(
    const StoreSnapshot &rows, const RowQuery &query, std::stop_token stop, Cores cores)
{
    return OrderBuild(rows, query, cores, std::move(stop)).build();
}

std::shared_ptr<const RowOrder> filterOrder(
    const RowOrder &everyRow, const StoreSnapshot &rows, const NumberFilter &filter, std::stop_token stop)
{
    const RowQuery query { .filter = filter, .sort = everyRow.query().sort };
    return OrderBuild(rows, query, Cores::Two, std::move(stop)).filter(everyRow);
}

std::shared_ptr<const RowOrder> extendOrder(
    const RowOrder &order, const StoreSnapshot &rows, std::stop_token stop, Cores cores)
{
    return OrderBuild(rows, order.query(), cores, std::move(stop)).extend(order);
}

} // namespace optout
