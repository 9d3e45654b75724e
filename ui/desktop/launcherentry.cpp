// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "desktop/launcherentry.h"

#include <QDBusMessage>
#include <QVariantMap>

#include <algorithm>

namespace optout {

using namespace Qt::Literals::StringLiterals;

LauncherEntry::LauncherEntry(const QDBusConnection &sessionBus, const QString &desktopFileName)
    : m_bus(sessionBus)
    , m_uri(u"application://%1.desktop"_s.arg(desktopFileName))
{
}

LauncherEntry::~LauncherEntry() { set({}); }

void LauncherEntry::set(std::optional<double> fraction)
{
    const std::optional<int> percent =
        fraction ? std::optional(int(std::clamp(*fraction, 0.0, 1.0) * 100)) : std::nullopt;
    if (percent == m_percent)
        return;
    m_percent = percent;
    QDBusMessage update = QDBusMessage::createSignal(
        u"/io/github/optoutbrowser/OptOutBrowser"_s, u"com.canonical.Unity.LauncherEntry"_s, u"Update"_s);
    update.setArguments({ m_uri,
        QVariantMap {
            { u"progress"_s, percent.value_or(0) / 100.0 },
            { u"progress-visible"_s, percent.has_value() },
        } });
    m_bus.send(update);
}

} // namespace optout
