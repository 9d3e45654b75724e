// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "dialogs/devicecodedialog.h"

#include "core/loopbackhost.h"
#include "dialogs/dialogicon.h"
#include "text/signintext.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace optout {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

// The address comes from a service's answer: nothing but a web page is opened, and none in clear but of this computer.
bool isWebPage(const QUrl &url)
{
    return url.isValid() && (url.scheme() == "https"_L1 || (url.scheme() == "http"_L1 && isLoopbackHost(url.host())));
}

QLabel *makeText(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace

DeviceCodeDialog::DeviceCodeDialog(
    const SignInPrompt::DeviceAuthorization &authorization, const Clock &clock, OpenUrl openUrl, QWidget *parent)
    : QDialog(parent)
    , m_authorization(authorization)
    , m_clock(clock)
    , m_openUrl(std::move(openUrl))
    , m_until(clock.steadyNow() + authorization.expiresIn)
    , m_time(makeText({}, this))
{
    setObjectName(u"deviceCodeDialog"_s);
    setWindowTitle(tr("Sign in with IAM Identity Center"));
    auto *text = makeText(authorization.profile.isEmpty()
            ? tr("Open the browser and sign in there. Go on only if it shows this code:")
            : tr(
                "To sign in with the profile %1, open the browser and sign in there. Go on only if it shows this code:")
                  .arg(authorization.profile),
        this);
    auto *code = makeText(authorization.userCode, this);
    code->setObjectName(u"userCode"_s);
    code->setAccessibleName(tr("Code: %1").arg(authorization.userCode));
    QFont large = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    large.setPointSizeF(font().pointSizeF() * 2.4);
    large.setBold(true);
    code->setFont(large);
    code->setAlignment(Qt::AlignCenter);
    code->setTextInteractionFlags(Qt::TextSelectableByMouse);
    //: %1 is an address
    auto *elsewhere = makeText(
        tr("On another device, open %1 and enter the code.").arg(authorization.plainUrl.toDisplayString()), this);
    elsewhere->setObjectName(u"plainUrl"_s);
    elsewhere->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_time->setObjectName(u"codeTime"_s);
    m_tick.setInterval(1s);
    connect(&m_tick, &QTimer::timeout, this, &DeviceCodeDialog::refreshTime);
    m_tick.start();

    auto *layout = new QVBoxLayout(this);
    const int em = fontMetrics().height();
    layout->addWidget(text);
    layout->addSpacing(em / 2);
    layout->addWidget(code);
    layout->addSpacing(em / 2);
    layout->addWidget(elsewhere);
    layout->addWidget(m_time);
    layout->addStretch();
    layout->addSpacing(em / 2);
    layout->addWidget(makeButtons());
    setMinimumWidth(fontMetrics().averageCharWidth() * 68);
    refreshTime();
}

QWidget *DeviceCodeDialog::makeButtons()
{
    auto *box = new QDialogButtonBox(this);
    m_open = box->addButton(tr("&Open browser"), QDialogButtonBox::ActionRole);
    m_open->setObjectName(u"openBrowser"_s);
    m_open->setIcon(dialogIcon(u"network-connect"_s));
    m_open->setToolTip(m_authorization.verificationUrl.toDisplayString());
    m_open->setDefault(true);
    m_open->setEnabled(isWebPage(m_authorization.verificationUrl));
    m_copy = box->addButton(tr("&Copy code"), QDialogButtonBox::ActionRole);
    m_copy->setObjectName(u"copyCode"_s);
    m_copy->setIcon(dialogIcon(u"edit-copy"_s));
    box->addButton(QDialogButtonBox::Cancel)->setObjectName(u"cancelCode"_s);
    box->setFocusProxy(nullptr); // Qt 6.4's box would keep the Tab key to itself
    connect(m_open, &QPushButton::clicked, this, &DeviceCodeDialog::openBrowser);
    connect(m_copy, &QPushButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(m_authorization.userCode); });
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_open->setFocus();
    return box;
}

void DeviceCodeDialog::openBrowser()
{
    if (!m_openUrl(m_authorization.verificationUrl))
        m_time->setText(tr("No browser could be opened. Use the address above."));
}

void DeviceCodeDialog::refreshTime()
{
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(m_until - m_clock.steadyNow());
    m_time->setText(left > 0ms ? tr("Waiting for the browser. The code: %1.").arg(timeLeftText(left))
                               : tr("The code has expired. Cancel, and sign in again."));
    m_open->setEnabled(left > 0ms && isWebPage(m_authorization.verificationUrl));
    if (left <= 0ms)
        m_tick.stop();
}

} // namespace optout
