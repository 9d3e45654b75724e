// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/clock.h"

#include <QByteArray>
#include <QList>
#include <QSettings>
#include <QString>

#include <chrono>
#include <memory>
#include <optional>

namespace optout {

//! A saved connection without its keys, which the CredentialStore keeps under the same id.
struct SavedConnection {
    QString id; //!< UUID without braces
    QString name; //!< the user's words, 1..64 characters, unique without regard to case
    QString region;
    QString endpointUrl {}; //!< empty: the region's own
    bool useFips = false;
    bool useDualStack = false;
    QString roleArn {}; //!< not empty: the keys are only the way to this role
    QString externalId {};
    QString mfaSerial {}; //!< ARN or serial number of the device whose code the role asks for
    bool keysSaved = true; //!< the keychain holds its keys; false: they were kept for one session only
    bool operator==(const SavedConnection &) const = default;
};

//! How large a list was when it was last read to its end.
struct CompleteRows {
    quint32 rows = 0;
    Timestamp when {}; //!< the end of that read
    bool operator==(const CompleteRows &) const = default;
};

//! Under which the size of a list is kept: a hash, so that the file tells no list's name and no account.
//! \param endUserOnly the service's own filter, with which the list has another size
//! \returns an empty text if there is no ARN: nothing is kept under it
QString listKeyOf(const QString &arn, std::optional<bool> endUserOnly);

//! The program's settings, typed. Holds no secret and no phone number. Handed in, never a global. GUI thread only.
class Settings final {
public:
    //! In the user's usual place, under the program's own names.
    Settings();
    //! In the user's usual place, as an INI file ORGANISATION/APPLICATION.ini.
    Settings(const QString &organisation, const QString &application);
    //! In that INI file: for tests and for a portable copy.
    explicit Settings(const QString &iniFile);

    //! In the order saved. Entries of a damaged file without id or name, or with an id that came before, are left out.
    QList<SavedConnection> connections() const;
    void setConnections(const QList<SavedConnection> &connections);
    QString lastConnectionId() const; //!< may name a connection that is gone
    void setLastConnectionId(const QString &id);

    QByteArray windowGeometry() const;
    void setWindowGeometry(const QByteArray &geometry);
    QByteArray splitterState() const;
    void setSplitterState(const QByteArray &state);
    QByteArray tableHeaderState() const; //!< QHeaderView::saveState()
    void setTableHeaderState(const QByteArray &state);

    //! "Opted out by" as 0..2 (OptedOutBy), dates as typed. The number filter is not kept: it may be a person's number.
    int optedOutBy() const;
    void setOptedOutBy(int value);
    QString fromText() const;
    void setFromText(const QString &text);
    QString untilText() const;
    void setUntilText(const QString &text);
    QString exportFolder() const;
    void setExportFolder(const QString &folder);

    //! How much of the quota a read leaves to others, 0..90 percent.
    int headroomPercent() const;
    void setHeadroomPercent(int percent);
    //! Calls a second, 0.1..1000; 0 means that the pace is learnt.
    double maxRate() const;
    void setMaxRate(double callsPerSecond);
    //! How long a fault may last without a break before a read ends as failed: 1 s to a week. Throttling is no fault.
    std::chrono::seconds giveUpAfter() const;
    void setGiveUpAfter(std::chrono::seconds duration);

    //! Whether an unfinished read may be kept on this computer; nothing while the user has not been asked.
    std::optional<bool> keepsUnfinishedReads() const;
    void setKeepsUnfinishedReads(std::optional<bool> keeps);
    int keepReadsForDays() const; //!< 1..365
    void setKeepReadsForDays(int days);

    bool notifiesAtEnd() const;
    void setNotifiesAtEnd(bool notifies);
    bool inhibitsSleep() const; //!< whether the computer is kept awake while a list is read
    void setInhibitsSleep(bool inhibits);

    //! \param listKey of listKeyOf()
    std::optional<CompleteRows> lastCompleteRows(const QString &listKey) const;
    //! The oldest are dropped when there are more than mostCompleteRows.
    void setLastCompleteRows(const QString &listKey, quint32 rows, Timestamp when);
    static constexpr int mostCompleteRows = 200;

private:
    int number(QLatin1StringView key, int fallback, int least, int most) const;

    std::unique_ptr<QSettings> m_settings;
};

} // namespace optout
