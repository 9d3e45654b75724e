// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "wholeread.h"

#include <QEventLoop>
#include <QPointer>
#include <QTimer>

#include <algorithm>

namespace optout {

using namespace Qt::Literals::StringLiterals;

void WholeRead::goOn(std::optional<int> pageSize)
{
    Q_ASSERT(!m_operation);
    m_outcome.reset();
    m_query.pageSize = pageSize.value_or(m_query.pageSize);
    m_operation = m_service.read(m_query, this);
    connect(m_operation, &ReadOperation::pageArrived, this, &WholeRead::take);
    connect(m_operation, &ReadOperation::restarted, this, [this](const Error &why) {
        m_restarts += why;
        m_rows.clear();
        m_query.place = m_operation->place();
        if (!m_query.place.isAtStart())
            m_broken += u"A read that begins again is not at the start."_s;
        askForMore();
    });
    connect(m_operation, &ReadOperation::waiting, this, [this](const Waiting &waiting) {
        m_waits += waiting;
        emit waited();
    });
    connect(m_operation, &ReadOperation::finished, this, [this](const Result<Done> &outcome) {
        if (m_outcome)
            m_broken += u"The read finished twice."_s;
        m_outcome = outcome;
        m_query.place = m_operation->place();
        if (outcome && !m_query.place.isAtEnd())
            m_broken += u"The read is done, but its place is not the end."_s;
        std::exchange(m_operation, nullptr)->deleteLater();
        emit ended();
    });
    m_operation->requestMore();
}

void WholeRead::drop()
{
    delete std::exchange(m_operation, nullptr);
    emit ended();
}

bool hasEnded(const WholeRead &read, std::chrono::milliseconds within)
{
    QEventLoop loop;
    QObject::connect(&read, &WholeRead::ended, &loop, &QEventLoop::quit);
    QTimer::singleShot(within, &loop, &QEventLoop::quit);
    if (read.isReading())
        loop.exec();
    return !read.isReading();
}

void WholeRead::take(const ReadPage &page)
{
    if (m_outcome)
        m_broken += u"A page came after the end."_s;
    m_rows.insert(m_rows.end(), page.numbers.begin(), page.numbers.end());
    m_query.place = page.place;
    ++m_pages;
    const QPointer<ReadOperation> current(m_operation);
    emit pageTaken(); // may drop or cancel
    if (current && current == m_operation)
        askForMore();
}

void WholeRead::askForMore()
{
    if (m_eager)
        m_operation->requestMore();
    else
        QTimer::singleShot(
            0, m_operation, [operation = m_operation] { operation->requestMore(); }); // may be over by then
}

QString WholeRead::difference(std::vector<OptedOutNumber> expected) const
{
    std::vector<OptedOutNumber> got = m_rows;
    const auto byNumber = [](const OptedOutNumber &a, const OptedOutNumber &b) { return a.number < b.number; };
    std::sort(got.begin(), got.end(), byNumber);
    std::sort(expected.begin(), expected.end(), byNumber);
    if (got == expected)
        return {};
    const auto twice = std::adjacent_find(
        got.begin(), got.end(), [](const OptedOutNumber &a, const OptedOutNumber &b) { return a.number == b.number; });
    return u"%1 rows instead of %2%3"_s.arg(got.size())
        .arg(expected.size())
        .arg(twice == got.end() ? u", none twice"_s : u", at least one twice"_s);
}

} // namespace optout
