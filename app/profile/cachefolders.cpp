// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "profile/cachefolders.h"

namespace optout {

using namespace Qt::Literals::StringLiterals;

QString ssoCacheFolder(const Environment &environment) { return environment.home() + "/.aws/sso/cache"_L1; }

QString loginCacheFolder(const Environment &environment)
{
    const QString folder = environment.value(u"AWS_LOGIN_CACHE_DIRECTORY"_s);
    return folder.isEmpty() ? environment.home() + "/.aws/login/cache"_L1 : environment.expanded(folder);
}

} // namespace optout
