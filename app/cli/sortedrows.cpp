// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "cli/sortedrows.h"

#include "export/csvwriter.h"

#include <algorithm>
#include <new>
#include <utility>

namespace optout {

using namespace Qt::Literals::StringLiterals;

SortedRows::SortedRows(RowQuery query, QObject *parent)
    : QObject(parent)
    , m_query(std::move(query))
    , m_store(std::make_unique<NumberStore>())
{
}

SortedRows::~SortedRows() = default;

Result<Done> SortedRows::append(std::span<const OptedOutNumber> rows)
{
    return m_store->append(rows) ? Result<Done>(Done {}) : exhausted();
}

void SortedRows::clear()
{
    m_store.reset(); // the old rows make room for the new store
    m_store = std::make_unique<NumberStore>();
}

void SortedRows::sort()
{
    try {
        m_rows = m_store->snapshot();
        m_builder = std::make_unique<RowOrderBuilder>(RowOrderBuilder::Keeps::Nothing);
        connect(m_builder.get(), &RowOrderBuilder::finished, this, &SortedRows::takeOrder);
        m_builder->build(m_rows, m_query);
    } catch (const std::exception &) { // no memory, or no thread
        QMetaObject::invokeMethod(
            this, [this, error = exhausted()] { emit sorted(error); }, Qt::QueuedConnection);
    }
}

void SortedRows::cancel()
{
    if (m_builder)
        m_builder->cancel();
}

void SortedRows::takeOrder(const RowOrderResult &outcome)
{
    if (!outcome) {
        emit sorted(exhausted());
        return;
    }
    m_order = *outcome;
    emit sorted(Done {});
}

Result<bool> SortedRows::appendNextLines(std::string &text, quint32 most)
{
    const quint32 end = m_given + std::min(most, m_order->size() - m_given);
    try {
        m_places.clear();
        for (quint32 row = m_given; row < end; ++row)
            m_places.push_back(m_order->storeRow(row));
        appendCsvRows(text, m_rows, m_places);
    } catch (const std::bad_alloc &) {
        return exhausted();
    }
    m_given = end;
    return m_given < m_order->size();
}

Error SortedRows::exhausted()
{
    const quint32 rows = m_store->size();
    m_order.reset();
    m_rows = {};
    clear();
    return { .kind = Error::Kind::Storage,
        .detail = u"memory is exhausted: there is not enough to sort the %1 numbers read so far; without --sort they "
                  "are written as they are read"_s.arg(rows) };
}

} // namespace optout
