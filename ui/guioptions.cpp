// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "guioptions.h"

#include "aws/endpoint.h"

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr quint32 mostDemoRows = 100'000'000;

Error wrongUsage(const QString &sentence) { return { .kind = Error::Kind::InvalidInput, .detail = sentence }; }

// The options of QGuiApplication and QApplication that are followed by a value (Qt 6.4, their constructors).
bool isQtOptionWithValue(const QString &argument)
{
    static const QStringList names { u"-platform"_s, u"-platformpluginpath"_s, u"-platformtheme"_s, u"-plugin"_s,
        u"-qwindowgeometry"_s, u"-qwindowicon"_s, u"-qwindowtitle"_s, u"-session"_s, u"-display"_s, u"-style"_s,
        u"-stylesheet"_s, u"-fontengine"_s };
    return names.contains(argument);
}

} // namespace

Result<GuiOptions> GuiOptions::parse(const QStringList &arguments)
{
    GuiOptions options;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString &argument = arguments[i];
        if (isQtOptionWithValue(argument)) {
            ++i;
            continue;
        }
        if (argument.startsWith(u'-') && !argument.startsWith("--"_L1) && argument != "-h"_L1 && argument != "-v"_L1)
            continue;
        const QString name = argument.section(u'=', 0, 0);
        const bool takesValue = name == "--profile"_L1 || name == "--demo-rows"_L1 || name == "--region"_L1
            || name == "--endpoint-url"_L1 || name == "--picture"_L1;
        QString value = argument.contains(u'=') ? argument.section(u'=', 1) : QString();
        if (takesValue && !argument.contains(u'=') && i + 1 < arguments.size())
            value = arguments[++i];
        if (takesValue && value.isEmpty())
            return wrongUsage(u"The option %1 needs a value."_s.arg(name));

        if (argument == "--help"_L1 || argument == "-h"_L1) {
            options.help = true;
        } else if (argument == "--version"_L1 || argument == "-v"_L1) {
            options.version = true;
        } else if (argument == "--demo"_L1) {
            options.demo = true;
        } else if (name == "--demo-rows"_L1) {
            bool isNumber = false;
            options.demoRows = value.toUInt(&isNumber);
            if (!isNumber || options.demoRows > mostDemoRows)
                return wrongUsage(u"--demo-rows takes a number from 0 to %1."_s.arg(mostDemoRows));
        } else if (name == "--profile"_L1) {
            options.profile = value;
        } else if (name == "--region"_L1) {
            options.region = value;
            if (!isRegionName(value))
                return wrongUsage(u"--region takes a region such as us-east-1."_s);
        } else if (name == "--endpoint-url"_L1) {
            options.endpointUrl = value;
            const auto url = resolveEndpoint({ .region = u"us-east-1"_s, .url = value });
            if (!url)
                return wrongUsage(url.error().detail);
        } else if (name == "--picture"_L1) {
            options.picture = value;
        } else {
            return wrongUsage(u"There is no option or command %1; see optout-browser --help."_s.arg(argument));
        }
    }
    if (!options.picture.isEmpty() && !options.demo)
        return wrongUsage(u"--picture needs --demo."_s);
    return options;
}

QString GuiOptions::helpText()
{
    return uR"(Usage: optout-browser [OPTION...]              the window
       optout-browser COMMAND [OPTION...]      without a window; see below

Browses the SMS opt-out lists of AWS End User Messaging. Reads only.

Options of the window:
  --demo                the embedded demo lists; no account and no network needed
  --demo-rows N         numbers on the demo's list "Default" (20000)
  --profile PROFILE     connects with that profile of the AWS CLI
  --region REGION       region of the profile, or of the connection that AWS_ACCESS_KEY_ID and its companions make
  --endpoint-url URL    endpoint of that connection
  --picture FILE        with --demo: reads the list, saves a picture of the window and ends; needs no display
  --version             the program's version
  --help                this text
)"_s;
}

} // namespace optout
