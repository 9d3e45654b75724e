// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"
#include "core/secret.h"

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QString>

namespace optout {

//! One file as Python's configparser.RawConfigParser reads it in its strict form, which is what the AWS CLI v2 puts
//! both files through (docs.python.org, "configparser", "Supported INI File Structure"; botocore.configloader). What
//! that means and other SDKs do differently:
//! - `name: value` is a setting as well as `name = value`; the first of the two signs counts;
//! - a comment stands on a line of its own: ` ; text` behind a value belongs to the value;
//! - a header goes from the first bracket to the last one of its line, so `[a] # b]` is the section "a] # b";
//! - the same section or the same setting of a section twice is an error, not a merge;
//! - a deeper indented line goes on with the value above it, and empty lines between count as part of it;
//! - the settings of [DEFAULT] (in capitals) are those of every section that has none of that name.
struct IniFile {
    struct Section {
        QString name;
        qsizetype line = 0; //!< of its header, from 1
        QMap<QString, QString> settings {}; //!< names in lower case
        //! The settings that are keys or tokens (aws_secret_access_key, aws_session_token, aws_security_token): they
        //! are not in `settings`.
        QMap<QString, Secret> secrets {};
        QMap<QString, QMap<QString, QString>> nested {}; //!< of settings with nothing but indented lines below
    };
    QList<Section> sections {}; //!< in the order of the file; a name once
    QList<Error> problems {}; //!< what the CLI stops at; empty for a sound file. The first is where it would stop.
};

//! Never throws, and takes time linear in the length of the text. \a path is for the words of the problems only.
IniFile parseIni(const QString &path, const QByteArray &text);

} // namespace optout
