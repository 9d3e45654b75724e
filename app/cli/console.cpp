// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "cli/console.h"

#include "cli/message.h"

#include <QFile>
#include <QLoggingCategory>
#include <QMessageLogContext>
#include <QMutex>

#include <atomic>
#include <cstdio>

#ifdef Q_OS_WIN
#include <fcntl.h>
#include <io.h>
#else
#include <csignal>
#include <fcntl.h>
#include <unistd.h>
#endif

namespace optout::console {

using namespace Qt::Literals::StringLiterals;

namespace {

// What stands on the terminal's last line. Log messages come from any thread.
QMutex screenMutex; // NOLINT(cppcoreguidelines-avoid-non-const-global-variables): there is one standard error
QString progressLine; // NOLINT
bool progressHeld = false; // NOLINT
std::atomic<bool> logEverything = false;

void writeError(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    // Where standard error is closed there is nobody left to tell.
    static_cast<void>(std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stderr));
    static_cast<void>(std::fflush(stderr));
}

constexpr QLatin1StringView clearLine("\r\x1b[K");

void writeLine(const QString &text)
{
    const QMutexLocker locker(&screenMutex);
    if (progressLine.isEmpty() || progressHeld)
        writeError(text + u'\n');
    else
        writeError(clearLine + text + u'\n' + progressLine);
}

void handleMessage(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const QByteArrayView category(context.category ? context.category : "");
    const bool ours = category.startsWith("optout.");
    if (ours || logEverything || type == QtCriticalMsg || type == QtFatalMsg)
        writeLine(QString::fromUtf8(category) + u": "_s + oneLine(message));
}

} // namespace

void takeOverLogging(bool verbose)
{
    logEverything = verbose;
    qInstallMessageHandler(handleMessage);
    if (verbose)
        QLoggingCategory::setFilterRules(u"optout.*=true"_s);
}

bool canShowProgress()
{
#ifdef Q_OS_WIN
    return _isatty(_fileno(stderr)) != 0;
#else
    return isatty(STDERR_FILENO) != 0;
#endif
}

void showProgress(const QString &line)
{
    const QMutexLocker locker(&screenMutex);
    if (line == progressLine)
        return;
    progressLine = line;
    if (!progressHeld)
        writeError(clearLine + line);
}

void holdProgress(bool hold)
{
    const QMutexLocker locker(&screenMutex);
    if (hold == progressHeld)
        return;
    progressHeld = hold;
    if (!progressLine.isEmpty())
        writeError(hold ? QString(clearLine) : clearLine + progressLine);
}

void say(const QString &text) { writeLine(u"optout-browser: "_s + text); }

Result<Done> print(std::string_view bytes)
{
    size_t written = 0;
    errno = 0;
    while (written < bytes.size()) {
        const size_t count = std::fwrite(bytes.data() + written, 1, bytes.size() - written, stdout);
        if (count == 0)
            break;
        written += count;
    }
    if (written == bytes.size() && std::fflush(stdout) == 0)
        return Done {};
    return Error { .kind = Error::Kind::Storage,
        .detail = u"standard output cannot be written: %1"_s.arg(qt_error_string(errno)) };
}

void secureStandardStreams()
{
#ifdef Q_OS_WIN
    // CSV lines end as we end them.
    static_cast<void>(_setmode(_fileno(stdout), _O_BINARY));
#else
    for (const int stream : { STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO }) {
        if (fcntl(stream, F_GETFD) == -1) // the lowest free number is what open() takes: this one
            static_cast<void>(open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY));
    }
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
#endif
}

} // namespace optout::console
