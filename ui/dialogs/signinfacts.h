// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "presenters/connectionsignin.h"

#include <QTimer>
#include <QWidget>

class QFormLayout;
class QLabel;
class QToolButton;
class QVBoxLayout;

namespace optout {

//! What is known of a sign-in: whose account and who one is there, how long the keys hold, and why this one: each step
//! that answered, failed or was passed over.
class SignInFacts final : public QWidget {
    Q_OBJECT
public:
    //! The clock must outlive this object.
    explicit SignInFacts(const Clock &clock, QWidget *parent = nullptr);

    //! Null where there has been no sign-in yet.
    void show(const std::shared_ptr<ConnectionSignIn> &signIn);

private:
    QLabel *addFact(const QString &label, const QString &objectName);
    void setFact(QLabel *value, const QString &text);
    void refresh();
    void refreshTime();
    void refreshTrace();
    void addTraceLine(const SignInTraceLine &line);

    const Clock &m_clock;
    std::shared_ptr<ConnectionSignIn> m_signIn;
    QTimer m_tick;
    QFormLayout *m_rows;
    QLabel *m_none;
    QLabel *m_account;
    QLabel *m_identity;
    QLabel *m_source;
    QLabel *m_time;
    QToolButton *m_why;
    QWidget *m_trace;
    QVBoxLayout *m_traceLines;
    QList<SignInTraceLine> m_shownTrace;
    bool m_failed = false;
};

} // namespace optout
