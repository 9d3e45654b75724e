// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "dialogs/secretedit.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QToolButton>

namespace optout {

using namespace Qt::Literals::StringLiterals;

SecretEdit::SecretEdit(const QString &name, QWidget *parent)
    : QWidget(parent)
    , m_edit(new QLineEdit(this))
    , m_show(new QToolButton(this))
{
    m_edit->setAccessibleName(name);
    m_edit->setInputMethodHints(
        Qt::ImhSensitiveData | Qt::ImhHiddenText | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
    m_edit->setDragEnabled(false);
    m_show->setObjectName(u"showSecret"_s);
    m_show->setText(tr("Show"));
    m_show->setCheckable(true);
    //: %1 is the name of a field, such as "Secret access key"
    m_show->setAccessibleName(tr("Show: %1").arg(name));
    m_show->setFocusPolicy(Qt::TabFocus);
    m_show->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    setFocusProxy(m_edit);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_edit, 1);
    layout->addWidget(m_show);

    connect(m_edit, &QLineEdit::textEdited, this, &SecretEdit::edited);
    connect(m_show, &QToolButton::toggled, this, &SecretEdit::setShown);
    setShown(false);
}

SecretEdit::~SecretEdit() { clear(); }

bool SecretEdit::isEmpty() const { return m_edit->text().trimmed().isEmpty(); }

Secret SecretEdit::secret() const
{
    QString text = m_edit->text().trimmed();
    QByteArray bytes = text.toUtf8();
    if (text.isDetached()) // trimming made a copy
        text.fill(QChar(u'\0'));
    return Secret(std::move(bytes));
}

void SecretEdit::clear()
{
    QString text = m_edit->text(); // shares the field's own buffer
    m_edit->clear(); // the field lets go of it, and of what could be undone
    if (text.isDetached())
        text.fill(QChar(u'\0'));
    m_show->setChecked(false);
}

void SecretEdit::setPlaceholderText(const QString &text) { m_edit->setPlaceholderText(text); }

void SecretEdit::setShown(bool shown) { m_edit->setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password); }

} // namespace optout
