// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

namespace optout {

//! Every call this program can make of the service itself; those it can make to sign in are in aws/signinaction.h. All
//! of them read. There is no other way to fill X-Amz-Target.
enum class Action { DescribeOptedOutNumbers, DescribeOptOutLists };

//! The value of X-Amz-Target: "PinpointSMSVoiceV2.DescribeOptedOutNumbers". (Service model 2022-03-31, targetPrefix.)
QByteArray targetOf(Action action);

} // namespace optout
