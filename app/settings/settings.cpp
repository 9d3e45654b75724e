// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "settings/settings.h"

#include <QCryptographicHash>
#include <QSet>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int longestName = 64;
// Far more than anybody has; it bounds what a damaged file can make us read.
constexpr int mostConnections = 1000;

// What a damaged or hand-edited file may lack: such an entry could neither be shown nor found again.
bool isUsable(const SavedConnection &connection) { return !connection.id.isEmpty() && !connection.name.isEmpty(); }

constexpr int leastGiveUpSeconds = 1;
constexpr int mostGiveUpSeconds = 7 * 24 * 3600;
constexpr double leastRate = 0.1;
constexpr double mostRate = 1000;

// As text: an INI file keeps no 64-bit numbers, and a person can read it.
QString textOf(const CompleteRows &complete)
{
    return u"%1 %2"_s.arg(complete.rows).arg(complete.when.time_since_epoch().count());
}

std::optional<CompleteRows> completeRowsOf(const QString &text)
{
    const QStringList parts = text.split(u' ');
    if (parts.size() != 2)
        return {};
    bool rowsOk = false;
    bool whenOk = false;
    const quint32 rows = parts.at(0).toUInt(&rowsOk);
    const qint64 when = parts.at(1).toLongLong(&whenOk);
    if (!rowsOk || !whenOk)
        return {};
    return CompleteRows { .rows = rows, .when = Timestamp(std::chrono::milliseconds(when)) };
}

QString completeRowsPath(const QString &listKey) { return "completeReads/"_L1 + listKey; }

} // namespace

QString listKeyOf(const QString &arn, std::optional<bool> endUserOnly)
{
    if (arn.isEmpty())
        return {};
    const char *filter = !endUserOnly ? "\nall" : *endUserOnly ? "\nend user" : "\nothers";
    const QByteArray hash = QCryptographicHash::hash(arn.toUtf8() + filter, QCryptographicHash::Sha256);
    return QString::fromLatin1(hash.left(16).toHex());
}

Settings::Settings()
    : Settings(u"optoutbrowser"_s, u"optout-browser"_s)
{
}

Settings::Settings(const QString &organisation, const QString &application)
    : m_settings(std::make_unique<QSettings>(QSettings::IniFormat, QSettings::UserScope, organisation, application))
{
    // Without this a file of the whole computer would show through, such as one with somebody else's connections.
    m_settings->setFallbacksEnabled(false);
}

Settings::Settings(const QString &iniFile)
    : m_settings(std::make_unique<QSettings>(iniFile, QSettings::IniFormat))
{
}

QList<SavedConnection> Settings::connections() const
{
    QList<SavedConnection> connections;
    QSet<QString> seen;
    const int count = std::min(m_settings->beginReadArray("connections"_L1), mostConnections);
    for (int i = 0; i < count; ++i) {
        m_settings->setArrayIndex(i);
        SavedConnection connection {
            .id = m_settings->value("id"_L1).toString(),
            .name = m_settings->value("name"_L1).toString().simplified().left(longestName),
            .region = m_settings->value("region"_L1).toString(),
            .endpointUrl = m_settings->value("endpointUrl"_L1).toString(),
            .useFips = m_settings->value("useFips"_L1, false).toBool(),
            .useDualStack = m_settings->value("useDualStack"_L1, false).toBool(),
            .roleArn = m_settings->value("roleArn"_L1).toString(),
            .externalId = m_settings->value("externalId"_L1).toString(),
            .mfaSerial = m_settings->value("mfaSerial"_L1).toString(),
            .keysSaved = m_settings->value("keysSaved"_L1, true).toBool(),
        };
        if (!isUsable(connection) || seen.contains(connection.id))
            continue;
        seen.insert(connection.id);
        connections.append(std::move(connection));
    }
    m_settings->endArray();
    return connections;
}

void Settings::setConnections(const QList<SavedConnection> &connections)
{
    m_settings->remove("connections"_L1); // else the rest of a longer list would stay in the file
    m_settings->beginWriteArray("connections"_L1, int(connections.size()));
    for (int i = 0; i < connections.size(); ++i) {
        const SavedConnection &connection = connections.at(i);
        m_settings->setArrayIndex(i);
        m_settings->setValue("id"_L1, connection.id);
        m_settings->setValue("name"_L1, connection.name);
        m_settings->setValue("region"_L1, connection.region);
        m_settings->setValue("endpointUrl"_L1, connection.endpointUrl);
        m_settings->setValue("useFips"_L1, connection.useFips);
        m_settings->setValue("useDualStack"_L1, connection.useDualStack);
        m_settings->setValue("roleArn"_L1, connection.roleArn);
        m_settings->setValue("externalId"_L1, connection.externalId);
        m_settings->setValue("mfaSerial"_L1, connection.mfaSerial);
        m_settings->setValue("keysSaved"_L1, connection.keysSaved);
    }
    m_settings->endArray();
}

QString Settings::lastConnectionId() const { return m_settings->value("lastConnectionId"_L1).toString(); }

void Settings::setLastConnectionId(const QString &id) { m_settings->setValue("lastConnectionId"_L1, id); }

QByteArray Settings::windowGeometry() const { return m_settings->value("window/geometry"_L1).toByteArray(); }

void Settings::setWindowGeometry(const QByteArray &geometry) { m_settings->setValue("window/geometry"_L1, geometry); }

QByteArray Settings::splitterState() const { return m_settings->value("window/splitter"_L1).toByteArray(); }

