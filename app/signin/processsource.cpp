// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "signin/processsource.h"

#include "aws/credentialreplies.h"
#include "core/redact.h"
#include "signin/commandline.h"

#include <QCoreApplication>
#include <QPointer>

#include <utility>

#ifdef Q_OS_UNIX
#include <csignal>
#include <unistd.h>
#endif

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype keptProblemBytes = 2'000; // the end of what the program wrote to standard error
constexpr qsizetype shownProblemChars = 500;

//! On one line, without what could be a secret or could move the cursor of a terminal.
QString harmless(const QByteArray &bytes)
{
    QString text = QString::fromUtf8(bytes);
    for (QChar &c : text) {
        if (c.category() == QChar::Other_Control || c.category() == QChar::Other_Format)
            c = u' ';
    }
    text = redacted(text.simplified());
    return text.size() > shownProblemChars ? u'…' + text.last(shownProblemChars) : text;
}

//! Its own session: what it starts in turn can be ended with it, and none of it reads from this program's terminal.
void isolate([[maybe_unused]] QProcess &process)
{
#ifdef Q_OS_UNIX
    process.setChildProcessModifier([] { ::setsid(); });
#endif
}

//! The program with all that it started, as far as that stayed with it.
void killAll(QProcess &process)
{
#ifdef Q_OS_UNIX
    if (const qint64 id = process.processId(); id > 0)
        ::kill(-static_cast<pid_t>(id), SIGKILL);
#endif
    process.kill();
}

} // namespace

ProcessSource::ProcessSource(const SignInStep &step, const ProcessStep &how, const SourceParts &parts, QObject *parent)
    : ProcessSource(step, how, parts, Limits {}, parent)
{
}

ProcessSource::ProcessSource(
    const SignInStep &step, const ProcessStep &how, const SourceParts &parts, Limits limits, QObject *parent)
    : SourceBase(step, parts, parent)
    , m_how(how)
    , m_limits(limits)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        fail(Error::Kind::Timeout,
            u"The program was ended: it took longer than %1 s.%2"_s.arg(
                QString::number(double(m_limits.time.count()) / 1000), problemWords()));
    });
}

ProcessSource::~ProcessSource()
{
    letGo();
    wipe(m_output);
}

void ProcessSource::start()
{
    const Result<QStringList> words = m_how.words.isEmpty() ? splitCommand(m_how.command) : m_how.words;
    m_output.reserve(m_limits.outputBytes); // growing would leave copies behind
    if (!words) {
        finishSoon(words.error());
        return;
    }
    m_program = words->first();
    m_process = new QProcess(this);
    m_process->setProgram(m_program);
    m_process->setArguments(words->sliced(1));
    m_process->setStandardInputFile(QProcess::nullDevice());
    isolate(*m_process);
    connect(m_process, &QProcess::readyReadStandardOutput, this, &ProcessSource::readOutput);
    connect(m_process, &QProcess::readyReadStandardError, this, &ProcessSource::readProblems);
    // Queued: a program that cannot be started is told of before start() returns.
    connect(m_process, &QProcess::errorOccurred, this, &ProcessSource::onError, Qt::QueuedConnection);
    connect(m_process, &QProcess::finished, this, &ProcessSource::onFinished);
    m_timer.start(m_limits.time);
    m_process->start(QIODevice::ReadOnly);
}

void ProcessSource::readOutput()
{
    QByteArray bytes = m_process->readAllStandardOutput();
    m_output += bytes;
    wipe(bytes);
    if (m_output.size() > m_limits.outputBytes)
        fail(Error::Kind::BadResponse,
            u"The program was ended: it printed more than %1 bytes, which cannot be keys."_s.arg(m_limits.outputBytes));
}

void ProcessSource::readProblems()
{
    // The end says why; what came before it is dropped, so that any amount may come.
    m_problems = (m_problems + m_process->readAllStandardError()).right(keptProblemBytes);
}

void ProcessSource::onError(QProcess::ProcessError error)
{
    if (m_process && error == QProcess::FailedToStart)
        fail(Error::Kind::NoCredentials,
            u"The program %1 cannot be started: %2."_s.arg(m_program, m_process->errorString()));
}

void ProcessSource::onFinished(int exitCode, QProcess::ExitStatus status)
{
    const QPointer<ProcessSource> alive(this);
    readProblems();
    readOutput();
    if (!alive || !m_process) // it printed too much
        return;
    if (status == QProcess::CrashExit) {
        fail(Error::Kind::NoCredentials, u"The program %1 crashed.%2"_s.arg(m_program, problemWords()));
    } else if (exitCode != 0) {
        fail(Error::Kind::NoCredentials,
            u"The program %1 ended with exit status %2.%3"_s.arg(m_program).arg(exitCode).arg(problemWords()));
    } else {
        Result<Credentials> keys = readProcessCredentials(m_output);
        if (keys) {
            letGo();
            finish(keys);
        } else {
            fail(keys.error().kind,
                u"What the program %1 printed cannot be used. %2%3"_s.arg(
                    m_program, keys.error().detail, problemWords()));
        }
    }
}

//! May delete this.
void ProcessSource::fail(Error::Kind kind, const QString &detail)
{
    letGo();
    finish(Error { .kind = kind, .code = errorcode::credentialProcess, .detail = detail });
}

//! ~QProcess would wait for the program to end. So it is told to end, and its object stays until it has; or until the
//! end of this program, by when there is nothing to wait for.
void ProcessSource::letGo()
{
    m_timer.stop();
    QProcess *process = std::exchange(m_process, nullptr);
    if (!process)
        return;
    process->disconnect(this);
    process->setParent(QCoreApplication::instance());
    if (process->state() == QProcess::NotRunning) {
        process->deleteLater();
        return;
    }
    connect(process, &QProcess::finished, process, &QObject::deleteLater);
    connect(process, &QProcess::errorOccurred, process, [process](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            process->deleteLater();
    });
    process->closeReadChannel(QProcess::StandardOutput);
    process->closeReadChannel(QProcess::StandardError);
    killAll(*process);
}

QString ProcessSource::problemWords() const
{
    const QString text = harmless(m_problems);
    return text.isEmpty() ? QString() : u" It wrote: %1"_s.arg(text);
}

} // namespace optout
