// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "demo/faultplan.h"
#include "demo/httpmessage.h"
#include "demo/keyissuer.h"

#include <QHash>

namespace optout::demo {

//! Where programs on an instance or in a container find their keys: the instance metadata service, version 2 only, and
//! the agent of ECS and EKS at /container.
class MetadataService {
public:
    explicit MetadataService(KeyIssuer &issuer);

    HttpAnswer answer(const HttpRequest &request, Timestamp now, const std::vector<Fault> &faults);

    static QString instanceRole();
    //! What /container wants in Authorization; /container/open wants nothing.
    const QByteArray &containerToken() const { return m_containerToken; }

private:
    HttpAnswer instance(const HttpRequest &request, Timestamp now);
    HttpAnswer newToken(const HttpRequest &request, Timestamp now);
    HttpAnswer container(const HttpRequest &request, Timestamp now);

    KeyIssuer &m_issuer;
    QHash<QByteArray, Timestamp> m_tokens; // when they end
    QByteArray m_containerToken = randomToken(32);
};

} // namespace optout::demo
