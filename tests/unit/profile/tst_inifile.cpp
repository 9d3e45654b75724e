// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "profile/inifile.h"

#include <QtTest>

#include <ctime>

using namespace Qt::Literals::StringLiterals;
using namespace optout;

namespace {

//! "[section]", "name=value" and "name.inner=value" of all sections, in order.
QStringList flat(const IniFile &file)
{
    QStringList out;
    for (const IniFile::Section &section : file.sections) {
        out += u"[%1]"_s.arg(section.name);
        for (auto it = section.settings.cbegin(); it != section.settings.cend(); ++it)
            out += it.key() + u'=' + it.value();
        for (auto it = section.nested.cbegin(); it != section.nested.cend(); ++it) {
            for (auto inner = it->cbegin(); inner != it->cend(); ++inner)
                out += it.key() + u'.' + inner.key() + u'=' + inner.value();
        }
    }
    return out;
}

const QString path = u"/home/ann/.aws/config"_s;

qint64 processNanoseconds() { return qint64(std::clock()) * (1'000'000'000 / CLOCKS_PER_SEC); }

} // namespace

class TestIniFile final : public QObject {
    Q_OBJECT

private slots:
    //! Expected values: what Python's RawConfigParser, and botocore's reading of nested settings, make of the text.
    void reads_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("expected");
        const auto row = [](const char *name, const QByteArray &text, const QStringList &expected) {
            QTest::newRow(name) << text << expected;
        };
        row("nothing", "", {});
        row("comments only", "# a\n  ; b\n\n", {});
        row("one setting", "[a]\nb = c\n", { u"[a]"_s, u"b=c"_s });
        row("no line end at the end", "[a]\nb = c", { u"[a]"_s, u"b=c"_s });
        row("CRLF", "[a]\r\nb = c\r\n d\r\n", { u"[a]"_s, u"b=c\nd"_s });
        row("CR alone", "[a]\rb = c\r", { u"[a]"_s, u"b=c"_s });
        row("no spaces, many spaces", "[a]\nb=c\nd \t =  \t e f  \n", { u"[a]"_s, u"b=c"_s, u"d=e f"_s });
        row("a colon", "[a]\nb: c\nd : e=f\ng=h:i\n", { u"[a]"_s, u"b=c"_s, u"d=e=f"_s, u"g=h:i"_s });
        row("an ARN keeps its colons", "[a]\nrole_arn = arn:aws:iam::1:role/b\n",
            { u"[a]"_s, u"role_arn=arn:aws:iam::1:role/b"_s });
        row("names in lower case, values as they are", "[A]\nRegion = EU\n", { u"[A]"_s, u"region=EU"_s });
        row("an empty value", "[a]\nb =\nc = d\n", { u"[a]"_s, u"b="_s, u"c=d"_s });
        row("no comments behind values", "[a]\nb = c # d ; e\n", { u"[a]"_s, u"b=c # d ; e"_s });
        row("comments between", "[a]\n# x\nb = c\n; y\nd = e\n", { u"[a]"_s, u"b=c"_s, u"d=e"_s });
        row("a header to its last bracket", "[a] # b]\nc = d\n", { u"[a] # b]"_s, u"c=d"_s });
        row("text behind a header", "[a] ; note\nc = d\n", { u"[a]"_s, u"c=d"_s });
        row("spaces within a header stay", "[ a ]\n", { u"[ a ]"_s });
        row("an indented header", "  [a]\n  b = c\n", { u"[a]"_s, u"b=c"_s });
        row("a header indented below a value is a part of it", "[a]\nb = c\n  [d]\n", { u"[a]"_s, u"b=c\n[d]"_s });
        row("a value over three lines", "[a]\nb = c\n d\n\t e\n", { u"[a]"_s, u"b=c\nd\ne"_s });
        row("a comment within a value", "[a]\nb = c\n # x\n d\n", { u"[a]"_s, u"b=c\nd"_s });
        row("empty lines within a value", "[a]\nb = c\n\n\n d\n\n", { u"[a]"_s, u"b=c\n\n\nd"_s });
        row("the same indentation is a new setting", "[a]\n  b = c\n  d = e\n", { u"[a]"_s, u"b=c"_s, u"d=e"_s });
        row("less indentation is a new setting", "[a]\n    b = c\n  d = e\n", { u"[a]"_s, u"b=c"_s, u"d=e"_s });
        row("nested settings", "[a]\ns3 =\n  Max = 1\n  b = c = d\nregion = e\n",
            { u"[a]"_s, u"region=e"_s, u"s3.Max=1"_s, u"s3.b=c = d"_s });
        row("nested settings after an empty line", "[a]\ns3 =\n\n  b = c\n", { u"[a]"_s, u"s3.b=c"_s });
        row("the later nested setting counts", "[a]\ns3 =\n  b = 1\n  b = 2\n", { u"[a]"_s, u"s3.b=2"_s });
        row("DEFAULT is inherited", "[DEFAULT]\nb = 1\nc = 2\n[a]\nb = 3\n", { u"[a]"_s, u"b=3"_s, u"c=2"_s });
        row("DEFAULT at the end too, and nested", "[a]\nb = 3\n[DEFAULT]\ns3 =\n  c = 4\n",
            { u"[a]"_s, u"b=3"_s, u"s3.c=4"_s });
        row("default is a section as any", "[default]\nb = 1\n[a]\n", { u"[default]"_s, u"b=1"_s, u"[a]"_s });
        row("NUL bytes are characters", QByteArray("[a]\nb = c\0d\n", 11), { u"[a]"_s, u"b=c"_s + QChar() + u"d"_s });
        row("other scripts", "[größe]\nname = 日本 \xf0\x9f\x98\x80\n", { u"[größe]"_s, u"name=日本 \U0001F600"_s });
        row("a no-break space is a space", "[a]\n\xc2\xa0 b = c\xc2\xa0\n", { u"[a]"_s, u"b=c"_s });
    }
    void reads()
    {
        QFETCH(QByteArray, text);
        QFETCH(QStringList, expected);
        const IniFile file = parseIni(path, text);
        QCOMPARE(file.problems, QList<Error> {});
        QCOMPARE(flat(file), expected);
    }

    void stopsWhereTheCliStops_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("words"); // in the first problem, after the path
        QTest::newRow("text before a section")
            << QByteArray("\nregion = a\n[b]\n") << u", line 2: there is text before"_s;
        QTest::newRow("a byte order mark")
            << QByteArray("\xef\xbb\xbf[a]\n") << u", line 1: the file begins with a byte"_s;
        QTest::newRow("a section twice") << QByteArray("[a]\n[b]\n[a]\n")
                                         << u", line 3: the section [a] is there twice: in line 1"_s;
        QTest::newRow("a setting twice") << QByteArray("[a]\nb = 1\nB = 2\n")
                                         << u", line 3: the setting b is there twice"_s;
        QTest::newRow("a nested setting twice")
            << QByteArray("[a]\nb =\n  c = 1\nb = 2\n") << u", line 4: the setting b is there twice"_s;
        QTest::newRow("twice over two DEFAULTs")
            << QByteArray("[DEFAULT]\nb = 1\n[DEFAULT]\nb = 2\n") << u", line 4: the setting b is there twice"_s;
        QTest::newRow("no equals sign") << QByteArray("[a]\nb\n") << u", line 2: this line is no setting"_s;
        QTest::newRow("no name") << QByteArray("[a]\n= b\n") << u", line 2: there is no name"_s;
        QTest::newRow("an empty header") << QByteArray("[a]\n[]\n") << u", line 2: this line is no setting"_s;
        QTest::newRow("an open header") << QByteArray("[a]\n[b\n") << u", line 2: this line is no setting"_s;
        QTest::newRow("no equals sign in a nested line") << QByteArray("[a]\ns3 =\n  b\nc = d\n") << u"no setting"_s;
        QTest::newRow("bytes that are no UTF-8")
            << QByteArray("[a]\nb = c\nd = \xff\n") << u", line 3: there are bytes"_s;
        QTest::newRow("UTF-16") << QByteArray("\xff\xfe[\0a\0", 6) << u", line 1: there are bytes"_s;
    }
    void stopsWhereTheCliStops()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, words);
        const IniFile file = parseIni(path, text);
        QVERIFY(!file.problems.isEmpty());
        const Error &first = file.problems.first();
        QCOMPARE(first.kind, Error::Kind::InvalidInput);
        QVERIFY2(first.detail.startsWith(path) && first.detail.contains(words), qPrintable(first.detail));
    }

    void tellsAFewBadLinesAndNotAMillion()
    {
        const IniFile file = parseIni(path, "[a]\n" + QByteArray("x\n").repeated(1000) + "b = c\n");
        QCOMPARE(file.problems.size(), 20);
        QCOMPARE(flat(file), QStringList({ u"[a]"_s, u"b=c"_s }));
    }

    void problemsQuoteNoMegabyte()
    {
        const QByteArray name(1024 * 1024, 'n');
        const IniFile file = parseIni(path, "[" + name + "]\n[" + name + "]\n");
        QCOMPARE(file.problems.size(), 1);
        QVERIFY(file.problems.first().detail.size() < 400);
    }

    //! Ten times the text must take about ten times as long; a square would take a hundred times. Counted is the
    //! processor's time of this process, which other programs do not add to.
    void takesLinearTime_data()
    {
        QTest::addColumn<QByteArray>("start");
        QTest::addColumn<QByteArray>("piece");
        QTest::newRow("a long line") << QByteArray("[a]\nb = ") << QByteArray("xyz ");
        QTest::newRow("a long line of brackets") << QByteArray("[a]\n") << QByteArray("[]");
        QTest::newRow("a long name") << QByteArray("[a]\n") << QByteArray("n ");
        QTest::newRow("lines of one value") << QByteArray("[a]\nb = c\n") << QByteArray(" d\n");
        QTest::newRow("empty lines of one value") << QByteArray("[a]\nb = c\n") << QByteArray("\n\n\n d\n");
        QTest::newRow("lines of one nested setting") << QByteArray("[a]\nb =\n") << QByteArray(" d=e\n");
        QTest::newRow("comments") << QByteArray("[a]\n") << QByteArray("#x\n");
    }
    void takesLinearTime()
    {
        QFETCH(QByteArray, start);
        QFETCH(QByteArray, piece);
        const auto timeFor = [&](qsizetype bytes) {
            const QByteArray text = start + piece.repeated(bytes / piece.size());
            qint64 best = std::numeric_limits<qint64>::max();
            for (int i = 0; i < 3; ++i) {
                const qint64 before = processNanoseconds();
                const IniFile file = parseIni(path, text);
                best = qMin(best, processNanoseconds() - before);
            }
            return best;
        };
        const qint64 small = timeFor(100'000);
        const qint64 large = timeFor(1'000'000);
        QVERIFY2(large < 40 * qMax<qint64>(small, 1'000'000), qPrintable(u"%1 ns, %2 ns"_s.arg(small).arg(large)));
    }

    void boundsInheritance()
    {
        QByteArray text = "[DEFAULT]\n";
        for (int i = 0; i < 5000; ++i)
            text += 'k' + QByteArray::number(i) + "=\n";
        for (int i = 0; i < 5000; ++i)
            text += '[' + QByteArray::number(i) + "]\n";
        const IniFile file = parseIni(path, text);
        QCOMPARE(file.problems.size(), 1);
        QVERIFY(file.problems.first().detail.contains(u"too many"));
    }
};

QTEST_APPLESS_MAIN(TestIniFile)
#include "tst_inifile.moc"
