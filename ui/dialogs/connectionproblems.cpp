// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "dialogs/connectionproblems.h"

#include "aws/endpoint.h"

#include <QRegularExpression>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int longestName = 64;

} // namespace

ConnectionProblems::Map ConnectionProblems::of(const ConnectionInput &input)
{
    Map problems;
    const auto note = [&problems](ConnectionField field, const QString &problem) {
        if (!problem.isEmpty())
            problems.insert(field, problem);
    };
    const bool keysGiven = !input.accessKeyId.isEmpty() || input.hasSecret || input.hasToken;
    note(ConnectionField::Name, ofName(input));
    note(ConnectionField::Region, ofRegion(input.connection.region));
    if (keysGiven || input.keysRequired) {
        note(ConnectionField::AccessKeyId, ofAccessKeyId(input, keysGiven));
        if (!input.hasSecret)
            note(ConnectionField::SecretAccessKey, tr("Enter the secret access key."));
    }
    note(ConnectionField::SessionToken, ofToken(input));
    note(ConnectionField::Endpoint, ofEndpoint(input.connection));
    note(ConnectionField::RoleArn, ofRole(input.connection));
    note(ConnectionField::ExternalId, ofExternalId(input.connection.externalId));
    note(ConnectionField::MfaSerial, ofMfaDevice(input.connection.mfaSerial));
    return problems;
}

QString ConnectionProblems::ofName(const ConnectionInput &input)
{
    if (input.connection.name.isEmpty())
        return tr("Give the connection a name.");
    if (input.connection.name.size() > longestName)
        return tr("A name has at most 64 characters.");
    return input.nameFree ? QString() : tr("Another connection has this name.");
}

QString ConnectionProblems::ofRegion(const QString &region)
{
    if (region.isEmpty())
        return tr("Choose a region.");
    return isRegionName(region) ? QString() : tr("A region looks like eu-central-1.");
}

// 16 to 128 letters, digits and underscores. (IAM API Reference, AccessKey)
QString ConnectionProblems::ofAccessKeyId(const ConnectionInput &input, bool keysGiven)
{
    static const QRegularExpression shape(u"\\A[A-Za-z0-9_]{16,128}\\z"_s);
    if (input.accessKeyId.isEmpty()) {
        return keysGiven ? tr("Enter the access key ID that belongs to the secret.") : tr("Enter the access key ID.");
    }
    return shape.match(input.accessKeyId).hasMatch()
        ? QString()
        : tr("An access key ID has at least 16 letters and digits, such as AKIAIOSFODNN7EXAMPLE.");
}

// Ids of temporary keys begin with ASIA. (IAM User Guide, "IAM identifiers", table of unique id prefixes)
QString ConnectionProblems::ofToken(const ConnectionInput &input)
{
    if (!input.hasToken && input.accessKeyId.startsWith("ASIA"_L1))
        return tr("Keys that begin with ASIA are temporary: they need their session token.");
    return {};
}

QString ConnectionProblems::ofEndpoint(const Connection &connection)
{
    if (connection.endpointUrl.isEmpty())
        return {};
    if (connection.useFips || connection.useDualStack)
        return tr("An endpoint URL cannot be combined with FIPS or dual stack.");
    // With a region that is good for certain, what is refused is the URL.
    const bool ok = resolveEndpoint({ .region = u"us-east-1"_s, .url = connection.endpointUrl }).has_value();
    return ok ? QString() : tr("Enter a URL that begins with https:// (or http:// for a server on this computer).");
}

// (IAM User Guide, "IAM ARNs"; partitions other than aws have names that begin with it.)
QString ConnectionProblems::ofRole(const Connection &connection)
{
    static const QRegularExpression shape(u"\\Aarn:aws[a-z-]*:iam::[0-9]{12}:role/[\\x21-\\x7e]{1,512}\\z"_s);
    if (connection.roleArn.isEmpty()) {
        return connection.externalId.isEmpty() && connection.mfaSerial.isEmpty()
            ? QString()
            : tr("Enter the role that the external ID and the MFA device are for.");
    }
    return shape.match(connection.roleArn).hasMatch() ? QString()
                                                      : tr("A role looks like arn:aws:iam::111122223333:role/Reader.");
}

// 2 to 1224 of these signs. (STS API Reference, AssumeRole)
QString ConnectionProblems::ofExternalId(const QString &externalId)
{
    static const QRegularExpression shape(u"\\A[A-Za-z0-9_+=,.@:/\\\\-]{2,1224}\\z"_s);
    return externalId.isEmpty() || shape.match(externalId).hasMatch()
        ? QString()
        : tr("An external ID has 2 or more letters, digits and the signs + = , . @ : / \\ - _");
}

// 9 to 256 of these signs: an ARN, or the number on the back of a device. (STS API Reference, AssumeRole)
QString ConnectionProblems::ofMfaDevice(const QString &serial)
{
    static const QRegularExpression shape(u"\\A[A-Za-z0-9_+=/:,.@-]{9,256}\\z"_s);
    return serial.isEmpty() || shape.match(serial).hasMatch()
        ? QString()
        : tr("An MFA device is an ARN such as arn:aws:iam::111122223333:mfa/ann, or its serial number.");
}

} // namespace optout
