// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "cli/terminalline.h"
#include "net/proxyprompt.h"
#include "signin/signinprompt.h"

#include <QList>
#include <QPointer>
#include <QUrl>

#include <functional>
#include <memory>

namespace optout {

//! Asks on the terminal: codes and passwords, without showing them; and shows where to sign in. Two questions at once
//! come one after the other. Without a terminal every question is answered with NoCredentials and what to run instead.
class TerminalPrompt final : public QObject, public SignInPrompt, public ProxyPrompt {
    Q_OBJECT
public:
    struct Parts {
        QString terminal { QStringLiteral("/dev/tty") };
        //! Opens a page in the browser without waiting for it; empty where there is no display.
        std::function<void(const QUrl &)> openBrowser {};
    };
    explicit TerminalPrompt(Parts parts, QObject *parent = nullptr);
    ~TerminalPrompt() override;

    void askMfaCode(
        const MfaQuestion &question, QObject *context, std::function<void(const Result<Secret> &)> done) override;
    void showDeviceAuthorization(const DeviceAuthorization &authorization, QObject *context,
        std::function<void(const Error &)> cancelled) override;
    void askProxyPassword(const Question &question, QObject *context,
        std::function<void(const Result<ProxyCredentials> &)> done) override;

private:
    struct Line {
        QString text;
        TerminalLine::Echo echo;
        QPointer<QObject> context;
        std::function<void(const Result<Secret> &)> done;
    };

    void ask(const Line &line);
    void askNext();
    void answer(int serial, const Result<Secret> &typed);
    void tell(const QString &text) const;

    Parts m_parts;
    QList<Line> m_lines {}; // the first is being asked while m_asking is set
    std::unique_ptr<TerminalLine> m_asking {};
    int m_serial = 0; // of what is being asked: an answer to something withdrawn may still be on its way
};

} // namespace optout
