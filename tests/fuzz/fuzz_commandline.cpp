// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

// The command line of a credential_process, split without a shell.

#include "signin/commandline.h"

#include <cstdint>
#include <cstdlib>

using namespace optout;

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QString command = QString::fromUtf8(reinterpret_cast<const char *>(data), qsizetype(size)); // NOLINT: bytes
    const Result<QStringList> words = splitPosixCommand(command);
    qsizetype letters = 0;
    for (const QString &word : words ? *words : QStringList())
        letters += word.size();
    if (letters > command.size())
        std::abort(); // splitting only takes away
    return 0;
}
