// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "presenters/connectionlist.h"

#include <QWidget>

class QFormLayout;
class QLabel;

namespace optout {

//! A connection that cannot be changed here, and why: a profile, the environment's, the demo's.
class ConnectionInfo final : public QWidget {
    Q_OBJECT
public:
    explicit ConnectionInfo(QWidget *parent = nullptr);

    void show(const Connection &connection);

private:
    static QString explanationOf(Connection::Source source);

    QLabel *m_name;
    QLabel *m_explanation;
    QLabel *m_region;
    QLabel *m_endpoint;
    QLabel *m_problem;
    QFormLayout *m_rows;
};

} // namespace optout
