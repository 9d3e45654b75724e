// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "service/recentnumbers.h"

#include <algorithm>
#include <functional>

namespace optout {

namespace {
constexpr std::size_t buckets = 4'096; // more than GivenNumbers ever remembers
}

RecentNumbers::RecentNumbers()
    : m_newest(buckets, nullptr)
{
}

bool RecentNumbers::add(const std::string &number)
{
    const std::size_t bucket = std::hash<std::string> {}(number) % buckets;
    if (*find(bucket, number))
        return false;
    m_entries.push_back({ .number = number, .bucket = bucket, .next = m_newest[bucket] });
    m_newest[bucket] = &m_entries.back();
    return true;
}

void RecentNumbers::remove(const std::string &number)
{
    Entry **const link = find(std::hash<std::string> {}(number) % buckets, number);
    if (*link)
        *link = (*link)->next;
}

void RecentNumbers::forgetFirst(std::size_t count)
{
    for (std::size_t left = std::min(count, m_entries.size()); left > 0; --left) {
        const Entry &first = m_entries.front();
        Entry **link = &m_newest[first.bucket];
        while (*link && *link != &first)
            link = &(*link)->next;
        if (*link)
            *link = first.next;
        m_entries.pop_front();
    }
}

//! Where the pointer to it stands, or the null pointer that ends its bucket.
RecentNumbers::Entry **RecentNumbers::find(std::size_t bucket, const std::string &number)
{
    Entry **link = &m_newest[bucket];
    while (*link && (*link)->number != number)
        link = &(*link)->next;
    return link;
}

} // namespace optout
