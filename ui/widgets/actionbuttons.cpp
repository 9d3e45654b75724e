// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/actionbuttons.h"

#include <QAction>
#include <QBoxLayout>
#include <QPushButton>

namespace optout {

using namespace Qt::Literals::StringLiterals;

QString plainText(const QAction &action) { return action.text().remove(u'&'); }

QList<QWidget *> addActionButtons(const QList<QAction *> &actions, QBoxLayout *layout, QWidget *parent)
{
    QList<QWidget *> buttons;
    for (QAction *action : actions) {
        auto *button = new QPushButton(action->icon(), action->text(), parent);
        QString name = action->objectName();
        if (name.endsWith("Action"_L1))
            name.chop(6);
        button->setObjectName(name);
        button->setAccessibleName(plainText(*action));
        button->setAutoDefault(true); // Enter presses it too
        button->setEnabled(action->isEnabled());
        QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
        QObject::connect(action, &QAction::changed, button, [button, action] {
            button->setText(action->text());
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
