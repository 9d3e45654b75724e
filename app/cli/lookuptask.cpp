// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "cli/lookuptask.h"

#include "cli/console.h"
#include "service/lookupoperation.h"

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

std::string lineOf(const QString &typed, const LookupAnswer &answer)
{
    const std::string number = oneLine(typed).toStdString();
    switch (answer.state) {
    case LookupAnswer::State::OptedOut: {
        const OptedOutNumber found = answer.found.value_or(OptedOutNumber {});
        return number + "\topted-out\t" + (found.optedOutAt ? toIso8601(*found.optedOutAt) : "-") + '\t'
            + (found.endUserOptedOut ? "end-user" : "not-end-user") + '\n';
    }
    case LookupAnswer::State::NotOptedOut:
        return number + "\tnot-opted-out\t-\t-\n";
    case LookupAnswer::State::Unknown:
        break;
    }
    return number + "\tunknown\t-\t-\n";
}

QStringList withoutPunctuation(const QStringList &typed)
{
    QStringList numbers;
    for (const QString &number : typed)
        numbers << withoutPhonePunctuation(number);
    return numbers;
}

} // namespace

LookupTask::LookupTask(
    const OptOutService &service, const CliOptions &options, const QStringList &numbers, QObject *parent)
    : Task(parent)
    , m_numbers(numbers)
    , m_operation(service.lookUp(options.list, withoutPunctuation(numbers), this))
{
    connect(m_operation, &LookupOperation::answered, this, &LookupTask::takeAnswer);
    connect(m_operation, &LookupOperation::finished, this, &LookupTask::takeOutcome);
}

LookupTask::~LookupTask() = default;

void LookupTask::start()
{
    if (m_numbers.isEmpty()) {
        emit finished(ExitStatus::Done);
        return;
    }
    m_operation->start();
}

void LookupTask::cancel() { m_operation->cancel(); }

void LookupTask::takeAnswer(const LookupAnswer &answer)
{
    print(answer);
    ++m_answered;
    if (answer.error)
        explain(m_answered, *answer.error);
}

void LookupTask::takeOutcome(const Result<Done> &outcome)
{
    if (m_printError) {
        console::say(errorLine(*m_printError));
        emit finished(ExitStatus::Failed);
        return;
    }
    if (!outcome && outcome.error().kind == Error::Kind::Cancelled) {
        console::say(u"stopped"_s);
        emit finished(ExitStatus::Interrupted);
        return;
    }
    // Each number asked gets its line, also when the service cut the asking short.
    for (; m_answered < m_numbers.size(); ++m_answered)
        print(LookupAnswer {});
    if (!outcome)
        console::say(errorLine(outcome.error()));
    if (m_printError)
        console::say(errorLine(*m_printError));
    emit finished(outcome && !m_anyUnknown && !m_printError ? ExitStatus::Done : ExitStatus::Failed);
}

void LookupTask::print(const LookupAnswer &answer)
{
    if (m_printError)
        return;
    m_anyUnknown |= answer.state == LookupAnswer::State::Unknown;
    const Result<Done> printed = console::print(lineOf(m_numbers[m_answered], answer));
    if (!printed) {
        m_printError = printed.error();
        m_operation->cancel();
    }
}

void LookupTask::explain(qsizetype place, const Error &error)
{
    console::say(u"number %1 of %2: %3"_s.arg(place).arg(m_numbers.size()).arg(errorLine(error)));
}

QStringList numbersOfLines(const QByteArray &text)
{
    QStringList numbers;
    for (const QString &line : QString::fromUtf8(text).split(u'\n')) {
        const QString number = line.trimmed();
        if (!number.isEmpty())
            numbers << number;
    }
    return numbers;
}

} // namespace optout
