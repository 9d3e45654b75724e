// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <exception>
#include <system_error>
#include <thread>

namespace optout {

//! How much of the machine a piece of work may take: two cores when somebody waits for it; one when nobody does, so
//! that the other is the window's.
enum class Cores { One, Two };

//! Calls work(first, last) for all of [0, count) rows: in one piece, or from 262,144 on and with two cores in two at
//! the same time, the second in a thread of its own; one after the other where there is no further thread. Returns when
//! both are through. Throws then what one of them has thrown, of two the first one's; std::bad_alloc if there is no
//! memory for a thread. Any thread.
//! \return where the second piece begins, a multiple of 65,536; count if there is none
template <typename Work> quint32 inHalves(Cores cores, quint32 count, Work work)
{
    constexpr quint32 worthAThread = 262'144; // starting one takes as long as a few thousand rows
    constexpr quint32 unit = 65'536; // a chunk of the store; whole words of bits
    if (cores == Cores::One || count < worthAThread) {
        work(0U, count);
        return count;
    }
    const quint32 middle = count / 2 / unit * unit;
    std::exception_ptr failure;
    {
        std::jthread other;
        try {
            other = std::jthread([&] {
                try {
                    work(middle, count);
                } catch (...) { // it would end the program there
                    failure = std::current_exception();
                }
            });
        } catch (const std::system_error &) { // no more threads: one after the other, then
            work(middle, count);
        }
        work(0U, middle);
    }
    if (failure)
        std::rethrow_exception(failure);
    return middle;
}

//! Lets fill(first, last, out) write what it keeps of [first, last), at most as many as that, and return how many; for
//! all of [0, count) as inHalves(), also as to threads and errors. What both halves wrote stands together in the end.
//! \param out room for count
//! \return how many were written
template <typename Value, typename Fill> quint32 fillInHalves(Cores cores, quint32 count, Value *out, Fill fill)
{
    quint32 inFirst = 0;
    quint32 inSecond = 0;
    const quint32 middle = inHalves(cores, count,
        [&](quint32 first, quint32 last) { (first == 0 ? inFirst : inSecond) = fill(first, last, out + first); });
    if (inSecond > 0 && inFirst < middle)
        std::copy_n(out + middle, inSecond, out + inFirst);
    return inFirst + inSecond;
}

} // namespace optout
