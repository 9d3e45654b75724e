// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "cli/outputtarget.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

class TestOutputTarget : public QObject {
    Q_OBJECT

    static QByteArray contents(const QString &fileName)
    {
        QFile file(fileName);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("cannot be read");
    }

    static void put(const QString &fileName, const QByteArray &bytes)
    {
        QFile file(fileName);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    QTemporaryDir m_folder;
    QString place(const QString &name) const { return m_folder.filePath(name); }

private slots:
    void initTestCase()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        QVERIFY(m_folder.isValid());
    }

    void init()
    {
        QDir folder(m_folder.path());
        for (const QString &name : folder.entryList(QDir::Files | QDir::System))
            QVERIFY(folder.remove(name));
    }

    void appearsWhenWhole()
    {
        OutputTarget target(place(u"new.csv"_s));
        QVERIFY(target.open());
        QVERIFY(target.canBeTakenBack());
        QVERIFY(target.write("a\r\n"));
        QVERIFY(!QFile::exists(place(u"new.csv"_s)));
        QVERIFY(target.write(std::string(1'000'000, 'x')));
        QVERIFY(target.commit());
        QCOMPARE(contents(place(u"new.csv"_s)), "a\r\n" + QByteArray(1'000'000, 'x'));
        QCOMPARE(QDir(m_folder.path()).entryList(QDir::Files), QStringList({ u"new.csv"_s }));
    }

    void canBeginAnew()
    {
        put(place(u"old.csv"_s), "old");
        OutputTarget target(place(u"old.csv"_s));
        QVERIFY(target.open());
        for (const std::string &begun : { std::string("short"), std::string(1'000'000, 'x') }) {
            QVERIFY(target.write(begun));
            QVERIFY(target.empty());
        }
        QVERIFY(target.write("a\r\n"));
        QCOMPARE(contents(place(u"old.csv"_s)), "old");
        QVERIFY(target.commit());
        QCOMPARE(contents(place(u"old.csv"_s)), "a\r\n");
    }

    void withoutCommitNothingChanges()
    {
        put(place(u"old.csv"_s), "old");
        {
            OutputTarget target(place(u"old.csv"_s));
            QVERIFY(target.open());
            QVERIFY(target.write("new"));
        }
        QCOMPARE(contents(place(u"old.csv"_s)), QByteArray("old"));
        QCOMPARE(QDir(m_folder.path()).entryList(QDir::Files), QStringList({ u"old.csv"_s }));
    }

    void replacesAPlainFile()
    {
        put(place(u"old.csv"_s), "old and longer");
        OutputTarget target(place(u"old.csv"_s));
        QVERIFY(target.open());
        QVERIFY(target.write("new"));
        QVERIFY(target.commit());
        QCOMPARE(contents(place(u"old.csv"_s)), QByteArray("new"));
    }

    void refusesAtOnce_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("a folder") << QString();
        QTest::newRow("in a folder that is not there") << u"nowhere/a.csv"_s;
    }

    void refusesAtOnce()
    {
        QFETCH(const QString, name);
        OutputTarget target(place(name));
        const auto opened = target.open();
        QVERIFY(!opened);
        QCOMPARE(opened.error().kind, Error::Kind::Storage);
        QVERIFY2(opened.error().detail.contains(place(name)), qPrintable(opened.error().detail));
    }

#ifdef Q_OS_LINUX
    // Renaming a file over a device would take the device away from everybody.
    void writesIntoADeviceAndLeavesIt()
    {
        OutputTarget null(u"/dev/null"_s);
        QVERIFY(null.open());
        QVERIFY(!null.canBeTakenBack());
        QVERIFY(null.write("a"));
        QVERIFY(null.commit());
        QVERIFY(!QFileInfo(u"/dev/null"_s).isFile());
    }

    void fullDiskIsAnError()
    {
        OutputTarget full(u"/dev/full"_s);
        QVERIFY(full.open());
        const auto written = full.write("a");
        QVERIFY(!written);
        QCOMPARE(written.error().kind, Error::Kind::Storage);
        QVERIFY2(written.error().detail.contains(u"/dev/full"_s), qPrintable(written.error().detail));
        QVERIFY2(written.error().detail.contains(u"No space left"_s), qPrintable(written.error().detail));
    }
#endif
};

QTEST_GUILESS_MAIN(TestOutputTarget)
#include "tst_outputtarget.moc"
