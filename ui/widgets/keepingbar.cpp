// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/keepingbar.h"

#include "presenters/browser.h"
#include "text/errortext.h"
#include "text/keychaintext.h"
#include "text/numbertext.h"
#include "widgets/icons.h"

#include <QAction>
#include <QVBoxLayout>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

//! The last part of an ARN, or the name itself.
QString listName(const UnfinishedRead &read) { return read.asked.list.section(u'/', -1); }

} // namespace

KeepingBar::KeepingBar(Browser &browser, QWidget *parent)
    : QWidget(parent)
    , m_browser(browser)
    , m_bar(new NoticeBar(this))
    , m_goOn(new QAction(themedIcon(u"media-playback-start"_s), tr("&Go on"), this))
    , m_forget(new QAction(tr("Forget &it"), this))
    , m_agree(new QAction(tr("&Keep reads"), this))
    , m_refuse(new QAction(tr("Do not kee&p them"), this))
    , m_close(new QAction(tr("Close"), this))
{
    m_bar->setObjectName(u"keepingBar"_s);
    m_goOn->setObjectName(u"goOnAction"_s);
    m_forget->setObjectName(u"forgetReadAction"_s);
    m_agree->setObjectName(u"keepReadsAction"_s);
    m_refuse->setObjectName(u"keepNoReadsAction"_s);
    m_close->setObjectName(u"dismissKeepingAction"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_bar);
    ReadKeeper *keeper = m_browser.keeper();
    hide();
    if (!keeper)
        return;
    connect(m_goOn, &QAction::triggered, this, [this] { m_browser.goOn(m_browser.unfinished().constFirst()); });
    connect(
        m_forget, &QAction::triggered, this, [this, keeper] { keeper->forget(m_browser.unfinished().constFirst()); });
    connect(m_agree, &QAction::triggered, this, [keeper] { keeper->setAgreed(true); });
    connect(m_refuse, &QAction::triggered, this, [keeper] { keeper->setAgreed(false); });
    connect(m_close, &QAction::triggered, this, [this] {
        m_problem.reset();
        update();
    });
    const auto tell = [this](const Error &error) {
        m_problem = error;
        update();
    };
    connect(keeper, &ReadKeeper::notKept, this, tell);
    connect(keeper, &ReadKeeper::changed, this, &KeepingBar::update);
    connect(&m_browser, &Browser::readsChanged, this, &KeepingBar::update);
    connect(&m_browser, &Browser::readChanged, this, &KeepingBar::update);
    connect(&m_browser.lists(), &ListsPresenter::changed, this, &KeepingBar::update);
    update();
}

Notice KeepingBar::unfinishedNotice() const
{
    const QList<UnfinishedRead> reads = m_browser.unfinished();
    if (reads.isEmpty() || m_browser.lists().state() == ListsPresenter::State::Loading)
        return {};
    const UnfinishedRead &read = reads.constFirst();
    //: %Ln is the count of loaded numbers
    const QString rows = tr("%Ln numbers", nullptr, int(read.rows));
    return { .icon = u"media-playback-start"_s,
        //: %1 name of a list, %2 "12 numbers", %3 date and time
        .headline = tr("An earlier read of “%1” was not finished: %2, the last ones at %3 UTC.")
                        .arg(listName(read), rows, NumberText::optedOutAt(read.lastPage)),
        .text = tr("It can go on from there."),
        .actions = { m_goOn, m_forget } };
}

Notice KeepingBar::notice() const
{
    if (m_problem) {
        const ErrorText text = isKeychainError(*m_problem) ? describeKeychain(*m_problem, KeychainPurpose::KeepReads)
                                                           : describe(*m_problem);
        return { .icon = u"dialog-warning"_s,
            .headline = tr("What has been read is not kept for later. %1").arg(text.headline),
            .text = text.advice,
            .details = text.details,
            .actions = { m_close } };
    }
    if (const Notice unfinished = unfinishedNotice(); !unfinished.isEmpty())
        return unfinished;
    const ReadStatus read = m_browser.read().status();
    const bool isLong = read.isActive() && read.elapsed >= askAfter;
    if (!isLong || !m_browser.keeper()->mustAsk() || !m_browser.shown() || !m_browser.shown()->mayBeKept)
        return {};
    return { .icon = u"dialog-information"_s,
        .headline = tr("Keep long reads, so that one can go on after the program or the computer has stopped?"),
        .text = tr("Numbers are kept encrypted on this computer, the key is in your keychain. It begins with the next "
                   "read; Preferences can change it."),
        .actions = { m_agree, m_refuse } };
}

void KeepingBar::update()
{
    const Notice now = notice();
    m_bar->setNotice(now);
    setVisible(!now.isEmpty());
}

} // namespace optout
