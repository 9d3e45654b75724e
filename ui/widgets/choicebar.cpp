// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/choicebar.h"

#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>

namespace optout {

ChoiceBar::ChoiceBar(const QStringList &choices, QWidget *parent)
    : QWidget(parent)
    , m_group(new QButtonGroup(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    for (int i = 0; i < choices.size(); ++i) {
        auto *button = new QPushButton(choices[i], this);
        button->setCheckable(true);
        button->setAutoDefault(false);
        m_group->addButton(button, i);
        layout->addWidget(button);
        if (i == 0)
            setFocusProxy(button);
    }
    m_group->button(0)->setChecked(true);
    markChoice();
    connect(m_group, &QButtonGroup::idToggled, this, [this](int id, bool on) {
        if (on) {
            setFocusProxy(m_group->button(id));
            markChoice();
            emit chosen(id);
        }
    });
}

// Some styles hardly tell a button that is down from one that is not, above all on dark backgrounds.
void ChoiceBar::markChoice()
{
    for (QAbstractButton *button : m_group->buttons()) {
        QPalette colours; // nothing set: all from the parent
        if (button->isChecked()) {
            for (const auto group : { QPalette::Active, QPalette::Inactive }) {
                colours.setColor(group, QPalette::Button, palette().color(group, QPalette::Highlight));
                colours.setColor(group, QPalette::ButtonText, palette().color(group, QPalette::HighlightedText));
            }
        }
        button->setPalette(colours);
    }
}

void ChoiceBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        markChoice();
}

int ChoiceBar::choice() const { return m_group->checkedId(); }

void ChoiceBar::setChoice(int index)
{
    if (QAbstractButton *button = m_group->button(index))
        button->setChecked(true);
}

} // namespace optout
