// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "aws/action.h"
#include "net/httptransport.h"

#include <QPointer>
#include <QStringList>

#include <deque>
#include <functional>
#include <optional>

namespace optout {

//! A transport that plays a script. Each exchange says which request it expects and what comes back; a request that is
//! not the expected one, one too many, or one that never came ends up in complaints(), which a test compares with an
//! empty list at its end.
class FakeTransport final : public HttpTransport {
public:
    using Headers = QList<std::pair<QByteArray, QByteArray>>;

    //! One exchange of the script; the setters return it, so that they can be strung together.
    class Expectation {
    public:
        Expectation(QByteArray target, QByteArray body);
        Expectation(HttpRequest::Method method, QUrl url);

        Expectation &reply(int status, const QByteArray &body, const Headers &headers = {});
        Expectation &fail(const Error &error);
        //! No answer ever comes.
        Expectation &stall();
        //! The answer waits until so many further requests have come: they are under way together.
        Expectation &afterOthers(int count);
        //! Looks at the request further: returns what is wrong, or an empty text.
        Expectation &check(std::function<QString(const HttpRequest &)> check);
        //! Called when the request comes, before it is answered.
        Expectation &then(std::function<void()> action);

    private:
        friend class FakeTransport;
        QString complaintAbout(const HttpRequest &request) const;

        QByteArray m_target {};
        QByteArray m_body {};
        QUrl m_url {}; //!< empty: recognised by its target
        HttpRequest::Method m_method = HttpRequest::Method::Post;
        std::optional<Result<HttpReply>> m_outcome;
        std::function<QString(const HttpRequest &)> m_check;
        std::function<void()> m_action;
        int m_others = 0;
    };

    //! \param body the request's body, compared as JSON; an empty one is not compared
    Expectation &expect(Action action, const QByteArray &body = {});
    //! A request that has no target, recognised by method and whole URL: those of a sign-in.
    Expectation &expect(HttpRequest::Method method, const QUrl &url);
    //! Whatever comes when the script is at its end is answered by that: for callers whose requests come in no order
    //! that a test could know.
    void answerOthers(std::function<Result<HttpReply>(const HttpRequest &)> answer) { m_answer = std::move(answer); }
    void clear() { m_script.clear(); }

    HttpExchange *send(const HttpRequest &request, QObject *parent) override;

    const QList<HttpRequest> &requests() const { return m_requests; }
    //! Exchanges that exist and have not finished.
    int underWay() const { return m_underWay; }
    //! What went against the script, and what of it is left.
    QStringList complaints() const;

    static QByteArray header(const HttpRequest &request, const QByteArray &name);

private:
    std::deque<Expectation> m_script;
    std::function<Result<HttpReply>(const HttpRequest &)> m_answer;
    QList<HttpRequest> m_requests;
    QStringList m_complaints;
    int m_underWay = 0;
    struct HeldBack {
        QPointer<HttpExchange> exchange;
        Result<HttpReply> outcome;
        qsizetype untilRequests;
    };
    QList<HeldBack> m_heldBack;
};

} // namespace optout
