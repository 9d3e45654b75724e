// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "presenters/connectionlist.h"

#include <QCoreApplication>
#include <QMap>
#include <QString>

namespace optout {

//! In the order of the form; those from Endpoint on are in its advanced part.
enum class ConnectionField {
    Name,
    Region,
    AccessKeyId,
    SecretAccessKey,
    SessionToken,
    Endpoint,
    RoleArn,
    ExternalId,
    MfaSerial
};

//! What somebody has entered about a connection.
struct ConnectionInput {
    Connection connection;
    QString accessKeyId {};
    bool hasSecret = false;
    bool hasToken = false;
    bool keysRequired = false; //!< it has no keys that could be used
    bool nameFree = true;
};

//! What is wrong with the input, a sentence for each field concerned. Pure.
class ConnectionProblems final {
    Q_DECLARE_TR_FUNCTIONS(optout::ConnectionProblems)
public:
    using Map = QMap<ConnectionField, QString>;

    ConnectionProblems() = delete;
    static Map of(const ConnectionInput &input);

private:
    static QString ofName(const ConnectionInput &input);
    static QString ofRegion(const QString &region);
    static QString ofAccessKeyId(const ConnectionInput &input, bool keysGiven);
    static QString ofToken(const ConnectionInput &input);
    static QString ofEndpoint(const Connection &connection);
    static QString ofRole(const Connection &connection);
    static QString ofExternalId(const QString &externalId);
    static QString ofMfaDevice(const QString &serial);
};

} // namespace optout
