// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "net/proxysignin.h"

#include <QPointer>

#include <algorithm>
#include <vector>

namespace optout {

using namespace Qt::Literals::StringLiterals;

//! The questions that stand, by proxy, each with the requests that wait for its answer.
class ProxyQuestions final : public QObject {
public:
    ProxyQuestions(ProxyPasswords &passwords, ProxyPrompt &prompt)
        : m_passwords(passwords)
        , m_prompt(prompt)
    {
    }

    int generation() const { return m_passwords.generation(); }

    //! Calls \a done with whether there is a password to try, unless \a waiter is destroyed first.
    void ask(const ProxyPrompt::Question &question, QObject *waiter, std::function<void(bool)> done)
    {
        QPointer<Standing> &standing = m_standing[question.proxy];
        const bool isNew = !standing;
        if (isNew)
            standing = new Standing(this);
        standing->waiters.push_back({ waiter, std::move(done) });
        connect(waiter, &QObject::destroyed, standing, &Standing::withdrawIfUnwanted);
        if (!isNew)
            return;
        m_prompt.askProxyPassword(question, standing,
            [this, standing = standing, proxy = question.proxy](const Result<ProxyCredentials> &answer) {
                if (!standing)
                    return;
                if (answer)
                    m_passwords.set(proxy, *answer);
                standing->answer(answer.has_value());
            });
    }

private:
    //! Context of one question of the prompt: the question goes when nobody waits for the answer any more.
    class Standing final : public QObject {
    public:
        using QObject::QObject;
        struct Waiter {
            QPointer<QObject> context;
            std::function<void(bool)> done;
        };

        void withdrawIfUnwanted()
        {
            const bool wanted = std::any_of(
                waiters.begin(), waiters.end(), [](const Waiter &waiter) { return !waiter.context.isNull(); });
            if (!wanted)
                delete this;
        }

        void answer(bool given)
        {
            std::vector<Waiter> all;
            all.swap(waiters);
            setParent(nullptr); // a waiter's answer may delete the parent
            deleteLater();
            for (const Waiter &waiter : all) {
                if (waiter.context)
                    waiter.done(given);
            }
        }

        std::vector<Waiter> waiters {};
    };

    ProxyPasswords &m_passwords;
    ProxyPrompt &m_prompt;
    QHash<QString, QPointer<Standing>> m_standing {};
};

namespace {

class SignedInExchange final : public HttpExchange {
public:
    SignedInExchange(HttpTransport &transport, ProxyQuestions &questions, HttpRequest request, QObject *parent)
        : HttpExchange(parent)
        , m_transport(transport)
        , m_questions(questions)
        , m_request(std::move(request))
    {
        attempt();
    }

private:
    void attempt()
    {
        m_generation = m_questions.generation();
        HttpExchange *exchange = m_transport.send(m_request, this);
        connect(exchange, &HttpExchange::finished, this, [this, exchange](const Result<HttpReply> &outcome) {
            exchange->deleteLater();
            judge(outcome);
        });
    }

    void judge(const Result<HttpReply> &outcome)
    {
        constexpr int mostQuestions = 3;
        const bool wantsPassword = !outcome && outcome.error().code == errorcode::proxyAuthenticationRequired;
        if (!wantsPassword) {
            emit finished(outcome);
        } else if (m_generation != m_questions.generation()) {
            attempt(); // somebody else has been asked in the meantime
        } else if (m_asked == mostQuestions) {
            emit finished(outcome);
        } else {
            const ProxyPrompt::Question question { .proxy = outcome.error().member(u"Proxy"),
                .problem = m_asked > 0 ? u"The proxy did not take this user and password."_s : QString() };
            ++m_asked;
            m_questions.ask(question, this, [this, outcome](bool given) {
                if (given)
                    attempt();
                else
                    emit finished(outcome);
            });
        }
    }

    HttpTransport &m_transport;
    ProxyQuestions &m_questions;
    HttpRequest m_request;
    int m_generation = 0;
    int m_asked = 0;
};

} // namespace

std::shared_ptr<ProxyQuestions> makeProxyQuestions(ProxyPasswords &passwords, ProxyPrompt &prompt)
{
    return std::make_shared<ProxyQuestions>(passwords, prompt);
}

ProxySignInTransport::ProxySignInTransport(HttpTransport &transport, std::shared_ptr<ProxyQuestions> questions)
    : m_transport(transport)
    , m_questions(std::move(questions))
{
}

ProxySignInTransport::~ProxySignInTransport() = default;

HttpExchange *ProxySignInTransport::send(const HttpRequest &request, QObject *parent)
{
    return new SignedInExchange(m_transport, *m_questions, request, parent);
}

} // namespace optout
