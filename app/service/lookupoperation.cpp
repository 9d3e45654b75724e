// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "service/lookupoperation.h"

#include "aws/replies.h"

#include <QHash>
#include <QPointer>

#include <algorithm>
#include <utility>

namespace optout {

using namespace Qt::Literals::StringLiterals;
using State = LookupAnswer::State;

namespace {
constexpr std::size_t numbersPerCall = 5; // AWS API reference, DescribeOptedOutNumbers, OptedOutNumbers

QStringView withoutPlus(QStringView number) { return number.startsWith(u'+') ? number.sliced(1) : number; }

LookupAnswer notOptedOut() { return { .number = {}, .state = State::NotOptedOut }; }
LookupAnswer unknown(const Error &error) { return { .number = {}, .state = State::Unknown, .error = error }; }

//! Whether the service may have refused the call because of the numbers in it, and not because of the list.
bool canBeTheNumbers(const Error &error)
{
    if (error.code == "ResourceNotFoundException"_L1) {
        const QString type = error.member(u"ResourceType");
        return type.isEmpty() || type == "opted-out-number"_L1;
    }
    if (error.code != "ValidationException"_L1)
        return false;
    const QString reason = error.member(u"Reason");
    if (reason == "INVALID_ARN"_L1 || reason == "RESOURCE_NOT_ACCESSIBLE"_L1)
        return false;
    const auto isField = [](const Error::Member &member) { return member.name.startsWith("Fields."_L1); };
    const auto isNumbersField = [](const Error::Member &member) {
        return member.name.startsWith("Fields.OptedOutNumber"_L1);
    };
    return std::none_of(error.members.begin(), error.members.end(), isField)
        || std::any_of(error.members.begin(), error.members.end(), isNumbersField);
}

//! Whether the service says that the number is not on the list, rather than that something is wrong.
bool saysNotOptedOut(const Error &error)
{
    return error.code == "ResourceNotFoundException"_L1 && error.member(u"ResourceType") == "opted-out-number"_L1;
}
} // namespace

LookupOperation::LookupOperation(
    std::shared_ptr<ServiceContext> context, QString optOutListName, const QStringList &numbers, QObject *parent)
    : Operation(std::move(context), parent)
    , m_optOutListName(std::move(optOutListName))
    , m_numbers(numbers)
{
    QHash<QStringView, std::size_t> known;
    for (const QString &number : std::as_const(m_numbers)) {
        const auto place = known.constFind(withoutPlus(number));
        if (place != known.cend()) {
            m_questionOf.push_back(*place);
            continue;
        }
        const std::size_t next = m_questions.size();
        known.insert(withoutPlus(number), next);
        m_questionOf.push_back(next);
        m_questions.push_back({ .number = number, .answer = {} });
        if (!isPhoneNumber(number)) {
            m_questions.back().answer = unknown(Error { .kind = Error::Kind::InvalidInput,
                .detail = u"This is no phone number that the service takes: an optional plus sign, then 2 to 19 "
                          "digits, the first of them not zero."_s });
        } else if (m_chunks.empty() || m_chunks.back().size() == numbersPerCall) {
            m_chunks.push_back({ next });
        } else {
            m_chunks.back().push_back(next);
        }
    }
}

LookupOperation::~LookupOperation() = default;

void LookupOperation::start()
{
    if (isOver() || std::exchange(m_started, true))
        return;
    QMetaObject::invokeMethod(this, &LookupOperation::proceed, Qt::QueuedConnection);
}

void LookupOperation::proceed()
{
    if (isOver() || !emitAnswers())
        return;
    if (m_chunks.empty()) {
        endNow(Done {});
        return;
    }
    m_seen = {};
    ask({});
}

//! Tells of all answers that are known, up to the first that is not. False if a slot put an end to the operation.
bool LookupOperation::emitAnswers()
{
    const QPointer<LookupOperation> guard(this);
    while (m_answered < m_numbers.size()) {
        const Question &question = m_questions[m_questionOf[std::size_t(m_answered)]];
        if (!question.answer)
            break;
        LookupAnswer answer = *question.answer;
        answer.number = m_numbers.at(m_answered++);
        emit answered(answer);
        if (!guard || isOver())
            return false;
    }
    return true;
}

void LookupOperation::ask(const std::optional<QString> &token)
{
    DescribeOptedOutNumbersInput input { .optOutListName = m_optOutListName, .nextToken = token };
    for (const std::size_t place : m_chunks.front())
        input.optedOutNumbers += m_questions[place].number;
    call(Action::DescribeOptedOutNumbers, writeRequest(input), [this](const QByteArray &body) -> Result<Done> {
        Result<NumbersPage> page = readNumbersPage(body);
        if (!page)
            return page.error();
        m_page = *std::move(page);
        return Done {};
    });
}

void LookupOperation::callFinished(const Result<Done> &outcome)
{
    if (outcome)
        onPage(std::exchange(m_page, {}));
    else
        onRefused(outcome.error());
}

void LookupOperation::onPage(const NumbersPage &page)
{
    for (const OptedOutNumber &row : page.numbers) {
        const QString number = QString::fromStdString(row.number);
        for (const std::size_t place : m_chunks.front()) {
            Question &question = m_questions[place];
            if (withoutPlus(question.number) == withoutPlus(number))
                question.answer = LookupAnswer { .number = {}, .state = State::OptedOut, .found = row };
        }
    }
    // "Not opted out" takes a complete answer: a lookup may be cut into pages like any other read.
    if (page.nextToken && !isChunkSettled()) {
        if (m_seen.add(*page.nextToken)) {
            ask(page.nextToken);
            return;
        }
        settle(unknown(SeenTokens::repeatedError()));
    } else {
        settle(notOptedOut());
    }
    proceed();
}

void LookupOperation::onRefused(const Error &error)
{
    if (!canBeTheNumbers(error)) {
        endNow(error); // every further call would meet the same
        return;
    }
    if (m_chunks.front().size() > 1) {
        const Chunk chunk = std::exchange(m_chunks.front(), {});
        m_chunks.pop_front();
        for (auto place = chunk.rbegin(); place != chunk.rend(); ++place) {
            if (!m_questions[*place].answer) // an earlier page of the answer may have had it
                m_chunks.push_front({ *place });
        }
    } else {
        settle(saysNotOptedOut(error) ? notOptedOut() : unknown(error));
    }
    proceed();
}

//! Answers all numbers of the chunk that are still open, and takes it off.
void LookupOperation::settle(const LookupAnswer &answer)
{
    for (const std::size_t place : m_chunks.front()) {
        if (!m_questions[place].answer)
            m_questions[place].answer = answer;
    }
    m_chunks.pop_front();
}

bool LookupOperation::isChunkSettled() const
{
    return std::all_of(m_chunks.front().begin(), m_chunks.front().end(),
        [this](std::size_t place) { return m_questions[place].answer.has_value(); });
}

} // namespace optout
