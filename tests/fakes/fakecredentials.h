// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "aws/credentials.h"

#include <QObject>

#include <deque>

namespace optout {

//! Hands out what the test has laid in: the same answer again and again, the next one after invalidate().
class FakeCredentialsProvider final : public CredentialsProvider {
public:
    //! Begins with credentials whose access key id is "AKIDEXAMPLE000000001".
    FakeCredentialsProvider();

    void provide(QObject *context, std::function<void(const Result<Credentials> &)> done) override;
    std::optional<Credentials> atHand() const override;
    bool invalidate(const QString &accessKeyId) override;

    //! What invalidate() goes on to; without any it returns false.
    void addNext(const Result<Credentials> &credentials) { m_answers.push_back(credentials); }
    void replace(const Result<Credentials> &credentials) { m_answers = { credentials }; }

    std::function<void()> onProvide {}; //!< called before each answer
    bool isAtHand = false; //!< whether atHand() has the answer, too

    int provided() const { return m_provided; }
    int invalidated() const { return m_invalidated; }
    //! The access key id that the last invalidate() named.
    QString refused() const { return m_refused; }

    static Credentials credentials(const QString &accessKeyId);

private:
    std::deque<Result<Credentials>> m_answers;
    int m_provided = 0;
    int m_invalidated = 0;
    QString m_refused {};
};

} // namespace optout
