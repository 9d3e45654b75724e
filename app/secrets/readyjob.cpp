// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "secrets/readyjob.h"

#include <utility>

namespace optout {

CredentialJob *makeReadyJob(Result<Credentials> outcome, QObject *parent)
{
    auto *job = new CredentialJob(parent);
    QMetaObject::invokeMethod(
        job, [job, outcome = std::move(outcome)] { emit job->finished(outcome); }, Qt::QueuedConnection);
    return job;
}

} // namespace optout
