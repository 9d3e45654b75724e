// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "dialogs/proxydialog.h"

#include "dialogs/fieldnote.h"
#include "dialogs/secretedit.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace optout {

using namespace Qt::Literals::StringLiterals;

ProxyDialog::ProxyDialog(const ProxyPrompt::Question &question, QWidget *parent)
    : QDialog(parent)
    , m_user(new QLineEdit(this))
    , m_password(new SecretEdit(tr("Password"), this))
{
    setObjectName(u"proxyDialog"_s);
    setWindowTitle(tr("Proxy password"));
    auto *text = new QLabel(
        tr("The proxy %1 asks who you are. What you enter is forgotten when the program ends.").arg(question.proxy),
        this);
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    m_user->setObjectName(u"proxyUser"_s);
    m_user->setAccessibleName(tr("User"));
    m_password->lineEdit()->setObjectName(u"proxyPassword"_s);
    auto *note = new FieldNote(m_password->lineEdit(), this);
    note->setObjectName(u"proxyPasswordNote"_s);
    note->setProblem(question.problem);

    auto *box = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    QPushButton *signIn = box->addButton(tr("&Sign in"), QDialogButtonBox::AcceptRole);
    signIn->setObjectName(u"proxySignIn"_s);
    signIn->setDefault(true);
    signIn->setEnabled(false);
    box->setFocusProxy(nullptr); // Qt 6.4's box would keep the Tab key to itself
    connect(box, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_user, &QLineEdit::textChanged, signIn,
        [signIn](const QString &user) { signIn->setEnabled(!user.trimmed().isEmpty()); });

    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("&User:"), m_user);
    form->addRow(tr("&Password:"), m_password);
    qobject_cast<QLabel *>(form->labelForField(m_password))->setBuddy(m_password->lineEdit());
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(fontMetrics().height() / 2);
    layout->addWidget(text);
    layout->addLayout(form);
    layout->addWidget(note);
    layout->addStretch();
    layout->addWidget(box);
    setMinimumWidth(fontMetrics().averageCharWidth() * 64);
    m_user->setFocus();
}

ProxyCredentials ProxyDialog::credentials() const
{
    return { .user = m_user->text().trimmed(), .password = m_password->secret() };
}

} // namespace optout
