// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "settings/settings.h"

#include <QFile>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

#include <memory>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

class TestSettings final : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;

    void write(const QByteArray &text) const
    {
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    static SavedConnection connection(const QString &id, const QString &name)
    {
        return { .id = id, .name = name, .region = u"eu-central-1"_s };
    }

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
        m_file = m_folder->filePath(u"settings.ini"_s);
    }

    void startsEmpty()
    {
        const Settings settings(m_file);
        QVERIFY(settings.connections().isEmpty());
        QVERIFY(settings.lastConnectionId().isEmpty());
        QVERIFY(settings.windowGeometry().isEmpty());
        QCOMPARE(settings.optedOutBy(), 0);
        QVERIFY(settings.exportFolder().isEmpty());
    }

    void keepsEverythingBetweenStarts()
    {
        const QList<SavedConnection> connections {
            connection(u"b"_s, u"Zweite, größer; \"mit\" = allem"_s),
            { .id = u"a"_s,
                .name = u"第一"_s,
                .region = u"us-gov-west-1"_s,
                .endpointUrl = u"https://vpce.example:8443/x?y=1"_s,
                .useFips = true,
                .useDualStack = true,
                .keysSaved = false },
        };
        const QByteArray bytes("\x00\x01\xff;=[]", 7);
        {
            Settings settings(m_file);
            settings.setConnections(connections);
            settings.setLastConnectionId(u"a"_s);
            settings.setWindowGeometry(bytes);
            settings.setSplitterState(bytes);
            settings.setTableHeaderState(bytes);
            settings.setOptedOutBy(2);
            settings.setFromText(u"2024-03-01"_s);
            settings.setUntilText(u"2024-03-31 12:00"_s);
            settings.setExportFolder(u"/home/somebody/Exports, old"_s);
        }
        const Settings settings(m_file);
        QCOMPARE(settings.connections(), connections);
        QCOMPARE(settings.lastConnectionId(), u"a"_s);
        QCOMPARE(settings.windowGeometry(), bytes);
        QCOMPARE(settings.splitterState(), bytes);
        QCOMPARE(settings.tableHeaderState(), bytes);
        QCOMPARE(settings.optedOutBy(), 2);
        QCOMPARE(settings.fromText(), u"2024-03-01"_s);
        QCOMPARE(settings.untilText(), u"2024-03-31 12:00"_s);
        QCOMPARE(settings.exportFolder(), u"/home/somebody/Exports, old"_s);
    }

    void aShorterListLeavesNothingBehind()
    {
        {
            Settings settings(m_file);
            settings.setConnections({ connection(u"a"_s, u"First"_s), connection(u"b"_s, u"Leftover"_s) });
            settings.setConnections({ connection(u"a"_s, u"First"_s) });
        }
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("Leftover"));
        QCOMPARE(Settings(m_file).connections().size(), 1);
    }

    void toleratesDamage_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("ids");
        QTest::newRow("no INI file at all") << QByteArray("\x89PNG\r\n\x1a\n\0\0\0", 11) << QStringList();
        QTest::newRow("a size that is no number")
            << QByteArray("[connections]\nsize=many\n1\\id=a\n1\\name=A\n") << QStringList();
        QTest::newRow("a negative size") << QByteArray("[connections]\nsize=-5\n1\\id=a\n1\\name=A\n") << QStringList();
        QTest::newRow("a size far too large")
            << QByteArray("[connections]\nsize=2000000000\n1\\id=a\n1\\name=A\n") << QStringList { u"a"_s };
        QTest::newRow("an entry without id")
            << QByteArray("[connections]\nsize=2\n1\\name=A\n2\\id=b\n2\\name=B\n") << QStringList { u"b"_s };
        QTest::newRow("an entry without name")
            << QByteArray("[connections]\nsize=2\n1\\id=a\n2\\id=b\n2\\name=B\n") << QStringList { u"b"_s };
        QTest::newRow("the same id twice")
            << QByteArray("[connections]\nsize=2\n1\\id=a\n1\\name=A\n2\\id=a\n2\\name=B\n") << QStringList { u"a"_s };
        QTest::newRow("a switch that is none")
            << QByteArray("[connections]\nsize=1\n1\\id=a\n1\\name=A\n1\\useFips=perhaps\n") << QStringList { u"a"_s };
    }
    void toleratesDamage()
    {
        QFETCH(QByteArray, text);
        QFETCH(QStringList, ids);
        write(text);
        QStringList found;
        const QList<SavedConnection> connections = Settings(m_file).connections();
        for (const SavedConnection &one : connections)
            found.append(one.id);
        QCOMPARE(found, ids);
    }

    void takesNoFilterThatIsNone_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("too large") << QByteArray("7");
        QTest::newRow("negative") << QByteArray("-1");
        QTest::newRow("a word") << QByteArray("both");
    }
    void takesNoFilterThatIsNone()
    {
        QFETCH(QByteArray, value);
        write("[filter]\noptedOutBy=" + value + '\n');
        QCOMPARE(Settings(m_file).optedOutBy(), 0);
    }

    void cutsAndCleansNames()
    {
        write("[connections]\nsize=1\n1\\id=a\n1\\name=\" two\\nlines \"\n");
        QCOMPARE(Settings(m_file).connections().constFirst().name, u"two lines"_s);
        write("[connections]\nsize=1\n1\\id=a\n1\\name=" + QByteArray(500, 'x') + '\n');
        QCOMPARE(Settings(m_file).connections().constFirst().name.size(), 64);
    }

    void readsAsWithoutAFileAtFirst()
    {
        const Settings settings(m_file);
        QCOMPARE(settings.headroomPercent(), 10);
        QCOMPARE(settings.maxRate(), 0.0);
        QCOMPARE(settings.giveUpAfter(), std::chrono::seconds(600));
        QVERIFY(!settings.keepsUnfinishedReads().has_value());
        QCOMPARE(settings.keepReadsForDays(), 7);
        QVERIFY(settings.notifiesAtEnd());
        QVERIFY(!settings.inhibitsSleep());
    }

    void keepsHowToReadBetweenStarts()
    {
        {
            Settings settings(m_file);
            settings.setHeadroomPercent(0);
            settings.setMaxRate(2.5);
            settings.setGiveUpAfter(std::chrono::hours(2));
            settings.setKeepsUnfinishedReads(false);
            settings.setKeepReadsForDays(30);
            settings.setNotifiesAtEnd(false);
            settings.setInhibitsSleep(true);
        }
        Settings settings(m_file);
        QCOMPARE(settings.headroomPercent(), 0);
        QCOMPARE(settings.maxRate(), 2.5);
        QCOMPARE(settings.giveUpAfter(), std::chrono::hours(2));
        QCOMPARE(settings.keepsUnfinishedReads(), std::optional<bool>(false));
        QCOMPARE(settings.keepReadsForDays(), 30);
        QVERIFY(!settings.notifiesAtEnd());
        QVERIFY(settings.inhibitsSleep());
        settings.setKeepsUnfinishedReads(true);
        QCOMPARE(settings.keepsUnfinishedReads(), std::optional<bool>(true));
        settings.setKeepsUnfinishedReads({});
        QVERIFY(!settings.keepsUnfinishedReads().has_value());
    }

    void boundsHowToRead_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("headroom");
        QTest::addColumn<double>("rate");
        QTest::addColumn<int>("giveUp");
        QTest::addColumn<int>("days");
        QTest::newRow("too large") << QByteArray(
            "[reading]\nheadroomPercent=100\nmaxRate=1e9\ngiveUpAfter=99999999\n[unfinishedReads]\n"
            "days=4000\nkeep=true\n")
                                   << 90 << 1000.0 << 604800 << 365;
        QTest::newRow("too small") << QByteArray("[reading]\nheadroomPercent=-5\nmaxRate=-1\ngiveUpAfter=0\n"
                                                 "[unfinishedReads]\ndays=0\nkeep=true\n")
                                   << 0 << 0.0 << 1 << 1;
        QTest::newRow("no numbers") << QByteArray("[reading]\nheadroomPercent=some\nmaxRate=nan\ngiveUpAfter=long\n"
                                                  "[unfinishedReads]\ndays=few\nkeep=true\n")
                                    << 10 << 0.0 << 600 << 7;
    }
    void boundsHowToRead()
    {
        QFETCH(QByteArray, text);
        write(text);
        const Settings settings(m_file);
        QTEST(settings.headroomPercent(), "headroom");
        QTEST(settings.maxRate(), "rate");
        QTEST(int(settings.giveUpAfter().count()), "giveUp");
        QTEST(settings.keepReadsForDays(), "days");
        QCOMPARE(settings.keepsUnfinishedReads(), std::optional<bool>(true));
    }

    void takesOnlyAClearYesToKeepReads()
    {
        write("[unfinishedReads]\nkeep=perhaps\n");
        QVERIFY(!Settings(m_file).keepsUnfinishedReads().has_value());
    }

    void knowsTheSizeOfAListByListAndFilter()
    {
        const QString arn = u"arn:aws:sms-voice:eu-central-1:111122223333:opt-out-list/Secret"_s;
        const Timestamp when { std::chrono::milliseconds(1'700'000'000'123) };
        QVERIFY(listKeyOf({}, {}).isEmpty());
        QCOMPARE(QSet<QString>(
                     { listKeyOf(arn, {}), listKeyOf(arn, true), listKeyOf(arn, false), listKeyOf(arn + u'2', {}) })
                     .size(),
            4);
        {
            Settings settings(m_file);
            settings.setLastCompleteRows({}, 5, when);
            settings.setLastCompleteRows(listKeyOf(arn, true), 4'000'000'000U, when);
        }
        const Settings settings(m_file);
        QVERIFY(!settings.lastCompleteRows({}).has_value());
        QVERIFY(!settings.lastCompleteRows(listKeyOf(arn, {})).has_value());
        const CompleteRows expected { .rows = 4'000'000'000U, .when = when };
        QCOMPARE(settings.lastCompleteRows(listKeyOf(arn, true)).value_or(CompleteRows()), expected);
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QVERIFY(!text.contains("Secret"));
        QVERIFY(!text.contains("111122223333"));
    }

    void dropsTheOldestSizes()
    {
        Settings settings(m_file);
        const auto at = [](int minute) { return Timestamp(std::chrono::minutes(minute)); };
        for (int i = 0; i < Settings::mostCompleteRows; ++i)
            settings.setLastCompleteRows(listKeyOf(QString::number(i), {}), 1, at(1000 - i));
        settings.setLastCompleteRows(u"late"_s, 1, at(5000));
        QVERIFY(!settings.lastCompleteRows(listKeyOf(QString::number(Settings::mostCompleteRows - 1), {})));
        QVERIFY(settings.lastCompleteRows(listKeyOf(u"0"_s, {})));
        // The computer's clock stands wrong: what was read just now is known all the same.
        settings.setLastCompleteRows(u"new"_s, 7, at(0));
        QCOMPARE(settings.lastCompleteRows(u"new"_s).value_or(CompleteRows()).rows, 7U);
        QVERIFY(settings.lastCompleteRows(u"late"_s));
        QVERIFY(!settings.lastCompleteRows(listKeyOf(QString::number(Settings::mostCompleteRows - 2), {})));
    }

    void livesInTheUsersPlace()
    {
        const QByteArray before = qgetenv("XDG_CONFIG_HOME");
        qputenv("XDG_CONFIG_HOME", m_folder->path().toUtf8());
        {
            Settings settings(u"organisation"_s, u"program"_s);
            settings.setLastConnectionId(u"x"_s);
        }
        const bool found = QFile::exists(m_folder->filePath(u"organisation/program.ini"_s));
        if (before.isNull())
            qunsetenv("XDG_CONFIG_HOME");
        else
            qputenv("XDG_CONFIG_HOME", before);
#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)
        QVERIFY(found);
#else
        Q_UNUSED(found)
#endif
    }
};

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
