// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "cli/terminalline.h"

#include <QFile>
#include <QSocketNotifier>

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <optional>
#include <termios.h>
#include <unistd.h>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

//! A description of its own: that it does not block is no business of who shares our standard input.
int openTerminal(const QString &device)
{
    const int terminal = ::open(QFile::encodeName(device).constData(), O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    if (terminal < 0 || ::isatty(terminal))
        return terminal;
    ::close(terminal);
    return -1;
}

//! Reading or changing the terminal from the background stops the whole job.
bool isInForeground(int terminal)
{
    const pid_t foreground = ::tcgetpgrp(terminal);
    return foreground < 0 || foreground == ::getpgrp(); // below 0: it does not control this process
}

void write(int terminal, const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    [[maybe_unused]] const ssize_t written = ::write(terminal, bytes.constData(), size_t(bytes.size()));
}

Error cannotAsk(const QString &clause) { return Error { .kind = Error::Kind::NoCredentials, .detail = clause }; }

} // namespace

class TerminalLine::Private {
public:
    ~Private()
    {
        ::optout::wipe(line);
        if (before) {
            write(terminal, u"\n"_s); // the person's own was not shown
            // Also if the program has been put into the background, where this would stop it.
            const auto earlier = std::signal(SIGTTOU, SIG_IGN);
            ::tcsetattr(terminal, TCSAFLUSH, &*before);
            std::signal(SIGTTOU, earlier);
        }
        if (terminal >= 0)
            ::close(terminal);
    }

    //! \return whether the line has ended
    bool readOn()
    {
        std::array<char, 256> bytes {};
        ssize_t count = 0;
        while (!ended && (count = ::read(terminal, bytes.data(), bytes.size())) > 0) {
            line.append(bytes.data(), count);
            ended = line.endsWith('\n') || line.size() > longest;
        }
        const bool nothingYet = count < 0 && (errno == EAGAIN || errno == EINTR);
        bytes.fill(0);
        ended = ended || (count <= 0 && !nothingYet);
        return ended;
    }

    static constexpr qsizetype longest = 4096;
    QString device {};
    int terminal = -1;
    std::optional<termios> before {}; // set while the terminal hides what is typed
    QByteArray line {};
    bool ended = false;
};

TerminalLine::TerminalLine(const QString &device, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->device = device;
}

TerminalLine::~TerminalLine() = default;

Result<Done> TerminalLine::ask(const QString &text, Echo echo)
{
    d->terminal = openTerminal(d->device);
    termios settings {};
    if (d->terminal < 0 || ::tcgetattr(d->terminal, &settings) != 0)
        return cannotAsk(u"there is no terminal to ask on"_s);
    if (!isInForeground(d->terminal))
        return cannotAsk(u"the program runs in the background, where it cannot ask"_s);

    d->line.reserve(Private::longest + 256); // growing would leave copies behind
    if (echo == Echo::Hidden) {
        d->before = settings;
        settings.c_lflag &= ~tcflag_t(ECHO | ECHONL);
        settings.c_lflag |= ICANON | ISIG;
        settings.c_cc[VSUSP] = _POSIX_VDISABLE; // Ctrl+Z would leave the shell with a terminal that hides
        ::tcsetattr(d->terminal, TCSAFLUSH, &settings);
    } else {
        ::tcflush(d->terminal, TCIFLUSH);
    }
    write(d->terminal, text);

    auto *notifier = new QSocketNotifier(d->terminal, QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this, notifier] {
        if (!d->readOn())
            return;
        notifier->setEnabled(false);
        while (d->line.endsWith('\n') || d->line.endsWith('\r'))
            d->line.chop(1);
        const bool gaveUp = d->line.isEmpty();
        Secret line(QByteArrayView(d->line));
        // Only now: the terminal is as before when the next thing is said on it.
        d = std::make_unique<Private>();
        if (gaveUp)
            emit typed(Error { .kind = Error::Kind::Cancelled, .detail = u"Nothing was typed."_s });
        else
            emit typed(line);
    });
    return Done {};
}

bool TerminalLine::isThere(const QString &device)
{
    const int terminal = openTerminal(device);
    if (terminal < 0)
        return false;
    ::close(terminal);
    return true;
}

void TerminalLine::tell(const QString &device, const QString &text)
{
    const int terminal = openTerminal(device);
    if (terminal < 0)
        return;
    write(terminal, text);
    ::close(terminal);
}

} // namespace optout
