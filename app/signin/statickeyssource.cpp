// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "signin/statickeyssource.h"

namespace optout {

using namespace Qt::Literals::StringLiterals;

StaticKeysSource::StaticKeysSource(
    const SignInStep &step, const StaticKeysStep &how, const SourceParts &parts, QObject *parent)
    : SourceBase(step, parts, parent)
    , m_keys(how.credentials)
{
}

void StaticKeysSource::start()
{
    if (m_keys.accessKeyId.isEmpty() || m_keys.secretAccessKey.isEmpty())
        finishSoon(Error {
            .kind = Error::Kind::NoCredentials, .detail = u"The access key id or the secret access key is empty."_s });
    else
        finishSoon(m_keys);
}

} // namespace optout
