// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QFile>

#include <algorithm>
#include <array>
#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <cstring>

namespace optout {

//! A secret that can be looked for in the memory of this process. It is kept masked, so that looking does not find the
//! needle itself. Where memory cannot be searched (another system than Linux, or a sanitizer that keeps what was given
//! back), canSearch() is false.
class Canary {
public:
    static constexpr bool canSearch()
    {
#if !defined(__linux__) || defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        return false;
#elif defined(__has_feature)
        return !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer);
#else
        return true;
#endif
    }

    //! Appends it to a text that has room for it: no buffer is left behind.
    static void appendTo(QByteArray &text)
    {
        Q_ASSERT(text.capacity() >= text.size() + qsizetype(masked.size()));
        for (const unsigned char c : masked)
            text += char(c ^ mask);
    }

    //! How many copies there are, with one byte or two for each character (UTF-8, UTF-16).
    static int copies(std::size_t bytesPerCharacter)
    {
        // Nothing is taken from the heap here: that would write over what was given back.
        static std::array<char, 1024 * 1024> maps;
        QFile file(QStringLiteral("/proc/self/maps"));
        if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
            return -1;
        qint64 size = 0;
        for (qint64 read = 1; read > 0; size += read)
            read = std::max(qint64(0), file.read(maps.data() + size, qint64(maps.size()) - 1 - size));
        maps[std::size_t(size)] = '\0';
        int found = 0;
        for (const char *line = maps.data(); line && *line; line = nextLine(line)) {
            std::uintptr_t begin = 0;
            std::uintptr_t end = 0;
            std::array<char, 5> rights {};
            unsigned long long node = 0;
            if (std::sscanf(line, "%" SCNxPTR "-%" SCNxPTR " %4s %*s %*s %llu", &begin, &end, rights.data(), &node) != 4
                || rights[0] != 'r' || rights[1] != 'w' || node != 0)
                continue; // only what is no file: heap, stack, anonymous
            const std::size_t length = masked.size() * bytesPerCharacter;
            for (std::uintptr_t at = begin; at + length <= end; ++at)
                found += isAt(reinterpret_cast<const unsigned char *>(at), bytesPerCharacter) ? 1 : 0; // NOLINT
        }
        return found;
    }

private:
    static const char *nextLine(const char *line)
    {
        const char *end = std::strchr(line, '\n');
        return end ? end + 1 : nullptr;
    }

    static bool isAt(const unsigned char *bytes, std::size_t bytesPerCharacter)
    {
        for (std::size_t i = 0; i < masked.size(); ++i) {
            if (bytes[i * bytesPerCharacter] != (masked[i] ^ mask))
                return false;
        }
        return true;
    }

    static constexpr unsigned char mask = 0x80;
    //! "CanaryOftwentyFourLetter", which form fields and XML leave as it is.
    static constexpr std::array<unsigned char, 24> masked { 0xc3, 0xe1, 0xee, 0xe1, 0xf2, 0xf9, 0xcf, 0xe6, 0xf4, 0xf7,
        0xe5, 0xee, 0xf4, 0xf9, 0xc6, 0xef, 0xf5, 0xf2, 0xcc, 0xe5, 0xf4, 0xf4, 0xe5, 0xf2 };
};

} // namespace optout
