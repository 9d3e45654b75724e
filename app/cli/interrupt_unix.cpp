// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "cli/interrupt.h"

#include <QSocketNotifier>

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace optout {

namespace {

// A signal handler may call little but write(): one byte into a pipe wakes the event loop, which does the rest.
std::array<int, 2> wakePipe { -1, -1 };
constexpr std::array caughtSignals { SIGINT, SIGTERM, SIGHUP };
std::array<struct sigaction, caughtSignals.size()> earlierActions {};

void wake(int)
{
    const int error = errno;
    const char byte = 0;
    [[maybe_unused]] const ssize_t written = ::write(wakePipe[1], &byte, 1);
    errno = error;
}

} // namespace

Interrupt::Interrupt(QObject *parent)
    : QObject(parent)
{
    if (::pipe(wakePipe.data()) != 0)
        return; // then Ctrl+C ends the process as it does without us
    for (const int end : wakePipe) {
        ::fcntl(end, F_SETFD, FD_CLOEXEC);
        ::fcntl(end, F_SETFL, O_NONBLOCK);
    }
    auto *notifier = new QSocketNotifier(wakePipe[0], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this] {
        char byte = 0;
        while (::read(wakePipe[0], &byte, 1) > 0) { }
        emit requested();
    });

    struct sigaction action { };
    action.sa_handler = wake;
    action.sa_flags = SA_RESTART | int(SA_RESETHAND);
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < caughtSignals.size(); ++i) {
        ::sigaction(caughtSignals[i], nullptr, &earlierActions[i]);
        // What the caller had us ignore (nohup, a script's background job) stays ignored.
        if (earlierActions[i].sa_handler != SIG_IGN)
            ::sigaction(caughtSignals[i], &action, nullptr);
    }
}

Interrupt::~Interrupt()
{
    if (wakePipe[0] < 0)
        return;
    for (size_t i = 0; i < caughtSignals.size(); ++i)
        ::sigaction(caughtSignals[i], &earlierActions[i], nullptr);
    for (int &end : wakePipe) {
        ::close(end);
        end = -1;
    }
}

} // namespace optout
