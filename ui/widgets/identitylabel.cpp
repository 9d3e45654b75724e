// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/identitylabel.h"

#include "presenters/browser.h"
#include "text/signintext.h"

#include <QHBoxLayout>
#include <QLabel>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int widestIdentity = 26; // characters; the rest is in the tool tip

} // namespace

IdentityLabel::IdentityLabel(Browser &browser, QWidget *parent)
    : QWidget(parent)
    , m_browser(browser)
    , m_identity(new QLabel(this))
    , m_time(new QLabel(this))
{
    setObjectName(u"identity"_s);
    const int space = fontMetrics().averageCharWidth();
    m_identity->setObjectName(u"identityName"_s);
    m_identity->setTextFormat(Qt::PlainText);
    m_identity->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_time->setObjectName(u"timeLeft"_s);
    m_time->setTextFormat(Qt::PlainText);
    m_time->setMinimumWidth(fontMetrics().horizontalAdvance(widestTimeLeftText() + "· 00"_L1));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(space, 0, space, 0);
    layout->setSpacing(space);
    layout->addWidget(m_identity);
    layout->addWidget(m_time);
    m_tick.setSingleShot(true);
    m_tick.setTimerType(Qt::PreciseTimer);
    connect(&m_tick, &QTimer::timeout, this, &IdentityLabel::updateTime);
    update();
}

void IdentityLabel::update()
{
    const BrowserSession &session = m_browser.session();
    const std::optional<CallerIdentity> identity = session.identity();
    QString words = identity ? identity->shortName() : session.sourceWords();
    if (session.state() == BrowserSession::State::SignInNeeded)
        words = tr("Sign-in needed");
    const int widest = fontMetrics().averageCharWidth() * widestIdentity;
    m_identity->setText(fontMetrics().elidedText(words, Qt::ElideMiddle, widest));
    m_identity->setVisible(!words.isEmpty());
    m_identity->setAccessibleName(identity ? tr("Identity: %1").arg(words) : words);
    const QString source = session.sourceWords();
    const QString tip = identity ? (source.isEmpty() ? identity->arn : u"%1\n%2"_s.arg(identity->arn, source)) : source;
    setToolTip(tip);
    m_identity->setToolTip(tip);
    m_time->setToolTip(tip);
    updateTime();
}

void IdentityLabel::updateTime()
{
    m_tick.stop();
    const std::optional<Timestamp> expires = m_browser.session().expires();
    m_time->setVisible(expires.has_value());
    if (!expires) {
        m_time->clear();
        return;
    }
    const std::chrono::milliseconds left = *expires - m_browser.clock().now();
    const QString words = timeLeftText(left);
    m_time->setText(m_identity->isHidden() ? words : u"· "_s + words);
    // Spoken by the minute: a name that changes each second would be read out each second.
    const QString spoken = timeLeftSpoken(left);
    if (spoken != m_spokenTime) {
        m_spokenTime = spoken;
        m_time->setAccessibleName(spoken);
    }
    m_tick.start(untilTimeLeftChanges(left));
}

} // namespace optout
