// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "aws/credentials.h"
#include "aws/serviceerror.h"
#include "aws/signinaction.h"
#include "core/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>

#include <utility>

namespace optout {

//! The query protocol of STS: a form in, XML out. (STS API reference 2011-06-15; Smithy, "AWS query protocol".)
//! Pure; any thread.

//! One field of the form beside Action and Version; the view has to hold until the form is written.
using StsField = std::pair<QByteArrayView, QByteArrayView>;

//! The form: Action, Version and the fields in their order, percent-encoded. Fields of these two names are left out.
//! May hold secrets.
QByteArray writeStsForm(StsAction action, const QList<StsField> &fields);

//! The Credentials of an AssumeRole or AssumeRoleWithWebIdentity answer. BadResponse, saying what is missing, else.
//! Elements are found by name wherever they stand below their parents, namespaces are not compared. Document types and
//! entities of their own are refused; so are bodies over 256 KiB.
Result<Credentials> readAssumedRole(const QByteArray &body);

struct CallerIdentityText {
    QString account;
    QString arn;
    QString userId;
};
//! The answer of GetCallerIdentity; BadResponse as above.
Result<CallerIdentityText> readCallerIdentity(const QByteArray &body);

//! An answer whose status is not 2xx, as readServiceError() does for JSON: <ErrorResponse><Error><Code>. A body that is
//! none of that is read by readServiceError().
Error readStsError(int httpStatus, const HttpHeaders &headers, const QByteArray &body);

} // namespace optout
