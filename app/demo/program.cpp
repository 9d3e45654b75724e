// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "demo/program.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <csignal>

#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::Literals::StringLiterals;

namespace optout::demo {

namespace {

int signalSockets[2] = { -1, -1 };

// A signal handler may do next to nothing; the event loop does the rest when it reads the byte (signal-safety(7)).
void onSignal(int)
{
    const char byte = 0;
    [[maybe_unused]] const auto written = ::write(signalSockets[0], &byte, 1);
}

} // namespace

void say(FILE *stream, const QString &text)
{
    std::fputs(qUtf8Printable(text + u'\n'), stream);
    std::fflush(stream);
}

void quitOnSignals(QCoreApplication &application)
{
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, signalSockets) != 0)
        return; // then a signal ends the program at once, which loses nothing either
    auto *const notifier = new QSocketNotifier(signalSockets[1], QSocketNotifier::Read, &application);
    QObject::connect(notifier, &QSocketNotifier::activated, &application, &QCoreApplication::quit);
    std::signal(SIGINT, onSignal);
    std::signal(SIGTERM, onSignal);
}

void quitWhenStdinCloses(QCoreApplication &application)
{
    auto *const notifier = new QSocketNotifier(STDIN_FILENO, QSocketNotifier::Read, &application);
    QObject::connect(notifier, &QSocketNotifier::activated, &application, [notifier, &application] {
        char bytes[512];
        if (::read(STDIN_FILENO, bytes, sizeof bytes) <= 0) {
            notifier->setEnabled(false);
            application.quit();
        }
    });
}

std::optional<quint64> NumberReader::number(const QCommandLineOption &option, quint64 most)
{
    if (!m_parser.isSet(option))
        return std::nullopt;
    bool isNumber = false;
    const quint64 given = m_parser.value(option).toULongLong(&isNumber);
    if (isNumber && given <= most)
        return given;
    m_problem = u"--%1 must be a number up to %2"_s.arg(option.names().first()).arg(most);
    return std::nullopt;
}

} // namespace optout::demo