void Settings::setSplitterState(const QByteArray &state) { m_settings->setValue("window/splitter"_L1, state); }

QByteArray Settings::tableHeaderState() const { return m_settings->value("window/tableHeader"_L1).toByteArray(); }

void Settings::setTableHeaderState(const QByteArray &state) { m_settings->setValue("window/tableHeader"_L1, state); }

int Settings::optedOutBy() const
{
    const int value = m_settings->value("filter/optedOutBy"_L1, 0).toInt();
    return value >= 0 && value <= 2 ? value : 0;
}

void Settings::setOptedOutBy(int value) { m_settings->setValue("filter/optedOutBy"_L1, value); }

QString Settings::fromText() const { return m_settings->value("filter/from"_L1).toString(); }

void Settings::setFromText(const QString &text) { m_settings->setValue("filter/from"_L1, text); }

QString Settings::untilText() const { return m_settings->value("filter/until"_L1).toString(); }

void Settings::setUntilText(const QString &text) { m_settings->setValue("filter/until"_L1, text); }

QString Settings::exportFolder() const { return m_settings->value("export/folder"_L1).toString(); }

void Settings::setExportFolder(const QString &folder) { m_settings->setValue("export/folder"_L1, folder); }

int Settings::number(QLatin1StringView key, int fallback, int least, int most) const
{
    bool ok = false;
    const int value = m_settings->value(key, fallback).toInt(&ok);
    return ok ? std::clamp(value, least, most) : fallback;
}

int Settings::headroomPercent() const { return number("reading/headroomPercent"_L1, 10, 0, 90); }

void Settings::setHeadroomPercent(int percent)
{
    m_settings->setValue("reading/headroomPercent"_L1, std::clamp(percent, 0, 90));
}

double Settings::maxRate() const
{
    const double value = m_settings->value("reading/maxRate"_L1, 0.0).toDouble();
    return std::isfinite(value) && value > 0 ? std::clamp(value, leastRate, mostRate) : 0;
}

void Settings::setMaxRate(double callsPerSecond)
{
    const bool fixed = std::isfinite(callsPerSecond) && callsPerSecond > 0;
    m_settings->setValue("reading/maxRate"_L1, fixed ? std::clamp(callsPerSecond, leastRate, mostRate) : 0.0);
}

std::chrono::seconds Settings::giveUpAfter() const
{
    return std::chrono::seconds(number("reading/giveUpAfter"_L1, 600, leastGiveUpSeconds, mostGiveUpSeconds));
}

void Settings::setGiveUpAfter(std::chrono::seconds duration)
{
    const auto bounded = std::clamp<std::chrono::seconds::rep>(duration.count(), leastGiveUpSeconds, mostGiveUpSeconds);
    m_settings->setValue("reading/giveUpAfter"_L1, int(bounded));
}

std::optional<bool> Settings::keepsUnfinishedReads() const
{
    // Anything but a clear yes or no of the user is no answer: reads are kept only after one.
    const QString text = m_settings->value("unfinishedReads/keep"_L1).toString();
    if (text == "true"_L1)
        return true;
    if (text == "false"_L1)
        return false;
    return {};
}

void Settings::setKeepsUnfinishedReads(std::optional<bool> keeps)
{
    if (keeps)
        m_settings->setValue("unfinishedReads/keep"_L1, *keeps);
    else
        m_settings->remove("unfinishedReads/keep"_L1);
}

int Settings::keepReadsForDays() const { return number("unfinishedReads/days"_L1, 7, 1, 365); }

void Settings::setKeepReadsForDays(int days)
{
    m_settings->setValue("unfinishedReads/days"_L1, std::clamp(days, 1, 365));
}

bool Settings::notifiesAtEnd() const { return m_settings->value("desktop/notifyAtEnd"_L1, true).toBool(); }

void Settings::setNotifiesAtEnd(bool notifies) { m_settings->setValue("desktop/notifyAtEnd"_L1, notifies); }

bool Settings::inhibitsSleep() const { return m_settings->value("desktop/inhibitSleep"_L1, false).toBool(); }

void Settings::setInhibitsSleep(bool inhibits) { m_settings->setValue("desktop/inhibitSleep"_L1, inhibits); }

std::optional<CompleteRows> Settings::lastCompleteRows(const QString &listKey) const
{
    return listKey.isEmpty() ? std::nullopt : completeRowsOf(m_settings->value(completeRowsPath(listKey)).toString());
}

void Settings::setLastCompleteRows(const QString &listKey, quint32 rows, Timestamp when)
{
    if (listKey.isEmpty())
        return;
    m_settings->setValue(completeRowsPath(listKey), textOf({ .rows = rows, .when = when }));
    m_settings->beginGroup("completeReads"_L1);
    QStringList keys = m_settings->childKeys();
    m_settings->endGroup();
    if (keys.size() <= mostCompleteRows)
        return;
    // What cannot be read counts as oldest; the entry just made stays whatever the clock says.
    const auto age = [this](const QString &key) {
        return lastCompleteRows(key).value_or(CompleteRows { .when = Timestamp::min() }).when;
    };
    keys.removeAll(listKey);
    std::sort(keys.begin(), keys.end(), [&](const QString &a, const QString &b) { return age(a) < age(b); });
    for (qsizetype i = 0; i + mostCompleteRows <= keys.size(); ++i)
        m_settings->remove(completeRowsPath(keys.at(i)));
}

} // namespace optout
