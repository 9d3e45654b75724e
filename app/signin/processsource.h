// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "signin/sourcebase.h"

#include <QProcess>
#include <QTimer>

namespace optout {

//! credential_process: a program that prints keys. It is started without a shell, reads nothing, and is ended when it
//! takes too long, when it prints more than keys can be, and when this is deleted, on Unix with all that it started in
//! turn: none of these waits for it. After keys were printed, what it left behind may go on.
//! (AWS SDKs and Tools Reference Guide, "Process credential provider".)
class ProcessSource final : public SourceBase {
    Q_OBJECT
public:
    struct Limits {
        std::chrono::milliseconds time { 60'000 };
        qsizetype outputBytes = 64 * 1024;
    };

    ProcessSource(const SignInStep &step, const ProcessStep &how, const SourceParts &parts, QObject *parent);
    ProcessSource(
        const SignInStep &step, const ProcessStep &how, const SourceParts &parts, Limits limits, QObject *parent);
    ~ProcessSource() override;
    void start() override;

private:
    void readOutput();
    void readProblems();
    void onError(QProcess::ProcessError error);
    void onFinished(int exitCode, QProcess::ExitStatus status);
    void fail(Error::Kind kind, const QString &detail);
    void letGo();
    QString problemWords() const;

    const ProcessStep m_how;
    const Limits m_limits;
    QString m_program {};
    QProcess *m_process = nullptr; //!< a child of this, until letGo()
    QTimer m_timer {};
    QByteArray m_output {};
    QByteArray m_problems {};
};

} // namespace optout
