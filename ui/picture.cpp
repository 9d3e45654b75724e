// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "picture.h"

#include "presenters/browser.h"

#include <QCoreApplication>
#include <QPixmap>
#include <QWidget>

#include <cstdio>

namespace optout {

using namespace std::chrono_literals;

Picture::Picture(Browser &browser, QWidget &window, const QString &fileName)
    : QObject(&window)
    , m_browser(browser)
    , m_window(window)
    , m_fileName(fileName)
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(500ms);
    connect(&m_settle, &QTimer::timeout, this, &Picture::take);
    connect(&m_browser, &Browser::readStateChanged, this, &Picture::follow);
    connect(&m_browser.session(), &BrowserSession::changed, this, &Picture::follow);
    connect(&m_browser.lists(), &ListsPresenter::changed, this, &Picture::follow);
    connect(&m_browser, &Browser::demoFailed, this, [] { QCoreApplication::exit(1); });
    QMetaObject::invokeMethod(this, &Picture::follow, Qt::QueuedConnection); // a short list may be complete by now
}

void Picture::follow()
{
    const ReadStatus::State state = m_browser.read().status().state;
    const bool failed = state == ReadStatus::State::Failed || state == ReadStatus::State::SignInNeeded
        || m_browser.session().state() == BrowserSession::State::Failed
        || m_browser.lists().state() == ListsPresenter::State::Failed;
    if (failed) {
        std::fputs("optout-browser: the list could not be read\n", stderr);
        QCoreApplication::exit(1);
    } else if (state == ReadStatus::State::Complete) {
        m_settle.start();
    }
}

void Picture::take()
{
    const bool saved = m_window.grab().save(m_fileName);
    if (!saved)
        std::fprintf(stderr, "optout-browser: cannot write %s\n", qUtf8Printable(m_fileName));
    QCoreApplication::exit(saved ? 0 : 1);
}

} // namespace optout
