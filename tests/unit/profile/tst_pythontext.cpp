// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "profile/pythontext.h"

#include <QtTest>

using namespace Qt::Literals::StringLiterals;
using namespace optout;

class TestPythonText final : public QObject {
    Q_OBJECT

private slots:
    //! Expected values: what python3 -c 'import shlex; print(shlex.split(...))' prints.
    void splitsWords_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("words");
        QTest::newRow("nothing") << u""_s << QStringList {};
        QTest::newRow("spaces only") << u" \t\r\n "_s << QStringList {};
        QTest::newRow("two words") << u" a  b "_s << QStringList { u"a"_s, u"b"_s };
        QTest::newRow("double quotes") << u"a \"b c\""_s << QStringList { u"a"_s, u"b c"_s };
        QTest::newRow("single quotes") << u"a 'b \"c'"_s << QStringList { u"a"_s, u"b \"c"_s };
        QTest::newRow("quotes within a word") << u"a'b'\"c\"d"_s << QStringList { u"abcd"_s };
        QTest::newRow("an empty word") << u"a ''"_s << QStringList { u"a"_s, u""_s };
        QTest::newRow("an escaped space") << u"a\\ b"_s << QStringList { u"a b"_s };
        QTest::newRow("a backslash before an ordinary letter") << u"\\a\\b"_s << QStringList { u"ab"_s };
        QTest::newRow("backslashes in double quotes") << u"\"a\\\"b\\\\c\\d\""_s << QStringList { u"a\"b\\c\\d"_s };
        QTest::newRow("backslashes in single quotes") << u"'a\\b'"_s << QStringList { u"a\\b"_s };
        QTest::newRow("a hash is no comment") << u"a #b"_s << QStringList { u"a"_s, u"#b"_s };
        QTest::newRow("only four characters are spaces") << u"a\u00a0b\fc"_s << QStringList { u"a\u00a0b\fc"_s };
        QTest::newRow("no shell") << u"a | $(b) > *"_s << QStringList { u"a"_s, u"|"_s, u"$(b)"_s, u">"_s, u"*"_s };
    }
    void splitsWords()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, words);
        const auto split = shellWords(text);
        QVERIFY(split.has_value());
        QCOMPARE(*split, words);
    }

    void refusesOpenQuotes_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("double") << u"a \"b"_s;
        QTest::newRow("single") << u"a 'b\""_s;
        QTest::newRow("backslash at the end") << u"a\\"_s;
        QTest::newRow("backslash at the end, quoted") << u"\"a\\"_s;
    }
    void refusesOpenQuotes()
    {
        QFETCH(QString, text);
        QVERIFY(!shellWords(text).has_value());
    }

    void splitsLines()
    {
        const QString text = u"a\r\nb\rc\n\nd\ve\x1c"
                             "f\x1f"
                             "g\u0085h\u2028i\n"_s;
        QStringList lines;
        for (const QStringView line : splitLines(text))
            lines += line.toString();
        QCOMPARE(lines, QStringList({ u"a"_s, u"b"_s, u"c"_s, u""_s, u"d"_s, u"e"_s, u"f\x1fg"_s, u"h"_s, u"i"_s }));
    }

    void stripsWhatPythonStrips()
    {
        QCOMPARE(stripped(u" \x1f\u00a0\u3000a b\u2003\x85\t"), u"a b");
        QCOMPARE(stripped(u"\ufeff a"), u"\ufeff a"); // a byte order mark is no space
        QCOMPARE(stripped(u" \n "), u"");
    }
};

QTEST_APPLESS_MAIN(TestPythonText)
#include "tst_pythontext.moc"
