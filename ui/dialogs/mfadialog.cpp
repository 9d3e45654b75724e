// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "dialogs/mfadialog.h"

#include "dialogs/fieldnote.h"

#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpressionValidator>
#include <QVBoxLayout>

namespace optout {

using namespace Qt::Literals::StringLiterals;

MfaDialog::MfaDialog(const SignInPrompt::MfaQuestion &question, QWidget *parent)
    : QDialog(parent)
    , m_code(new QLineEdit(this))
{
    setObjectName(u"mfaDialog"_s);
    setWindowTitle(tr("MFA code"));
    auto *text = new QLabel(question.profile.isEmpty() ? tr("Enter the six digits that your MFA device shows now.")
                                                       : tr("To sign in with the profile %1, enter the six digits that "
                                                            "your MFA device shows now.")
                                                             .arg(question.profile),
        this);
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    auto *device = new QLabel(question.mfaSerial, this);
    device->setObjectName(u"mfaDevice"_s);
    device->setAccessibleName(tr("MFA device: %1").arg(question.mfaSerial));
    device->setTextFormat(Qt::PlainText);
    device->setWordWrap(true);
    device->setTextInteractionFlags(Qt::TextSelectableByMouse);

    m_code->setObjectName(u"mfaCode"_s);
    m_code->setAccessibleName(tr("MFA code"));
    m_code->setPlaceholderText(tr("Six digits"));
    m_code->setMaxLength(6);
    m_code->setInputMethodHints(Qt::ImhDigitsOnly | Qt::ImhNoPredictiveText);
    m_code->setValidator(new QRegularExpressionValidator(QRegularExpression(u"[0-9]{6}"_s), m_code));
    QFont large = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    large.setPointSizeF(font().pointSizeF() * 1.6);
    m_code->setFont(large);
    auto *note = new FieldNote(m_code, this);
    note->setObjectName(u"mfaCodeNote"_s);
    note->setProblem(question.problem);

    auto *box = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_signIn = box->addButton(tr("&Sign in"), QDialogButtonBox::AcceptRole);
    m_signIn->setObjectName(u"mfaSignIn"_s);
    m_signIn->setDefault(true);
    m_signIn->setEnabled(false);
    box->setFocusProxy(nullptr); // Qt 6.4's box would keep the Tab key to itself
    connect(box, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_code, &QLineEdit::textChanged, this, [this] { m_signIn->setEnabled(m_code->hasAcceptableInput()); });

    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(fontMetrics().height() / 2);
    for (QWidget *part : QList<QWidget *> { text, device, m_code, note })
        layout->addWidget(part);
    layout->addStretch();
    layout->addSpacing(fontMetrics().height() / 2);
    layout->addWidget(box);
    setMinimumWidth(fontMetrics().averageCharWidth() * 64);
    m_code->setFocus();
}

Secret MfaDialog::code() const { return Secret(m_code->text().toLatin1()); }

} // namespace optout
