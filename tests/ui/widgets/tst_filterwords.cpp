// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "cli/options.h"
#include "widgets/elidinglabel.h"
#include "widgets/filterbar.h"

#include <QLineEdit>
#include <QtTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

//! The filter bar and the options of `export` take the same texts, make the same filter of them, and say the same of
//! those they do not take.
class TestFilterWords final : public QObject {
    Q_OBJECT

private slots:
    void sameInBoth_data()
    {
        QTest::addColumn<QString>("number");
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("until");
        const auto row = [](const char *name, const QString &number, const QString &from, const QString &until) {
            QTest::newRow(name) << number << from << until;
        };
        row("prefix", u"+1 416"_s, {}, {});
        row("wildcard", u"1416*0?"_s, {}, {});
        row("letters", u"Acme"_s, {}, {});
        row("comma", u"1,2"_s, {}, {});
        row("too long", QString(65, u'1'), {}, {});
        row("days", {}, u"1970-01-01"_s, u"9999-12-31"_s);
        row("minute and second", {}, u"2024-03-01 10:02"_s, u"2024-03-01T10:02:33Z"_s);
        row("all", u"555"_s, u"2024-03-01"_s, u"2024-03-01"_s);
        row("no day", {}, u"2023-02-29"_s, {});
        row("no date", {}, {}, u"tomorrow"_s);
        row("the wrong way round", {}, u"2024-03-02"_s, u"2024-03-01"_s);
    }

    void sameInBoth()
    {
        QFETCH(const QString, number);
        QFETCH(const QString, from);
        QFETCH(const QString, until);
        FilterBar bar;
        QStringList arguments { u"export"_s, u"--list=A"_s };
        const auto type = [&](const QString &field, const QString &option, const QString &text) {
            if (text.isEmpty())
                return;
            auto *edit = bar.findChild<QLineEdit *>(field);
            QVERIFY(edit);
            edit->setMaxLength(200);
            edit->setText(text);
            arguments << u"--%1=%2"_s.arg(option, text);
        };
        type(u"numberFilter"_s, u"number"_s, number);
        type(u"optedOutFrom"_s, u"from"_s, from);
        type(u"optedOutUntil"_s, u"until"_s, until);
        QTest::qWait(100); // the bar waits for more keys

        const Result<CliOptions> options = parseOptions(arguments);
        QString problem = bar.findChild<ElidingLabel *>(u"filterProblem"_s)->fullText();
        if (options) {
            QCOMPARE(options->query.filter, bar.filter());
            // Letters are taken by both, and told of when the export begins.
            QCOMPARE(problem.isEmpty(), !options->query.filter.number.looksForText());
            return;
        }
        QVERIFY(!problem.isEmpty());
        problem.chop(1); // the full stop
        QVERIFY2(options.error().detail.endsWith(problem), qPrintable(options.error().detail + u" / "_s + problem));
    }
};

QTEST_MAIN(TestFilterWords)
#include "tst_filterwords.moc"
