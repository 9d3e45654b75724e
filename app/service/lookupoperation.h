// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "service/operation.h"
#include "service/seentokens.h"

#include <deque>
#include <vector>

namespace optout {

//! What the service says of one number.
struct LookupAnswer {
    enum class State {
        OptedOut,
        NotOptedOut, //!< the service left it out of its answer, or said that this number does not exist on the list
        Unknown, //!< the service could not be asked about it; see error
    };
    QString number; //!< as asked
    State state = State::Unknown;
    std::optional<OptedOutNumber> found {}; //!< set when OptedOut
    std::optional<Error> error {}; //!< set when Unknown
};

//! Asks whether numbers are on a list. Made by OptOutService; the caller is parent and owner.
//! If a call over five numbers is refused because of one of them, the five are asked one by one: the service does not
//! say whether one wrong number spoils the others. A number with and one without the leading plus sign are the same
//! one. A number asked for more than once is sent once and answered each time. What is no phone number by the service's
//! pattern is not sent: its answer is Unknown with InvalidInput.
class LookupOperation final : public Operation {
    Q_OBJECT
public:
    ~LookupOperation() override; //!< aborts, emits nothing

    void start(); //!< at most once

signals:
    //! Once for each number asked, in the order asked. finished() has an error only if nothing more can be asked (no
    //! such list, access denied, no connection); numbers without an answer are then unknown.
    void answered(const optout::LookupAnswer &answer);

private:
    friend class OptOutService;
    LookupOperation(
        std::shared_ptr<ServiceContext> context, QString optOutListName, const QStringList &numbers, QObject *parent);

    //! One number as it is sent, however often it was asked for. The answer's number is not used.
    struct Question {
        QString number;
        std::optional<LookupAnswer> answer;
    };
    using Chunk = std::vector<std::size_t>; // places in m_questions, at most five

    void proceed();
    bool emitAnswers();
    void ask(const std::optional<QString> &token);
    void callFinished(const Result<Done> &outcome) override;
    void onPage(const NumbersPage &page);
    void onRefused(const Error &error);
    void settle(const LookupAnswer &answer);
    bool isChunkSettled() const;

    QString m_optOutListName;
    QStringList m_numbers;
    std::vector<Question> m_questions;
    std::vector<std::size_t> m_questionOf; // for each of m_numbers its place in m_questions
    std::deque<Chunk> m_chunks; // the first one is being asked
    SeenTokens m_seen; // of the chunk being asked
    NumbersPage m_page;
    qsizetype m_answered = 0;
    bool m_started = false;
};

} // namespace optout

Q_DECLARE_METATYPE(optout::LookupAnswer)
