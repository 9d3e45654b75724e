// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "secrets/keychainjob.h"

#include <utility>

namespace optout {

using namespace Qt::Literals::StringLiterals;
using Service = SecretServiceState::Service;

namespace {

Error noAnswer(const QString &detail)
{
    return { .kind = Error::Kind::Storage, .code = u"KeychainFailed"_s, .detail = detail };
}

// A keyring that is locked or yet to be made shows a prompt. A job that waits without a Secret Service waits for
// KWallet, which cannot be asked.
bool mayBePrompting(const SecretServiceState &state)
{
    switch (state.service) {
    case Service::Locked:
    case Service::NoCollection:
    case Service::Absent:
    case Service::Unknown:
        return true;
    case Service::Unlocked:
    case Service::Silent:
    case Service::NoBus:
        return state.hasLockedEntry;
    }
    Q_UNREACHABLE();
}

} // namespace

KeychainJob::KeychainJob(KeychainRequest request, KeychainWorker *worker, KeychainPatience patience, QObject *parent)
    : CredentialJob(parent)
    , m_number(request.number)
    , m_patience(patience)
{
    connect(worker, &KeychainWorker::finished, this, [this](quint64 number, const Result<Credentials> &outcome) {
        if (number == m_number)
            finish(outcome);
    });
    connect(worker, &KeychainWorker::looked, this, [this](quint64 number, const SecretServiceState &state) {
        if (number == m_number)
            takeLook(state);
    });
    m_look.setSingleShot(true);
    connect(
        &m_look, &QTimer::timeout, worker, [worker, number = m_number, id = request.id] { worker->look(number, id); });
    m_longest.setSingleShot(true);
    m_longest.setTimerType(Qt::PreciseTimer); // a coarse one may fire a twentieth too soon
    connect(
        &m_longest, &QTimer::timeout, this, [this] { finish(noAnswer(u"The keychain took too long to answer."_s)); });

    m_look.start(patience.look);
    m_longest.start(patience.longest);
    QMetaObject::invokeMethod(
        worker, [worker, request = std::move(request)] { worker->run(request); }, Qt::QueuedConnection);
}

void KeychainJob::takeLook(const SecretServiceState &state)
{
    if (mayBePrompting(state))
        m_look.start(m_patience.look);
    else
        finish(noAnswer(u"The keychain does not answer."_s));
}

void KeychainJob::finish(const Result<Credentials> &outcome)
{
    if (std::exchange(m_number, 0) == 0)
        return;
    m_look.stop();
    m_longest.stop();
    emit finished(outcome);
}

} // namespace optout
