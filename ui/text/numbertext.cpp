// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "text/numbertext.h"

#include "domain/numberfilter.h"
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

QString NumberText::patternExamples() { return tr("+1416, 555, or *0123"); }

QString NumberText::patternHelp()
{
    return tr("+ and digits: the number begins with them. Digits: anywhere in the number. "
              "* stands for any digits and ? for one digit of the whole number.");
}

QString NumberText::patternRemark(QStringView text)
{
    if (text.size() > NumberPattern::longest)
        return tr("Numbers are looked for by up to %1 characters.").arg(NumberPattern::longest);
    const Result<NumberPattern> pattern = NumberPattern::parse(text);
    if (!pattern)
        return tr("Numbers are looked for by digits, a leading +, * and ?.");
    return pattern->looksForText() ? tr("Letters are looked for as text; no phone number has any.") : QString();
}

} // namespace optout
