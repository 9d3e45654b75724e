// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "signin/credentialsource.h"
#include "signin/stepwords.h"

namespace optout {

//! What the sources of this library share: the step, what to work with, and how to end. Private to this library.
class SourceBase : public CredentialSource {
    Q_OBJECT
public:
    SourceBase(const SignInStep &step, const SourceParts &parts, QObject *parent)
        : CredentialSource(parent)
        , m_step(step)
        , m_parts(parts)
    {
    }

protected:
    //! Only from the event loop. An error gets the step's words. May delete this.
    void finish(const Result<Credentials> &outcome)
    {
        if (outcome)
            emit finished(outcome);
        else
            emit finished(inStep(m_step, outcome.error()));
    }
    //! From the event loop, later.
    void finishSoon(const Result<Credentials> &outcome)
    {
        QMetaObject::invokeMethod(
            this, [this, outcome] { finish(outcome); }, Qt::QueuedConnection);
    }

    const SignInStep m_step;
    const SourceParts m_parts;
};

} // namespace optout
