// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "aws/requests.h"
#include "core/result.h"
#include "net/httptransport.h"
#include "net/retrypolicy.h"
#include "store/roworder.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace optout {

enum class CliCommand { Export, Lists, Lookup };
enum class ListsFormat { TabSeparated, Json };

//! What a command line asks for, checked. Options that were not given and may come from the environment are empty.
struct CliOptions {
    CliCommand command = CliCommand::Export;
    bool help = false; //!< then nothing else was checked
    bool version = false; //!< likewise

    QString list {}; //!< export, lookup: name or ARN
    QString output = QStringLiteral("-"); //!< export: file name, or "-" for standard output
    std::optional<bool> endUserOptedOut {}; //!< export: the service's own filter
    RowQuery query {}; //!< export: which of the rows read are written, and in which order
    std::optional<DescribeOptOutListsInput::Owner> owner {}; //!< lists
    ListsFormat format = ListsFormat::TabSeparated; //!< lists
    QStringList numbers {}; //!< lookup: as typed; "-" stands for those on standard input

    QString profile {};
    QString region {};
    QString endpointUrl {};
    QString caBundle {};
    bool demo = false;
    std::optional<quint32> demoRows {};
    int pageSize = 100; //!< numbers asked for in one call
    int headroomPercent = 10; //!< of the quota, left to others
    double maxRate = 0; //!< calls per second, instead of what is learnt; 0 to learn
    bool resume = false; //!< export: keep the read, and go on with what is kept of it
    bool inOrder = false; //!< export: not in two halves
    HttpLimits limits {};
    RetryPolicy retry {};
    bool quiet = false;
    bool verbose = false;
};

//! Whether a first word asks for a run without a window.
std::optional<CliCommand> commandNamed(const QString &word);

//! Reads the arguments without the program's name; the first must name a command. Looks at nothing else: pure.
//! InvalidInput, with a sentence that names the option, for everything that is wrong usage.
Result<CliOptions> parseOptions(const QStringList &arguments);

//! A line or two for each option, as --help prints them.
QString optionsHelp();

} // namespace optout
