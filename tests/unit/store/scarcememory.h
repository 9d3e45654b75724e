// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdlib>
#include <limits>
#include <new>
#include <thread>

// Replaces the allocation functions of a test program, so to be included in one file of it.

//! While one lives, threads other than the main one get no larger piece of memory.
class ScarceMemory {
public:
    explicit ScarceMemory(std::size_t largestPiece) { s_largestPiece = largestPiece; }
    ~ScarceMemory() { s_largestPiece = noLimit; }
    ScarceMemory(const ScarceMemory &) = delete;
    ScarceMemory &operator=(const ScarceMemory &) = delete;

    static void *allocatedOrNull(std::size_t size) noexcept
    {
        const bool isThere = size <= s_largestPiece || std::this_thread::get_id() == s_mainThread;
        return isThere ? std::malloc(size) : nullptr;
    }

    static void *allocated(std::size_t size)
    {
        void *memory = allocatedOrNull(size);
        if (!memory)
            throw std::bad_alloc();
        return memory;
    }

private:
    static constexpr std::size_t noLimit = std::numeric_limits<std::size_t>::max();
    static inline std::atomic<std::size_t> s_largestPiece { noLimit };
    static inline const std::thread::id s_mainThread = std::this_thread::get_id();
};

void *operator new(std::size_t size) { return ScarceMemory::allocated(size); }
void *operator new[](std::size_t size) { return ScarceMemory::allocated(size); }
void *operator new(std::size_t size, const std::nothrow_t &) noexcept { return ScarceMemory::allocatedOrNull(size); }
void *operator new[](std::size_t size, const std::nothrow_t &) noexcept { return ScarceMemory::allocatedOrNull(size); }
void operator delete(void *memory) noexcept { std::free(memory); }
void operator delete[](void *memory) noexcept { std::free(memory); }
void operator delete(void *memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void *memory, std::size_t) noexcept { std::free(memory); }
