// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "net/transports.h"

#include "net/loopbacktransport.h"
#include "net/proxysignin.h"
#include "net/qthttptransport.h"

#include <QDateTime>
#include <QFileInfo>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

//! Another one when the file is another, or has been written anew.
QString stateOf(const QString &fileName)
{
    if (fileName.isEmpty())
        return {};
    const QFileInfo file(fileName);
    return u"%1\n%2\n%3"_s.arg(file.absoluteFilePath()).arg(file.size()).arg(file.lastModified().toMSecsSinceEpoch());
}

//! Each request by the way that its address asks for.
class ByAddress final : public HttpTransport {
public:
    ByAddress(HttpTransport &loopback, HttpTransport &network)
        : m_loopback(loopback)
        , m_network(network)
    {
    }

    HttpExchange *send(const HttpRequest &request, QObject *parent) override
    {
        return (LoopbackTransport::isFor(request.url) ? m_loopback : m_network).send(request, parent);
    }

private:
    HttpTransport &m_loopback;
    HttpTransport &m_network;
};

} // namespace

struct Transports::Made {
    Made(const Transports &parts, QString ofState)
        : state(std::move(ofState))
        , plain(parts.m_limits, parts.m_proxies, parts.m_passwords)
        , asking(parts.m_questions ? std::make_unique<ProxySignInTransport>(plain, parts.m_questions) : nullptr)
        , byAddress(*parts.m_loopback, asking ? static_cast<HttpTransport &>(*asking) : plain)
    {
    }

    QString state;
    QtHttpTransport plain;
    std::unique_ptr<ProxySignInTransport> asking;
    ByAddress byAddress;
};

Transports::Transports(HttpLimits limits, ProxySettings proxies, ProxyPrompt *prompt)
    : m_limits(limits)
    , m_proxies(std::move(proxies))
    , m_loopback(std::make_unique<LoopbackTransport>(limits))
    , m_passwords(std::make_shared<ProxyPasswords>())
    , m_questions(prompt ? makeProxyQuestions(*m_passwords, *prompt) : nullptr)
{
}

Transports::~Transports() = default;

Result<HttpTransport *> Transports::forBundle(const CaBundle &bundle)
{
    const QString state = stateOf(bundle.fileName);
    for (const std::unique_ptr<Made> &made : m_made) {
        if (made->state == state)
            return &made->byAddress;
    }
    auto made = std::make_unique<Made>(*this, state);
    if (!bundle.fileName.isEmpty()) {
        const Result<Done> taken = made->plain.setCaBundle(bundle.fileName);
        if (!taken) {
            Error error = taken.error();
            if (!bundle.setBy.isEmpty())
                error.detail += u" It was set by %1."_s.arg(bundle.setBy);
            return error;
        }
    }
    m_made.push_back(std::move(made));
    return &m_made.back()->byAddress;
}

void Transports::setProxyCredentials(const QString &proxy, const ProxyCredentials &credentials)
{
    m_passwords->set(proxy, credentials);
}

} // namespace optout
