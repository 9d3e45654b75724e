// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "dialogs/signinfacts.h"

#include "dialogs/dialogicon.h"
#include "text/signintext.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QStyle>
#include <QToolButton>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

QLabel *makeText(const QString &objectName, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setObjectName(objectName);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QString iconOf(SignInTraceLine::Outcome outcome)
{
    switch (outcome) {
    case SignInTraceLine::Outcome::PassedOver:
        return u"list-remove"_s;
    case SignInTraceLine::Outcome::Used:
        return u"dialog-ok"_s;
    case SignInTraceLine::Outcome::Failed:
        return u"dialog-error"_s;
    }
    Q_UNREACHABLE();
}

} // namespace

SignInFacts::SignInFacts(const Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_clock(clock)
    , m_rows(new QFormLayout)
    , m_none(makeText(u"notSignedIn"_s, this))
    , m_account(addFact(tr("Account:"), u"factAccount"_s))
    , m_identity(addFact(tr("Identity:"), u"factIdentity"_s))
    , m_source(addFact(tr("Keys from:"), u"factSource"_s))
    , m_time(addFact(tr("Time left:"), u"factTime"_s))
    , m_why(new QToolButton(this))
    , m_trace(new QWidget(this))
    , m_traceLines(new QVBoxLayout(m_trace))
{
    m_rows->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_none->setText(tr("Account, identity and time left are known once you have tested or connected."));
    m_none->setForegroundRole(QPalette::PlaceholderText);
    m_why->setObjectName(u"whyThisOne"_s);
    m_why->setText(tr("Why this one"));
    m_why->setAccessibleName(tr("Why this one"));
    m_why->setToolTip(tr("The steps of the sign-in: which answered, which failed, which are not set up"));
    m_why->setCheckable(true);
    m_why->setAutoRaise(true);
    m_why->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_why->setFocusPolicy(Qt::StrongFocus);
    m_trace->setObjectName(u"trace"_s);
    m_traceLines->setContentsMargins(0, 0, 0, 0);
    const auto showTrace = [this](bool shown) {
        m_why->setArrowType(shown ? Qt::DownArrow : Qt::RightArrow);
        m_trace->setVisible(shown);
    };
    showTrace(false);
    connect(m_why, &QToolButton::toggled, this, showTrace);
    m_tick.setSingleShot(true);
    connect(&m_tick, &QTimer::timeout, this, &SignInFacts::refreshTime);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_none);
    layout->addLayout(m_rows);
    layout->addWidget(m_why, 0, Qt::AlignLeft);
    layout->addWidget(m_trace);
    refresh();
}

QLabel *SignInFacts::addFact(const QString &label, const QString &objectName)
{
    QLabel *value = makeText(objectName, this);
    m_rows->addRow(label, value);
    return value;
}

void SignInFacts::setFact(QLabel *value, const QString &text)
{
    value->setText(text);
    value->setVisible(!text.isEmpty());
    m_rows->labelForField(value)->setVisible(!text.isEmpty());
}

void SignInFacts::show(const std::shared_ptr<ConnectionSignIn> &signIn)
{
    if (m_signIn)
        m_signIn->disconnect(this);
    if (m_signIn != signIn)
        m_why->setChecked(false);
    m_signIn = signIn;
    if (m_signIn)
        connect(m_signIn.get(), &ConnectionSignIn::changed, this, &SignInFacts::refresh);
    refresh();
}

void SignInFacts::refresh()
{
    const std::optional<CallerIdentity> identity = m_signIn ? m_signIn->identity() : std::nullopt;
    setFact(m_account, identity ? accountText(identity->account) : QString());
    setFact(m_identity, identity ? u"%1\n%2"_s.arg(identity->shortName(), identity->arn) : QString());
    setFact(m_source, m_signIn ? m_signIn->sourceWords() : QString());
    refreshTime();
    refreshTrace();
    const bool failed = m_signIn && m_signIn->problem();
    if (failed && !m_failed && !m_shownTrace.isEmpty())
        m_why->setChecked(true); // what went wrong is what somebody looks for here
    m_failed = failed;
    m_none->setVisible(!identity && m_source->text().isEmpty() && m_shownTrace.isEmpty());
}

void SignInFacts::refreshTime()
{
    const std::optional<Timestamp> expires = m_signIn ? m_signIn->expires() : std::nullopt;
    m_tick.stop();
    if (!expires) {
        setFact(m_time, {});
        return;
    }
    const std::chrono::milliseconds left = *expires - m_clock.now();
    setFact(m_time, timeLeftText(left));
    m_tick.start(untilTimeLeftChanges(left));
}

void SignInFacts::refreshTrace()
{
    const QList<SignInTraceLine> trace = m_signIn ? m_signIn->trace() : QList<SignInTraceLine> {};
    m_why->setVisible(!trace.isEmpty());
    if (trace.isEmpty())
        m_why->setChecked(false);
    if (trace == m_shownTrace)
        return;
    m_shownTrace = trace;
    qDeleteAll(m_trace->findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly));
    QStringList spoken;
    for (const SignInTraceLine &line : trace) {
        addTraceLine(line);
        spoken += traceText(line);
    }
    m_why->setAccessibleDescription(spoken.join(u'\n'));
}

void SignInFacts::addTraceLine(const SignInTraceLine &line)
{
    auto *row = new QWidget(m_trace);
    auto *icon = new QLabel(row);
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    icon->setPixmap(dialogIcon(iconOf(line.outcome)).pixmap(size));
    QLabel *text = makeText(u"traceLine"_s, row);
    text->setText(traceText(line));
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(icon, 0, Qt::AlignTop);
    layout->addWidget(text, 1);
    m_traceLines->addWidget(row);
}

} // namespace optout
