// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "demo/demolists.h"

#include "demo/demoendpoint.h"

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace optout::demo {

namespace {

using namespace std::chrono;

// Account ids of documentation: AWS uses both in examples, so they are nobody's.
const QString &otherAccount()
{
    static const QString id = u"444455556666"_s;
    return id;
}

//! Not qHash(): that one may differ between machines and versions of Qt, and a seed has to mean the same list
//! everywhere.
quint64 hashOfName(QStringView name)
{
    quint64 hash = 0;
    for (const QChar c : name)
        hash = scatter(hash ^ c.unicode());
    return hash;
}

} // namespace

QString listArn(const QString &accountId, const QString &name)
{
    return u"arn:aws:sms-voice:%1:%2:opt-out-list/%3"_s.arg(DemoEndpoint::region(), accountId, name);
}

DemoList::DemoList(Traits traits, const NumberSpace &space, quint64 seed)
    : m_traits(std::move(traits))
    , m_space(space)
    , m_key(scatter(seed ^ hashOfName(m_traits.name)))
    , m_about { .arn = listArn(m_traits.shared ? otherAccount() : DemoEndpoint::accountId(), m_traits.name),
        .name = m_traits.name,
        .created = m_traits.created }
    , m_calendar(m_traits.created, scatter(m_key + 1))
    , m_order(std::max(m_traits.rows, 1u), scatter(m_key + 2))
{
    std::vector<quint32> counts;
    quint32 left = m_traits.rows;
    for (const NumberSpace::Pool &pool : space.pools()) {
        const quint64 wanted = (quint64(m_traits.rows) * quint64(pool.weight) + 500) / 1000;
        counts.push_back(quint32(std::min<quint64>({ wanted, pool.size, left })));
        left -= counts.back();
    }
    // What rounding left over goes to the first pool while it lasts, and what no pool has goes to the last.
    const quint32 more = std::min(left, space.pools().front().size - counts.front());
    counts.front() += more;
    counts.back() += left - more;
    quint32 base = 0;
    for (const quint32 count : counts) {
        const quint32 poolSize = space.pools()[m_shares.size()].size;
        m_shares.push_back({ base, count, Permutation(poolSize, scatter(m_key + 3 + m_shares.size())) });
        base += count;
    }
}

DemoList::Row DemoList::row(quint32 index) const
{
    const quint32 place = m_order.map(index);
    std::size_t pool = m_shares.size() - 1;
    while (place < m_shares[pool].base)
        --pool;
    const Share &share = m_shares[pool];
    const NumberSpace::Pool &numbers = m_space.pools()[pool];
    const quint64 hash = hashOf(index);
    const bool endUser = isEndUser(index);
    const quint64 whim = scatter(hash + 1);
    return { .digits = numbers.numberAt(share.order.map(place - share.base)),
        .plus = int(whim % 100) >= m_traits.withoutPlusPercent,
        .endUser = endUser,
        .optedOutAt = endUser ? m_calendar.endUserMoment(scatter(hash + 2), numbers.utcOffsetHours)
                              : m_calendar.accountMoment(scatter(hash + 2), numbers.utcOffsetHours),
        .whim = scatter(whim) };
}

bool DemoList::isEndUser(quint32 index) const { return int(hashOf(index) % 100) < m_traits.endUserPercent; }

std::optional<quint32> DemoList::find(quint64 digits) const
{
    const auto place = m_space.locate(digits);
    if (!place)
        return std::nullopt;
    const Share &share = m_shares[std::size_t(place->pool)];
    const quint32 offset = share.order.unmap(place->index);
    if (offset >= share.count)
        return std::nullopt;
    return m_order.unmap(share.base + offset);
}

OptedOutNumber DemoList::toNumber(const Row &row)
{
    return { .number = (row.plus ? "+" : "") + std::to_string(row.digits),
        .optedOutAt = row.optedOutAt,
        .endUserOptedOut = row.endUser };
}

DemoLists::DemoLists(quint64 seed, quint32 rows, int endUserPercent)
{
    const auto at = [](year_month_day day, int hour, int milliseconds) {
        return Timestamp(sys_days { day }) + hours { hour } + std::chrono::milliseconds { milliseconds };
    };
    const DemoList::Traits lists[] = {
        { .name = u"OneTimePasswords"_s,
            .rows = 740,
            .created = at(2021y / March / 9, 13, 1'204'117),
            .endUserPercent = 93,
            .withoutPlusPercent = 4 },
        { .name = u"Default"_s,
            .rows = rows,
            .created = at(2021y / January / 4, 9, 1'723'391),
            .endUserPercent = endUserPercent },
        // As long as a name can be: 64 characters.
        { .name = u"Appointment-reminders_of_all_clinics_in_the_North-East_and_Wales"_s,
            .rows = 1312,
            .created = at(2023y / June / 20, 15, 482'000),
            .endUserPercent = 71 },
        { .name = u"PartnerNetwork"_s,
            .shared = true,
            .rows = 2150,
            .created = at(2022y / October / 11, 8, 3'000'908) },
        { .name = u"Marketing"_s,
            .rows = 5017,
            .created = at(2022y / February / 14, 10, 56'640),
            .endUserPercent = 86 },
        { .name = u"Pilot-2026"_s, .rows = 0, .created = at(2026y / May / 29, 16, 2'111'450) },
    };
    m_lists.reserve(std::size(lists));
    for (const DemoList::Traits &traits : lists)
        m_lists.emplace_back(traits, m_space, seed);
}

const DemoList *DemoLists::find(const QString &nameOrArn) const
{
    for (const DemoList &list : m_lists) {
        if (list.about().arn == nameOrArn || (!list.isShared() && list.about().name == nameOrArn))
            return &list;
    }
    return nullptr;
}

} // namespace optout::demo
