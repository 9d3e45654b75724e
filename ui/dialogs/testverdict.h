// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "dialogs/formnotice.h"
#include "presenters/connectiontest.h"

#include <QCoreApplication>

namespace optout {

//! The outcome of a connection's test, in words.
class TestVerdict final {
    Q_DECLARE_TR_FUNCTIONS(optout::TestVerdict)
public:
    TestVerdict() = delete;
    static FormNotice::Content of(const Result<ConnectionReport> &outcome, const Connection &connection);
    //! While an attempt that failed is going to be repeated.
    static QString ofWaiting(const Waiting &waiting);

private:
    static FormNotice::Content worked(const ConnectionReport &report, const Connection &connection);
    static FormNotice::Content lacking(const ConnectionReport &report);
    static QString adviceFor(const Error &error, const QString &usual);
};

} // namespace optout
