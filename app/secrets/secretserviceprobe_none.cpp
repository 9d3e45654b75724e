// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "secrets/secretserviceprobe.h"

namespace optout {

SecretServiceProbe::SecretServiceProbe(const QString &keychainService, const QString &key, QObject *parent)
    : QObject(parent)
    , m_keychainService(keychainService)
    , m_key(key)
{
}

void SecretServiceProbe::start() { finishLater(SecretServiceState::Service::Unknown); }

void SecretServiceProbe::finishLater(SecretServiceState::Service service)
{
    m_state.service = service;
    QMetaObject::invokeMethod(
        this, [this] { emit finished(m_state); }, Qt::QueuedConnection);
}

} // namespace optout
