// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "text/keychaintext.h"

#include <QCoreApplication>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

class Text final {
    Q_DECLARE_TR_FUNCTIONS(optout::KeychainText)
public:
    static QString headline(const QString &code);
    static QString whatHelps(const QString &code);
    static QString wayOut(KeychainPurpose purpose);
};

QString Text::headline(const QString &code)
{
    if (code == "NoKeychain"_L1)
        return tr("There is no keychain that this program could use.");
    if (code == "KeychainLocked"_L1)
        return tr("The keychain is locked.");
    if (code == "KeychainDenied"_L1)
        return tr("The keychain refused access.");
    return tr("The keychain failed.");
}

QString Text::whatHelps(const QString &code)
{
    if (code == "NoKeychain"_L1)
        return tr("Start one, such as GNOME Keyring, KDE Wallet or KeePassXC, and try again.");
    if (code == "KeychainLocked"_L1)
        return tr("Try again and enter its password when it asks, or unlock it first.");
    if (code == "KeychainDenied"_L1)
        return tr("Its question may have been dismissed. Try again and allow access when it asks.");
    return tr("Try again, or look at the details.");
}

QString Text::wayOut(KeychainPurpose purpose)
{
    switch (purpose) {
    case KeychainPurpose::Load:
        return tr("Or enter the keys again and keep them for this session only.");
    case KeychainPurpose::Save:
        return tr("Or keep the keys for this session only: they are forgotten when the program ends.");
    case KeychainPurpose::Remove:
        return tr("Or delete the connection from the list only: its keys then stay in the keychain.");
    case KeychainPurpose::KeepReads:
        return tr("Until then no read is kept.");
    }
    Q_UNREACHABLE();
}

} // namespace

ErrorText describeKeychain(const Error &error, KeychainPurpose purpose)
{
    return { .headline = Text::headline(error.code),
        .advice = Text::whatHelps(error.code) + u' ' + Text::wayOut(purpose),
        .details = error.detail };
}

bool isKeychainError(const Error &error)
{
    return error.kind == Error::Kind::Storage && error.code.contains("Keychain"_L1);
}

} // namespace optout
