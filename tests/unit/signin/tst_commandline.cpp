// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "signin/commandline.h"

#include <QtTest>

using namespace Qt::Literals::StringLiterals;
using namespace optout;

class TestCommandLine final : public QObject {
    Q_OBJECT

private slots:
    void splitsAsShlex_data();
    void splitsAsShlex();
    void splitsAsWindows_data();
    void splitsAsWindows();
};

//! The words are those of Python 3's shlex.split(); empty: refused.
void TestCommandLine::splitsAsShlex_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QStringList>("words");
    QTest::newRow("plain") << u"tool --profile x"_s << QStringList { u"tool"_s, u"--profile"_s, u"x"_s };
    QTest::newRow("much space") << u"  a \t b\r\nc  "_s << QStringList { u"a"_s, u"b"_s, u"c"_s };
    QTest::newRow("double quotes") << u"\"my tool\" a"_s << QStringList { u"my tool"_s, u"a"_s };
    QTest::newRow("single quotes keep all") << u"a '\\\"$x'"_s << QStringList { u"a"_s, u"\\\"$x"_s };
    QTest::newRow("escapes in double quotes") << u"a \"\\\"\\\\\\n\""_s << QStringList { u"a"_s, u"\"\\\\n"_s };
    QTest::newRow("escaped space") << u"my\\ tool a"_s << QStringList { u"my tool"_s, u"a"_s };
    QTest::newRow("escaped letter") << u"\\a b"_s << QStringList { u"a"_s, u"b"_s };
    QTest::newRow("quotes inside a word") << u"a\"b c\"d'e f'"_s << QStringList { u"ab cde f"_s };
    QTest::newRow("empty word") << u"a '' \"\""_s << QStringList { u"a"_s, u""_s, u""_s };
    QTest::newRow("no variables, globs, pipes")
        << u"a $HOME * | b; c & #d"_s
        << QStringList { u"a"_s, u"$HOME"_s, u"*"_s, u"|"_s, u"b;"_s, u"c"_s, u"&"_s, u"#d"_s };
    QTest::newRow("other scripts") << u"tööl ✓"_s << QStringList { u"tööl"_s, u"✓"_s };
    QTest::newRow("open double quote") << u"a \"b"_s << QStringList();
    QTest::newRow("open single quote") << u"a 'b"_s << QStringList();
    QTest::newRow("escaped quote leaves it open") << u"a \"b\\\""_s << QStringList();
    QTest::newRow("backslash at the end") << u"a \\"_s << QStringList();
    QTest::newRow("NUL") << u"a "_s + QChar() + u"b"_s << QStringList();
    QTest::newRow("escaped NUL") << u"a \\"_s + QChar() << QStringList();
    QTest::newRow("nothing") << QString() << QStringList();
    QTest::newRow("space only") << u"  "_s << QStringList();
    QTest::newRow("empty program") << u"'' a"_s << QStringList();
}

void TestCommandLine::splitsAsShlex()
{
    QFETCH(QString, command);
    QFETCH(QStringList, words);
    const Result<QStringList> got = splitPosixCommand(command);
    QCOMPARE(got.has_value(), !words.isEmpty());
    if (got)
        QCOMPARE(*got, words);
    else
        QCOMPARE(got.error().kind, Error::Kind::InvalidInput);
}

void TestCommandLine::splitsAsWindows_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QStringList>("words");
    QTest::newRow("path with backslashes")
        << u"C:\\dir\\tool.exe -x"_s << QStringList { u"C:\\dir\\tool.exe"_s, u"-x"_s };
    QTest::newRow("quoted path") << u"\"C:\\Program Files\\t.exe\" a"_s
                                 << QStringList { u"C:\\Program Files\\t.exe"_s, u"a"_s };
    QTest::newRow("escaped quote") << u"a \\\"b\\\""_s << QStringList { u"a"_s, u"\"b\""_s };
    QTest::newRow("two backslashes and a quote") << u"a \"b\\\\\" c"_s << QStringList { u"a"_s, u"b\\"_s, u"c"_s };
    QTest::newRow("single quotes are letters") << u"a 'b c'"_s << QStringList { u"a"_s, u"'b"_s, u"c'"_s };
    QTest::newRow("empty word") << u"a \"\""_s << QStringList { u"a"_s, u""_s };
    QTest::newRow("open quote") << u"a \"b"_s << QStringList();
    QTest::newRow("nothing") << QString() << QStringList();
}

void TestCommandLine::splitsAsWindows()
{
    QFETCH(QString, command);
    QFETCH(QStringList, words);
    const Result<QStringList> got = splitWindowsCommand(command);
    QCOMPARE(got.has_value(), !words.isEmpty());
    if (got)
        QCOMPARE(*got, words);
}

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_commandline.moc"
