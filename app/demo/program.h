// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QCommandLineParser>
#include <QString>

#include <cstdio>
#include <optional>

class QCoreApplication;

//! What the demo's programs share: how they talk, and how they end.
namespace optout::demo {

//! A line, written at once.
void say(FILE *stream, const QString &text);

//! Has SIGINT and SIGTERM end the application in order.
void quitOnSignals(QCoreApplication &application);
//! Has it end when no more comes from standard input, as when the program that started it has ended.
void quitWhenStdinCloses(QCoreApplication &application);

//! Reads numbers from options, and keeps what was wrong with the last one.
class NumberReader {
public:
    //! \param parser must outlive the reader
    explicit NumberReader(const QCommandLineParser &parser)
        : m_parser(parser)
    {
    }

    //! Leaves the value alone if the option is not given. False, with problem(), unless it is a whole number up to \a
    //! most.
    template <typename T> bool read(const QCommandLineOption &option, quint64 most, T &value)
    {
        const std::optional<quint64> given = number(option, most);
        if (given)
            value = T(*given);
        return given || !m_parser.isSet(option);
    }
    const QString &problem() const { return m_problem; }

private:
    std::optional<quint64> number(const QCommandLineOption &option, quint64 most);

    const QCommandLineParser &m_parser;
    QString m_problem;
};

} // namespace optout::demo
