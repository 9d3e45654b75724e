// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "service/givennumbers.h"

#include <algorithm>

namespace optout {

GivenNumbers::GivenNumbers(const ReadPlace &place)
{
    for (const ReadPlace::Chain &chain : place.chains) {
        std::vector<std::string> page;
        for (const QByteArray &number : chain.lastGiven) {
            if (m_recent.insert(number.toStdString()).second)
                page.push_back(number.toStdString());
        }
        remember(page);
    }
    expectAgain(place.alreadyGiven);
}

std::vector<OptedOutNumber> GivenNumbers::takeNew(const std::vector<OptedOutNumber> &page)
{
    std::vector<OptedOutNumber> fresh;
    std::vector<std::string> seen;
    fresh.reserve(page.size());
    seen.reserve(page.size());
    const std::size_t expectedBefore = m_expected.size();
    for (const OptedOutNumber &row : page) {
        if (!m_recent.insert(row.number).second)
            continue;
        seen.push_back(row.number);
        if (m_expected.erase(row.number) == 0)
            fresh.push_back(row);
    }
    remember(seen);
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
        m_recent.erase(text);
        if (m_expected.insert(text).second)
            m_expectedInOrder += number;
    }
}

void GivenNumbers::remember(const std::vector<std::string> &page)
{
    m_recentPages.push_back(page);
    if (m_recentPages.size() <= rememberedPages)
        return;
    for (const std::string &number : m_recentPages.front())
        m_recent.erase(number);
    m_recentPages.pop_front();
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
