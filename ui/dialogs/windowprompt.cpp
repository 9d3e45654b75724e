// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "dialogs/windowprompt.h"

#include "dialogs/mfadialog.h"
#include "dialogs/proxydialog.h"

#include <QApplication>

#include <utility>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

Error cancelledBy(const QString &what)
{
    return { .kind = Error::Kind::Cancelled, .code = u"SignInCancelled"_s, .detail = what };
}

// Opens it; withdraws it when nobody waits for the answer any more.
void openFor(QDialog *dialog, QObject *context)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(context, &QObject::destroyed, dialog, [dialog] {
        dialog->hide();
        dialog->deleteLater();
    });
    dialog->open();
}

} // namespace

WindowPrompt::WindowPrompt(const Clock &clock, DeviceCodeDialog::OpenUrl openUrl)
    : m_clock(clock)
    , m_openUrl(std::move(openUrl))
{
}

// A dialog that is already open blocks the window, and would block a question beside it.
QWidget *WindowPrompt::parent() const
{
    QWidget *modal = QApplication::activeModalWidget();
    return modal ? modal : m_window.data();
}

void WindowPrompt::askMfaCode(
    const MfaQuestion &question, QObject *context, std::function<void(const Result<Secret> &)> done)
{
    auto *dialog = new MfaDialog(question, parent());
    QObject::connect(dialog, &QDialog::finished, context, [dialog, done = std::move(done)](int answer) {
        if (answer == QDialog::Accepted)
            done(dialog->code());
        else
            done(cancelledBy(u"No MFA code was entered."_s));
    });
    openFor(dialog, context);
}

void WindowPrompt::showDeviceAuthorization(
    const DeviceAuthorization &authorization, QObject *context, std::function<void(const Error &)> cancelled)
{
    auto *dialog = new DeviceCodeDialog(authorization, m_clock, m_openUrl, parent());
    QObject::connect(dialog, &QDialog::rejected, context, [cancelled = std::move(cancelled)] {
        cancelled(cancelledBy(u"Signing in with IAM Identity Center was cancelled."_s));
    });
    openFor(dialog, context);
}

void WindowPrompt::askProxyPassword(
    const ProxyPrompt::Question &question, QObject *context, std::function<void(const Result<ProxyCredentials> &)> done)
{
    auto *dialog = new ProxyDialog(question, parent());
    QObject::connect(dialog, &QDialog::finished, context, [dialog, done = std::move(done)](int answer) {
        if (answer == QDialog::Accepted)
            done(dialog->credentials());
        else
            done(cancelledBy(u"No password for the proxy was entered."_s));
    });
    openFor(dialog, context);
}

} // namespace optout
