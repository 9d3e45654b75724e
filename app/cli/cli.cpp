// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "cli/cli.h"

#include "checkpoint/checkpoints.h"
#include "cli/browser.h"
#include "cli/console.h"
#include "cli/exporttask.h"
#include "cli/interrupt.h"
#include "cli/liststask.h"
#include "cli/lookuptask.h"
#include "cli/options.h"
#include "cli/session.h"
#include "secrets/keychainstore.h"
#include "settings/settings.h"

#include <QCoreApplication>
#include <QFile>

#include <cstdio>
#include <new>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

int printText(const QString &text)
{
    const Result<Done> printed = console::print(text.toStdString());
    if (!printed)
        console::say(errorLine(printed.error()));
    return int(printed ? ExitStatus::Done : ExitStatus::Failed);
}

int refuse(const Error &error)
{
    console::say(withoutFullStop(oneLine(error.detail)) + u"; see optout-browser export --help"_s);
    return int(ExitStatus::WrongUsage);
}

//! The numbers of a lookup, with those on standard input in the place of "-".
Result<QStringList> numbersToAsk(const QStringList &arguments)
{
    QStringList numbers;
    for (const QString &argument : arguments) {
        if (argument != "-"_L1) {
            numbers << argument;
            continue;
        }
        QFile input;
        if (!input.open(stdin, QIODevice::ReadOnly))
            return Error { .kind = Error::Kind::Storage,
                .detail = u"standard input cannot be read: %1"_s.arg(input.errorString()) };
        numbers << numbersOfLines(input.readAll());
        if (input.error() != QFileDevice::NoError)
            return Error { .kind = Error::Kind::Storage,
                .detail = u"standard input cannot be read: %1"_s.arg(input.errorString()) };
    }
    return numbers;
}

//! What export keeps for later runs: the sizes of lists, and with --resume the read itself.
struct Keeping {
    Settings settings {};
    std::optional<KeychainStore> keychain {};
    std::optional<Checkpoints> checkpoints {};

    void open(const Clock &clock)
    {
        keychain.emplace();
        checkpoints.emplace(Checkpoints::Parts {
            .store = *keychain, .clock = clock, .longestAge = std::chrono::hours(24) * settings.keepReadsForDays() });
    }
};

Task *makeTask(
    Session &session, Keeping &keeping, const CliOptions &options, const QStringList &numbers, QObject *parent)
{
    switch (options.command) {
    case CliCommand::Export:
        if (options.resume)
            keeping.open(session.clock());
        return new ExportTask({ .service = session.service(),
                                  .credentials = session.credentials(),
                                  .clock = session.clock(),
                                  .settings = options.demo ? nullptr : &keeping.settings,
                                  .checkpoints = keeping.checkpoints ? &*keeping.checkpoints : nullptr,
                                  .network = &session.network() },
            options, parent);
    case CliCommand::Lists:
        return new ListsTask(session.service(), options, parent);
    case CliCommand::Lookup:
        break;
    }
    return new LookupTask(session.service(), options, numbers, parent);
}

int runCommand(const CliOptions &options)
{
    const Result<QStringList> numbers = numbersToAsk(options.numbers);
    if (!numbers) {
        console::say(errorLine(numbers.error()));
        return int(ExitStatus::Failed);
    }
    const Result<std::unique_ptr<Session>> session =
        Session::open(options, Environment::ofProcess(), { .openBrowser = browserOpener() });
    if (!session) {
        if (session.error().kind == Error::Kind::InvalidInput && session.error().code.isEmpty())
            return refuse(session.error());
        console::say(errorLine(session.error()));
        return int(ExitStatus::Failed);
    }

    Keeping keeping;
    QObject owner; // of the task and all below it: gone before what they use
    Task *task = makeTask(**session, keeping, options, *numbers, &owner);
    auto *interrupt = new Interrupt(&owner);
    QObject::connect(interrupt, &Interrupt::requested, task, &Task::cancel);
    QObject::connect(task, &Task::finished, &owner, [](ExitStatus status) { QCoreApplication::exit(int(status)); });
    QMetaObject::invokeMethod(task, &Task::start, Qt::QueuedConnection);
    // What runs out of memory at a place that does not expect it ends here, and what it has made is taken back: no half
    // file is left. (Qt's own pattern, "Recovering from exceptions".)
    try {
        return QCoreApplication::exec();
    } catch (const std::bad_alloc &) {
        console::showProgress({});
        console::say(
            u"Storage: memory is exhausted, so this is not complete; close other programs or raise the limit, and "
            "try again"_s);
        return int(ExitStatus::Failed);
    }
}

} // namespace

bool isHeadless(const QStringList &arguments) { return !arguments.isEmpty() && commandNamed(arguments.first()); }

int runHeadless(int &argc, char **argv)
{
    console::secureStandardStreams();
    console::takeOverLogging(false);
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"optout-browser"_s); // as the window: what is kept lies in one place
    const Result<CliOptions> options = parseOptions(QCoreApplication::arguments().mid(1));
    if (!options)
        return refuse(options.error());
    if (options->help)
        return printText(headlessHelp());
    if (options->version)
        return printText(versionText() + u'\n');
    console::takeOverLogging(options->verbose);
    return runCommand(*options);
}

QString headlessHelp()
{
    return uR"(Reads SMS opt-out lists of AWS End User Messaging without a window.

Usage:
  optout-browser export --list NAME|ARN [--output FILE|-] [OPTION...]
      writes a list to CSV: OptedOutNumber,OptedOutTimestamp,EndUserOptedOut
  optout-browser lists [OPTION...]
      prints ARN, name, owner and time of creation of each list, separated by tabs
  optout-browser lookup --list NAME|ARN [OPTION...] NUMBER...
      prints for each number, separated by tabs: the number, opted-out or not-opted-out
      or unknown, since when, and end-user or not-end-user; what is not known is -.
      The number - stands for numbers on standard input, one a line

Options:
)"_s + optionsHelp()
        + uR"(
Access keys come as in the AWS CLI: from AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and
AWS_SESSION_TOKEN unless --profile is given; else from the profile in ~/.aws/config and
~/.aws/credentials (keys, role_arn, IAM Identity Center, credential_process and others);
else from the container or instance the program runs on. MFA codes are asked for on the
terminal; the address for a sign-in to IAM Identity Center is printed there.
HTTPS_PROXY and NO_PROXY name the proxy, else the system does; a password for it can be
part of HTTPS_PROXY (http://user:password@host:port), else it is asked for.

export goes on through the quota and through faults; a long one is best started with
--resume, so that it can be stopped, or end in whatever way, and be started again. What
--resume keeps lies in the folder reads of the program's local data; "Forget all reads" in
the window removes it.

Exit status: 0 done, 1 failed (or a number is unknown), 2 wrong usage, 130 stopped by Ctrl+C.
)"_s;
}

QString versionText() { return u"optout-browser " OPTOUT_VERSION ""_s; }

} // namespace optout
