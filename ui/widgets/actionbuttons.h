// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QList>

class QAction;
class QBoxLayout;
class QWidget;

namespace optout {

//! Makes a push button for each action and appends it to the layout. The buttons follow the actions' text and state,
//! are named after them (an action "retryAction" makes a button "retry"), and belong to \a parent. Those of actions
//! with a shortcut have no mnemonic: the tool tip tells the shortcut.
QList<QWidget *> addActionButtons(const QList<QAction *> &actions, QBoxLayout *layout, QWidget *parent);

//! Takes such buttons away. They are deleted later: one of them may be the sender of what led here.
void dropActionButtons(const QList<QWidget *> &buttons);

//! An action's text as a button shows it to assistive tools: without mnemonic marks.
QString plainText(const QAction &action);

} // namespace optout
