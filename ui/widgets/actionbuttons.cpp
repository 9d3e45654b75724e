// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/actionbuttons.h"

#include <QAction>
#include <QBoxLayout>
#include <QPushButton>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

// In the window there are more buttons, labels and menus than letters: what has keys of its own needs no letter, and
// tells its keys.
QString buttonText(const QAction &action) { return action.shortcut().isEmpty() ? action.text() : plainText(action); }

} // namespace

QString plainText(const QAction &action) { return action.text().remove(u'&'); }

QList<QWidget *> addActionButtons(const QList<QAction *> &actions, QBoxLayout *layout, QWidget *parent)
{
    QList<QWidget *> buttons;
    for (QAction *action : actions) {
        auto *button = new QPushButton(action->icon(), buttonText(*action), parent);
        QString name = action->objectName();
        if (name.endsWith("Action"_L1))
            name.chop(6);
        button->setObjectName(name);
        button->setAccessibleName(plainText(*action));
        button->setAutoDefault(true); // Enter presses it too
        button->setToolTip(action->shortcut().toString(QKeySequence::NativeText));
        button->setEnabled(action->isEnabled());
        QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
        QObject::connect(action, &QAction::changed, button, [button, action] {
            button->setText(buttonText(*action));
            button->setEnabled(action->isEnabled());
        });
        layout->addWidget(button);
        buttons += button;
    }
    return buttons;
}

void dropActionButtons(const QList<QWidget *> &buttons)
{
    for (QWidget *button : buttons) {
        button->hide();
        button->setObjectName({});
        button->deleteLater();
    }
}

} // namespace optout
