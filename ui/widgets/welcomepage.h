// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>
#include <QWidget>

class QAction;
class QVBoxLayout;

namespace optout {

class Browser;

//! What a first start shows: what this is, and the ways in. Profiles of the AWS CLI are offered when there are any.
class WelcomePage final : public QWidget {
    Q_OBJECT
public:
    //! The browser must outlive this object.
    WelcomePage(Browser &browser, QAction *connectToAws, QAction *openDemo, QWidget *parent = nullptr);

private:
    void offerProfiles();

    Browser &m_browser;
    QWidget *m_profiles; // one button for each, and a title
    QVBoxLayout *m_profileRows;
    QStringList m_offered;
};

} // namespace optout
