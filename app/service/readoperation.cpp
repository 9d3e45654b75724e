// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "service/readoperation.h"

#include "service/apicall.h"
#include "service/listnumbersoperation.h"
#include "service/servicecontext.h"

#include <algorithm>
#include <utility>

namespace optout {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using Seconds = std::chrono::duration<double>;

namespace {

//! The list is split after that many pages, or never: the numbers of all of them are kept in the place.
constexpr int pagesBeforeHalves = 3;
//! The smaller half has at least one row in so many, or the larger one takes nearly as long as the whole.
constexpr int largestShare = 10;

constexpr int mostRestarts = 10;
constexpr int mostVainRestarts = 3;
const QString repeatedToken = u"RepeatedToken"_s;

bool isTokenRefused(const Error &error)
{
    return error.kind == Error::Kind::InvalidInput && error.member(u"Reason") == "INVALID_NEXT_TOKEN"_L1;
}

Error filterError(const QString &what)
{
    return Error { .kind = Error::Kind::BadResponse,
        .code = u"FilterNotKept"_s,
        .detail = u"The service's filter \"end-user-opted-out\" %1, so the list cannot be read in two halves. It is "
                  "read in one."_s.arg(what) };
}

} // namespace

ReadOperation::ReadOperation(std::shared_ptr<ServiceContext> context, const ReadQuery &query, QObject *parent)
    : QObject(parent)
    , m_context(std::move(context))
    , m_query(query)
    , m_place(query.place)
    , m_given(query.place)
{
    Q_ASSERT(parent);
    if (m_place.chains.isEmpty())
        m_place.chains = { { .endUserOptedOut = query.endUserOptedOut } };
    watchFirstPages();
    openLanes();
}

ReadOperation::~ReadOperation() = default;

void ReadOperation::requestMore()
{
    if (m_over)
        return;
    if (std::none_of(m_lanes.cbegin(), m_lanes.cend(), [](const Lane &lane) { return lane.operation; })) {
        endSoon(Done {}); // it was given the place of a whole read
        return;
    }
    for (Lane &lane : m_lanes)
        lane.isWanted = !lane.isAsked;
    askLanes();
}

void ReadOperation::cancel()
{
    if (!m_over)
        endSoon(Error { .kind = Error::Kind::Cancelled, .detail = u"The read was cancelled."_s });
}

int ReadOperation::calls() const
{
    int calls = m_earlierCalls;
    for (const Lane &lane : m_lanes)
        calls += lane.operation ? lane.operation->calls() : 0;
    return calls;
}

void ReadOperation::watchFirstPages()
{
    m_firstPages.reset();
    if (m_query.mayReadInHalves && !m_query.endUserOptedOut && m_place.chains.size() == 1 && m_place.isAtStart())
        m_firstPages.emplace();
}

void ReadOperation::openLanes()
{
    for (qsizetype i = 0; i < m_place.chains.size(); ++i)
        m_lanes += Lane { .operation = m_place.chains.at(i).isAtEnd ? nullptr : openLane(i) };
}

ListNumbersOperation *ReadOperation::openLane(qsizetype index)
{
    const ReadPlace::Chain &chain = m_place.chains.at(index);
    auto *operation = new ListNumbersOperation(m_context,
        { .optOutListName = m_query.optOutListName,
            .endUserOptedOut = chain.endUserOptedOut,
            .startToken = chain.nextToken,
            .account = m_query.account },
        Patience::Read, this);
    connect(operation, &ListNumbersOperation::pageArrived, this,
        [this, index](const NumbersPage &page) { takePage(index, page); });
    connect(operation, &ListNumbersOperation::finished, this,
        [this, index](const Result<Done> &outcome) { laneFinished(index, outcome); });
    connect(operation, &ListNumbersOperation::waiting, this, [this](const Waiting &waiting) {
        if (m_firstPages && waiting.reason.kind == Error::Kind::Throttled)
            m_firstPages->wasThrottled = true;
        emit this->waiting(waiting); // may delete this
    });
    connect(operation, &ListNumbersOperation::waitingForQuota, this, &ReadOperation::waitingForQuota);
    return operation;
}

void ReadOperation::dropLanes()
{
    for (const Lane &lane : std::exchange(m_lanes, {})) {
        if (!lane.operation)
            continue;
        m_earlierCalls += lane.operation->calls();
        lane.operation->disconnect(this);
        lane.operation->cancel(); // no request goes out any more
        lane.operation->deleteLater(); // it may be the sender of the signal this runs in
    }
}

void ReadOperation::askLanes()
{
    for (Lane &lane : m_lanes) {
        // As long as the halves are on probation, neither runs ahead: all that it gave might come again.
        if (!lane.isWanted || lane.isAsked || !lane.operation || (m_beforeHalves && lane.hasAnswered))
            continue;
        lane.isWanted = false;
        lane.isAsked = true;
        lane.operation->requestMore(m_query.pageSize);
    }
}

void ReadOperation::takePage(qsizetype index, const NumbersPage &page)
{
    if (goesAgainstFilter(index, page)) {
        doWithoutHalves(filterError(u"gives rows of the other kind"_s)); // may delete this
        return;
    }
    Lane &lane = m_lanes[index];
    // A token given twice: laneFinished() follows. These rows come again, whether the read begins anew or somebody goes
    // on later with the token they were asked for with.
    if (page.nextToken && !lane.operation->nextToken())
        return;
    lane.isAsked = false;
    lane.hasAnswered = true;
    // First, so that the answer is on its way while the rows are worked on.
    if (m_query.readsAhead && !m_firstPages && !m_beforeHalves) {
        lane.isWanted = true;
        askLanes();
    }
    ReadPage out { .listArn = page.listArn, .listName = page.listName, .numbers = m_given.takeNew(page.numbers) };

    ReadPlace::Chain &chain = m_place.chains[index];
    chain.nextToken = page.nextToken;
    chain.isAtEnd = !page.nextToken;
    if (!page.numbers.empty())
        chain.lastGiven = lastGivenOf(page.numbers);
    m_place.alreadyGiven = m_given.expectedAgain();
    ++m_pages;
    if (m_place.chains.size() > 1 && m_place.isAtEnd() && !m_place.alreadyGiven.isEmpty()) {
        doWithoutHalves(filterError(u"leaves rows out"_s)); // may delete this
        return;
    }

    if (m_beforeHalves) {
        for (const OptedOutNumber &row : out.numbers)
            m_givenInHalves += QByteArray::fromStdString(row.number);
        if (std::all_of(m_lanes.cbegin(), m_lanes.cend(), [](const Lane &l) { return l.hasAnswered; })) {
            m_beforeHalves.reset();
            m_givenInHalves.clear();
        }
    }
    noteForHalves(lane, page);
    if (shouldReadInHalves())
        splitInHalves();
    askLanes();
    out.place = m_place;
    emit pageArrived(out); // may delete this
}

void ReadOperation::laneFinished(qsizetype index, const Result<Done> &outcome)
{
    if (outcome) {
        Lane &lane = m_lanes[index];
        m_earlierCalls += lane.operation->calls();
        std::exchange(lane.operation, nullptr)->deleteLater();
        if (m_place.isAtEnd())
            end(Done {}); // may delete this
        return;
    }
    const Error error = outcome.error();
    const bool isFilterRefused =
        m_place.chains.size() > 1 && error.kind == Error::Kind::InvalidInput && !m_place.chains.at(index).nextToken;
    if (isFilterRefused)
        doWithoutHalves(error); // may delete this
    else if (isTokenRefused(error) || error.code == repeatedToken)
        restart(error); // may delete this
    else
        end(error); // may delete this
}

void ReadOperation::noteForHalves(const Lane &lane, const NumbersPage &page)
{
    if (!m_firstPages)
        return;
    ++m_firstPages->count;
    for (const OptedOutNumber &row : page.numbers) {
        m_firstPages->numbers += QByteArray::fromStdString(row.number);
        m_firstPages->byEndUser += row.endUserOptedOut ? 1 : 0;
    }
    m_firstPages->shortestAnswer = std::min(m_firstPages->shortestAnswer, lane.operation->answerTook());
    if (!page.nextToken || m_firstPages->wasThrottled || m_firstPages->count > pagesBeforeHalves)
        m_firstPages.reset();
}

//! That the first calls had to wait says nothing: a pacer that knows no limit yet begins slowly. Answers that took no
//! time leave none to gain.
//!
//! Both kinds of rows have been seen, and are to come again: else a filter that silently gives nothing of one kind
//! could not be told from a list that has none.
bool ReadOperation::shouldReadInHalves() const
{
    if (!m_firstPages || m_firstPages->count < pagesBeforeHalves || m_firstPages->shortestAnswer <= 0ms)
        return false;
    const int rows = int(m_firstPages->numbers.size());
    const int smaller = std::min(m_firstPages->byEndUser, rows - m_firstPages->byEndUser);
    if (smaller == 0 || smaller * largestShare < rows)
        return false;
    const std::optional<double> granted = m_context->pacer(Action::DescribeOptedOutNumbers).callsPerSecond();
    return !granted || *granted * Seconds(m_firstPages->shortestAnswer).count() > 1;
}

void ReadOperation::splitInHalves()
{
    m_beforeHalves = m_place;
    m_given.expectAgain(m_firstPages->numbers);
    m_firstPages.reset();
    m_place = { .chains = { { .endUserOptedOut = true }, { .endUserOptedOut = false } },
        .alreadyGiven = m_given.expectedAgain() };
    dropLanes();
    openLanes();
}

bool ReadOperation::goesAgainstFilter(qsizetype index, const NumbersPage &page) const
{
    if (m_place.chains.size() < 2)
        return false;
    const std::optional<bool> wanted = m_place.chains.at(index).endUserOptedOut;
    return std::any_of(page.numbers.cbegin(), page.numbers.cend(),
        [wanted](const OptedOutNumber &row) { return row.endUserOptedOut != wanted; });
}

//! Goes on with the one chain from where it was, if that is still known; else from the start.
void ReadOperation::doWithoutHalves(const Error &why)
{
    m_query.mayReadInHalves = false;
    if (!m_beforeHalves) {
        restart(why); // may delete this
        return;
    }
    m_place = *std::exchange(m_beforeHalves, std::nullopt);
    m_place.alreadyGiven = std::exchange(m_givenInHalves, {});
    m_given = GivenNumbers(m_place);
    dropLanes();
    openLanes();
    m_lanes.first().isWanted = true; // for the page that was asked of a half
    askLanes();
}

void ReadOperation::restart(const Error &why)
{
    if (m_pages > m_mostPages)
        m_vainRestarts = 0;
    m_mostPages = std::max(m_mostPages, m_pages);
    // A service that gives a token twice will hardly do otherwise the next time; one that forgets tokens may.
    const int mostVain = why.code == repeatedToken ? 1 : mostVainRestarts;
    if (m_vainRestarts >= mostVain || m_restarts >= mostRestarts) {
        end(why); // may delete this
        return;
    }
    ++m_vainRestarts;
    ++m_restarts;
    dropLanes();
    m_pages = 0;
    m_place = { .chains = { { .endUserOptedOut = m_query.endUserOptedOut } } };
    m_given = {};
    m_beforeHalves.reset();
    m_givenInHalves.clear();
    watchFirstPages();
    openLanes();
    emit restarted(why); // may delete this
}

void ReadOperation::end(const Result<Done> &outcome)
{
    m_over = true;
    dropLanes();
    emit finished(outcome); // may delete this
}

void ReadOperation::endSoon(const Result<Done> &outcome)
{
    m_over = true;
    dropLanes();
    QMetaObject::invokeMethod(
        this, [this, outcome] { emit finished(outcome); }, Qt::QueuedConnection);
}

} // namespace optout
