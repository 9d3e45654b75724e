// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "aws/action.h"

namespace optout {

QByteArray targetOf(Action action)
{
    switch (action) {
    case Action::DescribeOptedOutNumbers:
        return QByteArrayLiteral("PinpointSMSVoiceV2.DescribeOptedOutNumbers");
    case Action::DescribeOptOutLists:
        return QByteArrayLiteral("PinpointSMSVoiceV2.DescribeOptOutLists");
    }
    Q_UNREACHABLE();
}

} // namespace optout
