// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "desktop/desktopparts.h"

#include <QSystemTrayIcon>
#include <QWidget>

namespace optout {

namespace {

//! Windows and macOS show messages for programs that have an icon in the tray: it is there for as long as the message.
class TrayNotifier final : public Notifier {
public:
    explicit TrayNotifier(QWidget &window)
        : m_window(window)
    {
    }

    void show(const QString &title, const QString &body) override
    {
        if (!canShow())
            return;
        if (!m_icon) {
            m_icon = std::make_unique<QSystemTrayIcon>(m_window.windowIcon());
            connect(m_icon.get(), &QSystemTrayIcon::messageClicked, this, &Notifier::clicked);
            connect(m_icon.get(), &QSystemTrayIcon::activated, this, &Notifier::clicked);
        }
        m_icon->show();
        m_icon->showMessage(title, body, m_window.windowIcon());
    }
    void close() override
    {
        if (m_icon)
            m_icon->hide();
    }

    bool canShow() const override
    {
        return QSystemTrayIcon::isSystemTrayAvailable() && QSystemTrayIcon::supportsMessages();
    }

private:
    QWidget &m_window;
    std::unique_ptr<QSystemTrayIcon> m_icon;
};

} // namespace

DesktopParts desktopParts(QWidget &window)
{
    return { .notifier = std::make_unique<TrayNotifier>(window), .taskbar = {}, .sleep = {} };
}

} // namespace optout
