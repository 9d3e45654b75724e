// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"
#include "demo/httpmessage.h"
#include "demo/signaturecheck.h"

#include <QFile>

namespace optout::demo {

//! One line of JSON per request, so that tests can compare what different clients send.
class RequestLog {
public:
    //! An empty name: nothing is written. Storage, if the file cannot be opened.
    Result<Done> open(const QString &fileName);
    void add(qint64 call, const HttpRequest &request, const SignatureCheck::Finding &finding, int status);

private:
    QFile m_file;
};

} // namespace optout::demo
