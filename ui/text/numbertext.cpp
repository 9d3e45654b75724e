// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "text/numbertext.h"

#include "domain/optedoutnumber.h"

#include <QDateTime>
#include <QLocale>

namespace optout {

QString NumberText::numberTitle() { return tr("Number"); }

QString NumberText::optedOutAtTitle() { return tr("Opted out (UTC)"); }

QString NumberText::optedOutByTitle() { return tr("Opted out by"); }

QString NumberText::optedOutBy(bool endUser)
{
    return endUser ? tr("End user") //: the person replied STOP
                   : tr("Not end user"); //: the account added the number
}

QString NumberText::optedOutAt(Timestamp time)
{
    QString text = QString::fromStdString(toIso8601(time));
    text.replace(text.indexOf(u'T'), 1, u' ');
    text.truncate(text.lastIndexOf(u'.'));
    return text;
}

QString NumberText::optedOutAtInFull(Timestamp time)
{
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count());
    //: %1 is a time as in the exported file, %2 the same moment where the reader is, with the name of the time zone
    return tr("%1\nYour time: %2")
        .arg(QString::fromStdString(toIso8601(time)), QLocale().toString(local, QLocale::LongFormat));
}

QString NumberText::unknownTime() { return tr("Not given"); }

} // namespace optout
