// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "fakes/faketransport.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {
class FakeExchange final : public HttpExchange {
public:
    FakeExchange(int &underWay, QObject *parent)
        : HttpExchange(parent)
        , m_underWay(underWay)
    {
        ++m_underWay;
    }
    ~FakeExchange() override
    {
        if (!m_finished)
            --m_underWay;
    }

    void finishSoon(const Result<HttpReply> &outcome)
    {
        QMetaObject::invokeMethod(
            this,
            [this, outcome] {
                m_finished = true;
                --m_underWay;
                emit finished(outcome);
            },
            Qt::QueuedConnection);
    }

private:
    int &m_underWay;
    bool m_finished = false;
};
} // namespace

FakeTransport::Expectation::Expectation(QByteArray target, QByteArray body)
    : m_target(std::move(target))
    , m_body(std::move(body))
{
}

FakeTransport::Expectation::Expectation(HttpRequest::Method method, QUrl url)
    : m_url(std::move(url))
    , m_method(method)
{
}

FakeTransport::Expectation &FakeTransport::Expectation::reply(
    int status, const QByteArray &body, const Headers &headers)
{
    m_outcome = HttpReply { .status = status, .headers = headers, .body = body };
    return *this;
}

FakeTransport::Expectation &FakeTransport::Expectation::fail(const Error &error)
{
    m_outcome = error;
    return *this;
}

FakeTransport::Expectation &FakeTransport::Expectation::stall()
{
    m_outcome.reset();
    return *this;
}

FakeTransport::Expectation &FakeTransport::Expectation::afterOthers(int count)
{
    m_others = count;
    return *this;
}

FakeTransport::Expectation &FakeTransport::Expectation::check(std::function<QString(const HttpRequest &)> check)
{
    m_check = std::move(check);
    return *this;
}

FakeTransport::Expectation &FakeTransport::Expectation::then(std::function<void()> action)
{
    m_action = std::move(action);
    return *this;
}

QString FakeTransport::Expectation::complaintAbout(const HttpRequest &request) const
{
    if (!m_url.isEmpty() && (request.url != m_url || request.method != m_method))
        return u"not %1 but %2, or another method"_s.arg(m_url.toString(), request.url.toString());
    if (header(request, "X-Amz-Target") != m_target)
        return u"not %1 but %2"_s.arg(
            QString::fromLatin1(m_target), QString::fromLatin1(header(request, "X-Amz-Target")));
    if (!m_body.isEmpty()) {
        const QJsonDocument expected = QJsonDocument::fromJson(m_body);
        if (!expected.isObject())
            return u"the expected body is no JSON object"_s;
        if (QJsonDocument::fromJson(request.body) != expected)
            return u"body %1, expected %2"_s.arg(QString::fromUtf8(request.body), QString::fromUtf8(m_body));
    }
    return m_check ? m_check(request) : QString();
}

FakeTransport::Expectation &FakeTransport::expect(Action action, const QByteArray &body)
{
    return m_script.emplace_back(targetOf(action), body);
}

FakeTransport::Expectation &FakeTransport::expect(HttpRequest::Method method, const QUrl &url)
{
    return m_script.emplace_back(method, url);
}

HttpExchange *FakeTransport::send(const HttpRequest &request, QObject *parent)
{
    m_requests += request;
    for (const HeldBack &held : std::as_const(m_heldBack)) {
        if (held.exchange && held.untilRequests == m_requests.size())
            static_cast<FakeExchange *>(held.exchange.data())->finishSoon(held.outcome);
    }
    auto *exchange = new FakeExchange(m_underWay, parent);
    if (m_script.empty() && m_answer) {
        exchange->finishSoon(m_answer(request));
        return exchange;
    }
    if (m_script.empty()) {
        m_complaints += u"request %1 was not expected"_s.arg(m_requests.size());
        exchange->finishSoon(Error { .kind = Error::Kind::Internal, .detail = u"not in the script"_s });
        return exchange;
    }
    const Expectation expectation = std::move(m_script.front());
    m_script.pop_front();
    if (const QString complaint = expectation.complaintAbout(request); !complaint.isEmpty())
        m_complaints += u"request %1: %2"_s.arg(m_requests.size()).arg(complaint);
    if (expectation.m_action)
        expectation.m_action();
    if (expectation.m_outcome && expectation.m_others > 0)
        m_heldBack += HeldBack { exchange, *expectation.m_outcome, m_requests.size() + expectation.m_others };
    else if (expectation.m_outcome)
        exchange->finishSoon(*expectation.m_outcome);
    return exchange;
}

QStringList FakeTransport::complaints() const
{
    QStringList all = m_complaints;
    if (!m_script.empty())
        all += u"%1 expected requests never came"_s.arg(m_script.size());
    return all;
}

QByteArray FakeTransport::header(const HttpRequest &request, const QByteArray &name)
{
    for (const auto &[key, value] : request.headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

} // namespace optout
