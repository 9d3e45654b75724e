// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "profile/environment.h"

#include <QString>

namespace optout {

//! Where the CLI keeps the tokens of IAM Identity Center: ~/.aws/sso/cache; no variable moves it. (botocore.tokens,
//! SSOTokenProvider)
QString ssoCacheFolder(const Environment &environment);

//! Where the CLI keeps the keys of `aws login`: AWS_LOGIN_CACHE_DIRECTORY, with ~ and variables in it, else
//! ~/.aws/login/cache. (botocore.utils, get_login_token_cache_directory)
QString loginCacheFolder(const Environment &environment);

} // namespace optout
