// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "presenters/signinengine.h"

#include <QPointer>

#include <memory>
#include <utility>

namespace optout::test {

using namespace Qt::Literals::StringLiterals;

inline Credentials keysOfNobody()
{
    return { .accessKeyId = u"ASIAFAKEFAKEFAKE0001"_s,
        .secretAccessKey = Secret(QByteArrayView("CANARY-fake")),
        .sessionToken = Secret(QByteArrayView("CANARY-token")) };
}

inline CallerIdentity readerIdentity()
{
    return { .account = u"111122223333"_s,
        .arn = u"arn:aws:sts::111122223333:assumed-role/ReadOnly/ann"_s,
        .userId = u"AROAEXAMPLE:ann"_s };
}

//! A sign-in that does what a test says.
class FakeEngine final : public SignInEngine {
public:
    void provide(QObject *context, std::function<void(const Result<Credentials> &)> done) override
    {
        ++provided;
        QMetaObject::invokeMethod(
            context, [outcome = outcome, done = std::move(done)] { done(outcome); }, Qt::QueuedConnection);
    }
    bool invalidate(const QString &) override
    {
        ++invalidated;
        return renewable;
    }
    QList<SignInTraceLine> trace() const override { return lines; }
    std::optional<Timestamp> expires() const override { return until; }
    QString sourceWords() const override { return words; }

    Result<Credentials> outcome = keysOfNobody();
    bool renewable = false;
    QList<SignInTraceLine> lines {};
    std::optional<Timestamp> until {};
    QString words {};
    int provided = 0;
    int invalidated = 0;
};

//! PrepareSignIn with fakes: an engine is made for each sign-in, and what it is to answer can be set before.
class FakeSignIns final {
public:
    Result<PreparedSignIn> prepare(const Connection &connection, const std::optional<Credentials> &keys)
    {
        ++prepared;
        if (refusal)
            return *refusal;
        auto engine = std::make_shared<FakeEngine>();
        engine->outcome = failure ? Result<Credentials>(*failure) : Result<Credentials>(keys.value_or(keysOfNobody()));
        engine->lines = lines;
        engine->until = until;
        engine->words = words;
        last = engine;
        PreparedSignIn signIn { .engine = engine, .settings = { .region = connection.region } };
        signIn.settings.endpoints.smsVoice = connection.endpointUrl;
        if (identity) {
            signIn.askIdentity = [this](QObject *context, std::function<void(const Result<CallerIdentity> &)> done) {
                ++identityAsked;
                QMetaObject::invokeMethod(
                    context, [answer = *identity, done = std::move(done)] { done(answer); }, Qt::QueuedConnection);
            };
        }
        return signIn;
    }
    PrepareSignIn function()
    {
        return [this](const Connection &connection, const std::optional<Credentials> &keys) {
            return prepare(connection, keys);
        };
    }

    std::optional<Error> refusal {}; //!< of the next prepare()
    std::optional<Error> failure {}; //!< of getting keys, for engines made from now on
    std::optional<Result<CallerIdentity>> identity {}; //!< nothing: nobody can be asked
    QList<SignInTraceLine> lines {};
    std::optional<Timestamp> until {};
    QString words {};
    std::shared_ptr<FakeEngine> last {};
    int prepared = 0;
    int identityAsked = 0;
};

} // namespace optout::test
