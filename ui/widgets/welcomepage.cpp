// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/welcomepage.h"

#include "presenters/browser.h"
#include "presenters/connectionsources.h"
#include "widgets/actionbuttons.h"
#include "widgets/icons.h"

#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int buttonWidth = 36; // characters
constexpr qsizetype mostOffered = 4; // more are in the connections dialog

} // namespace

WelcomePage::WelcomePage(Browser &browser, QAction *connectToAws, QAction *openDemo, QWidget *parent)
    : QWidget(parent)
    , m_browser(browser)
    , m_profiles(new QWidget(this))
    , m_profileRows(new QVBoxLayout(m_profiles))
{
    setObjectName(u"welcomePage"_s);
    auto *icon = new QLabel(this);
    icon->setPixmap(themedIcon(u"io.github.optoutbrowser.OptOutBrowser"_s).pixmap(fontMetrics().height() * 5));
    auto *title = new QLabel(tr("Opt-Out Browser"), this);
    QFont large = title->font();
    large.setPointSizeF(large.pointSizeF() * 2);
    title->setFont(large);
    auto *text = new QLabel(tr("Browse, filter and export the SMS opt-out lists of your AWS account. This program only "
                               "reads: it cannot add, change or remove anything."),
        this);
    text->setWordWrap(true);
    auto *buttons = new QVBoxLayout;
    const QList<QWidget *> made = addActionButtons({ connectToAws, openDemo }, buttons, this);
    for (QWidget *button : made)
        button->setMinimumWidth(fontMetrics().averageCharWidth() * buttonWidth);
    auto *demoHint = new QLabel(
        tr("The demo lists are made up and come from this computer: no account and no network are needed."), this);
    demoHint->setWordWrap(true);
    demoHint->setAlignment(Qt::AlignHCenter);

    // One column of a width that reads well; a label that wraps finds its height only if the column decides its width.
    const int gap = style()->pixelMetric(QStyle::PM_LayoutVerticalSpacing, nullptr, this);
    auto *column = new QWidget(this);
    column->setFixedWidth(fontMetrics().averageCharWidth() * 64);
    auto *parts = new QVBoxLayout(column);
    parts->addStretch(2);
    for (QLabel *label : { icon, title, text }) {
        label->setAlignment(Qt::AlignHCenter);
        parts->addWidget(label);
        parts->addSpacing(gap);
    }
    parts->addSpacing(2 * gap);
    m_profiles->setObjectName(u"profiles"_s);
    m_profileRows->setContentsMargins(0, 0, 0, 2 * gap);
    parts->addWidget(m_profiles, 0, Qt::AlignHCenter);
    auto *row = new QHBoxLayout;
    row->addStretch();
    row->addLayout(buttons);
    row->addStretch();
    parts->addLayout(row);
    parts->addSpacing(gap);
    parts->addWidget(demoHint);
    parts->addStretch(3);

    auto *layout = new QHBoxLayout(this);
    layout->addStretch();
    layout->addWidget(column);
    layout->addStretch();
    setFocusProxy(made.first());
    connect(&m_browser.connections(), &ConnectionList::changed, this, &WelcomePage::offerProfiles);
    offerProfiles();
}

void WelcomePage::offerProfiles()
{
    QStringList offered;
    for (const Connection &connection : m_browser.connections().all()) {
        if (connection.source == Connection::Source::Profile)
            offered += connection.name;
    }
    if (offered == m_offered && !m_profiles->isHidden())
        return;
    m_offered = offered;
    qDeleteAll(m_profiles->findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly));
    m_profiles->setVisible(!offered.isEmpty());
    if (offered.isEmpty())
        return;
    auto *title = new QLabel(tr("Sign in with a profile of the AWS CLI:"), m_profiles);
    title->setObjectName(u"profilesTitle"_s);
    title->setAlignment(Qt::AlignHCenter);
    m_profileRows->addWidget(title);
    QWidget *before = title;
    for (const QString &name : offered.first(std::min(offered.size(), mostOffered))) {
        QString text = name;
        auto *button = new QPushButton(themedIcon(u"network-connect"_s), text.replace(u'&', "&&"_L1), m_profiles);
        button->setObjectName("profile:"_L1 + name);
        button->setAccessibleName(tr("Profile %1").arg(name));
        button->setAutoDefault(true);
        button->setMinimumWidth(fontMetrics().averageCharWidth() * buttonWidth);
        connect(button, &QPushButton::clicked, this,
            [this, name] { m_browser.session().connectTo(profileConnectionId(name)); });
        m_profileRows->addWidget(button);
        setTabOrder(before, button);
        before = button;
    }
    if (offered.size() > mostOffered) {
        auto *more =
            new QLabel(tr("and %n more under Connect to AWS…", nullptr, int(offered.size() - mostOffered)), m_profiles);
        more->setAlignment(Qt::AlignHCenter);
        m_profileRows->addWidget(more);
    }
}

} // namespace optout
