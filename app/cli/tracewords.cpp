// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "cli/tracewords.h"

#include "cli/message.h"

namespace optout {

using namespace Qt::Literals::StringLiterals;

QString traceWords(const SignInTraceLine &line)
{
    const QString step = oneLine(line.step);
    const QString words = withoutFullStop(oneLine(line.words));
    const auto inBrackets = [&words] { return words.isEmpty() ? QString() : u" (%1)"_s.arg(words); };
    switch (line.outcome) {
    case SignInTraceLine::Outcome::PassedOver:
        return step + u": passed over"_s + inBrackets();
    case SignInTraceLine::Outcome::Used:
        return step + u": used"_s + inBrackets();
    case SignInTraceLine::Outcome::Failed:
        return step + u": failed: "_s + words;
    }
    Q_UNREACHABLE();
}

} // namespace optout
