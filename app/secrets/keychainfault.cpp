// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "secrets/keychainfault.h"

namespace optout {

using namespace Qt::Literals::StringLiterals;
using Service = SecretServiceState::Service;

namespace {

Error storage(const QString &code, const QString &sentence, const QString &words)
{
    return {
        .kind = Error::Kind::Storage, .code = code, .detail = words.isEmpty() ? sentence : sentence + u' ' + words
    };
}

Error noKeychain(const QString &words)
{
    return storage(u"NoKeychain"_s, u"No keychain is running in this session."_s, words);
}

Error locked(const QString &words)
{
    return storage(u"KeychainLocked"_s, u"The keychain is locked and was not unlocked."_s, words);
}

Error denied(const QString &words) { return storage(u"KeychainDenied"_s, u"The keychain refused access."_s, words); }

Error notFound()
{
    return { .kind = Error::Kind::NotFound, .detail = u"The keychain has no entry for this connection."_s };
}

std::optional<Error> removalFault(const SecretServiceState &state)
{
    if (state.hasLockedEntry)
        return locked({});
    if (state.hasOpenEntry)
        return storage(u"KeychainFailed"_s, u"The keychain did not delete the entry."_s, {});
    return std::nullopt;
}

Error otherFault(const QString &words, Service service)
{
    switch (service) {
    case Service::NoBus:
    case Service::Absent:
        return noKeychain(words);
    case Service::NoCollection: // the prompt for a new keyring's password was dismissed
        return denied(words);
    case Service::Locked:
        return locked(words);
    case Service::Silent:
        return storage(u"KeychainFailed"_s, u"The keychain does not answer."_s, words);
    case Service::Unknown:
    case Service::Unlocked:
        break;
    }
    return storage(u"KeychainFailed"_s, u"The keychain reported a fault."_s, words);
}

} // namespace

bool needsState(KeychainOperation operation, KeychainOutcome outcome)
{
    switch (outcome) {
    case KeychainOutcome::Done:
        return operation == KeychainOperation::Remove;
    case KeychainOutcome::EntryNotFound:
    case KeychainOutcome::AccessDenied:
    case KeychainOutcome::Other:
        return true;
    case KeychainOutcome::NoBackend:
        return false;
    }
    Q_UNREACHABLE();
}

std::optional<Error> keychainFault(
    KeychainOperation operation, KeychainOutcome outcome, const QString &words, const SecretServiceState &state)
{
    const bool removing = operation == KeychainOperation::Remove;
    switch (outcome) {
    case KeychainOutcome::Done:
        return removing ? removalFault(state) : std::nullopt;
    case KeychainOutcome::EntryNotFound:
        if (removing)
            return removalFault(state);
        if (operation == KeychainOperation::Save) // the keyring it should go to is what was not found
            return otherFault(words, state.service);
        return state.hasLockedEntry ? locked({}) : notFound();
    case KeychainOutcome::AccessDenied:
        return state.service == Service::Locked || state.hasLockedEntry ? locked(words) : denied(words);
    case KeychainOutcome::NoBackend:
        return noKeychain(words);
    case KeychainOutcome::Other:
        return otherFault(words, state.service);
    }
    Q_UNREACHABLE();
}

} // namespace optout
