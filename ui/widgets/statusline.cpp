// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/statusline.h"

#include "presenters/browser.h"
#include "presenters/readoutlook.h"
#include "widgets/elidinglabel.h"
#include "widgets/statemark.h"
#include "widgets/statustext.h"

#include <QHBoxLayout>

namespace optout {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds countdownStep { 250 };
// A shorter wait is over before it can be read: it would only flicker.
constexpr std::chrono::milliseconds leastShownWait { 400 };
constexpr std::chrono::seconds betweenSpoken { 10 };

} // namespace

StatusLine::StatusLine(Browser &browser, QWidget *parent)
    : QStatusBar(parent)
    , m_browser(browser)
    , m_mark(new StateMark(this))
    , m_read(new ElidingLabel(this))
    , m_shown(new ElidingLabel(this))
{
    setObjectName(u"statusLine"_s);
    m_read->setObjectName(u"readStatus"_s);
    m_shown->setObjectName(u"shownStatus"_s);
    auto *left = new QWidget(this);
    auto *layout = new QHBoxLayout(left);
    layout->setContentsMargins(layout->spacing(), 0, 0, 0);
    layout->addWidget(m_mark);
    layout->addWidget(m_read, 1);
    addWidget(left, 1);
    addPermanentWidget(m_shown);

    m_countdown.setInterval(countdownStep);
    connect(&m_countdown, &QTimer::timeout, this, &StatusLine::update);
    connect(&m_browser, &Browser::openListChanged, this, &StatusLine::followShown);
    connect(&m_browser, &Browser::readChanged, this, &StatusLine::update);
    connect(&m_browser, &Browser::countsChanged, this, &StatusLine::update);
    connect(&m_browser, &Browser::updatingChanged, this, &StatusLine::update);
    update();
}

void StatusLine::followShown()
{
    m_waitEnd.reset();
    m_spokenRead = {};
    m_spokenShown = {};
}

void StatusLine::setRemark(const QString &remark)
{
    m_remark = remark;
    update();
}

QString StatusLine::sentence(const ReadStatus &status)
{
    const std::optional<std::chrono::milliseconds> nextCall = untilNextCall(status);
    if (nextCall && !m_countdown.isActive())
        m_countdown.start();
    else if (!nextCall)
        m_countdown.stop();
    const QString words = readSentence(status, { .nextCall = nextCall, .left = m_browser.outlook().left() });
    const bool moving = status.isActive() || status.state == ReadStatus::State::Paused;
    return m_remark.isEmpty() || !moving ? words : u"%1 · %2"_s.arg(words, m_remark);
}

// Counted down in steps of its own, however often the read tells of something else.
std::optional<std::chrono::milliseconds> StatusLine::untilNextCall(const ReadStatus &status)
{
    const std::optional<Timestamp> end = quotaWaitEnd(status);
    const bool isNew = end != m_waitEnd;
    m_waitEnd = end;
    if (!end)
        return {};
    const auto now = m_browser.clock().steadyNow();
    if (isNew || now - m_countedAt >= countdownStep) {
        const std::chrono::milliseconds left = *end - m_browser.clock().now();
        // The end passes shortly before the next call is told of.
        m_untilNextCall = isNew && left < leastShownWait ? 0ms : std::max(left, 0ms);
        m_countedAt = now;
    }
    return m_untilNextCall > 0ms ? std::optional(m_untilNextCall) : std::nullopt;
}

void StatusLine::speak(Spoken &last, const QString &sentence, bool atOnce)
{
    const auto now = m_browser.clock().steadyNow();
    if (atOnce || last.sentence.isEmpty() || now - last.at >= betweenSpoken)
        last = { .sentence = sentence, .at = now };
}

void StatusLine::update()
{
    const ReadStatus status = m_browser.read().status();
    m_mark->setState(status.state);
    const bool atOnce = status.state != m_spokenState || !status.isActive();
    m_spokenState = status.state;
    const QString words = sentence(status);
    speak(m_spokenRead, words, atOnce);
    m_read->setFullText(words, m_spokenRead.sentence);
    showRows(status, atOnce);
}

void StatusLine::showRows(const ReadStatus &status, bool atOnce)
{
    if (status.state == ReadStatus::State::Idle || status.state == ReadStatus::State::Restoring) {
        m_shown->setFullText({});
        return;
    }
    const NumberTableModel &model = m_browser.model();
    NumberFilter here = model.query().filter;
    if (status.endUserOnly) // that part of the filter is the service's, and said on the left
        here.by = OptedOutBy::Anyone;
    const QString words = shownSentence(model.shownRows(), model.loadedRows(), !here.passesEverything());
    // Who has changed the filter waits for what comes of it.
    const bool isOtherView = model.query() != m_spokenQuery;
    if (!model.isUpdating())
        m_spokenQuery = model.query();
    speak(m_spokenShown, words, atOnce || isOtherView);
    m_shown->setFullText(words, m_spokenShown.sentence);
}

} // namespace optout
