// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "service/givennumbers.h"

#include <algorithm>

namespace optout {

GivenNumbers::GivenNumbers(const ReadPlace &place)
{
    for (const ReadPlace::Chain &chain : place.chains) {
        std::size_t added = 0;
        for (const QByteArray &number : chain.lastGiven)
            added += m_recent.add(number.toStdString()) ? 1 : 0;
        remember(added);
    }
    expectAgain(place.alreadyGiven);
}

std::vector<OptedOutNumber> GivenNumbers::takeNew(const std::vector<OptedOutNumber> &page)
{
    std::vector<OptedOutNumber> fresh;
    fresh.reserve(page.size());
    std::size_t added = 0;
    const std::size_t expectedBefore = m_expected.size();
    for (const OptedOutNumber &row : page) {
        if (!m_recent.add(row.number))
            continue;
        ++added;
        if (m_expected.empty() || m_expected.erase(row.number) == 0)
            fresh.push_back(row);
    }
    remember(added);
    if (m_expected.size() != expectedBefore) {
        m_expectedInOrder.removeIf(
            [this](const QByteArray &number) { return !m_expected.contains(number.toStdString()); });
    }
    return fresh;
}

void GivenNumbers::expectAgain(const QList<QByteArray> &numbers)
{
    for (const QByteArray &number : numbers) {
        const std::string text = number.toStdString();
        m_recent.remove(text);
        if (m_expected.insert(text).second)
            m_expectedInOrder += number;
    }
}

void GivenNumbers::remember(std::size_t added)
{
    m_addedByPages.push_back(added);
    if (m_addedByPages.size() <= rememberedPages)
        return;
    m_recent.forgetFirst(m_addedByPages.front());
    m_addedByPages.pop_front();
}

QList<QByteArray> lastGivenOf(const std::vector<OptedOutNumber> &page)
{
    const std::size_t count = std::min(page.size(), std::size_t(GivenNumbers::rowsInPlace));
    QList<QByteArray> last;
    last.reserve(qsizetype(count));
    for (std::size_t i = page.size() - count; i < page.size(); ++i)
        last += QByteArray::fromStdString(page[i].number);
    return last;
}

} // namespace optout
