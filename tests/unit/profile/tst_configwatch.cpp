// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "profile/configwatch.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <cstdio>
#include <memory>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace optout;

//! On the disk itself: what file systems tell of a change is not to be guessed.
class TestConfigWatch final : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        m_regions.clear();
    }

    void seesAFileThatIsMadeLater()
    {
        QVERIFY(QDir(m_home->path()).mkdir(u".aws"_s));
        watch();
        QTRY_COMPARE(m_regions, QStringList { u""_s });
        write(config(), "a");
        QTRY_COMPARE(m_regions.last(), u"a"_s);
    }

    void seesAFolderThatIsMadeLater()
    {
        watch();
        QTRY_COMPARE(m_regions, QStringList { u""_s });
        QVERIFY(QDir(m_home->path()).mkdir(u".aws"_s));
        QTest::qWait(200); // long enough for the folder to be seen without the file
        write(config(), "a");
        QTRY_COMPARE(m_regions.last(), u"a"_s);
    }

    void seesOverwriting()
    {
        start("a");
        for (const char *region : { "b", "c", "d" }) {
            write(config(), region);
            QTRY_COMPARE(m_regions.last(), QLatin1StringView(region));
        }
    }

    //! As editors and the CLI save: a new file takes the place of the old one. Again, because the watcher lost the
    //! first.
    void seesReplacing()
    {
        start("a");
        for (const char *region : { "b", "c", "d" }) {
            write(config() + u"~"_s, region);
            QCOMPARE(std::rename(qPrintable(config() + u"~"_s), qPrintable(config())), 0);
            QTRY_COMPARE(m_regions.last(), QLatin1StringView(region));
        }
    }

    void seesDeletingAndMakingAgain()
    {
        start("a");
        QVERIFY(QFile::remove(config()));
        QTRY_COMPARE(m_regions.last(), u""_s);
        write(config(), "b");
        QTRY_COMPARE(m_regions.last(), u"b"_s);
        QVERIFY(QDir(m_home->filePath(u".aws"_s)).removeRecursively());
        QTRY_COMPARE(m_regions.last(), u""_s);
        QVERIFY(QDir(m_home->path()).mkdir(u".aws"_s));
        write(config(), "c");
        QTRY_COMPARE(m_regions.last(), u"c"_s);
    }

    void seesTheFileBehindALink()
    {
        QVERIFY(QDir(m_home->path()).mkpath(u".aws"_s) && QDir(m_home->path()).mkpath(u"dotfiles"_s));
        const QString real = m_home->filePath(u"dotfiles/config"_s);
        write(real, "a");
        QVERIFY(QFile::link(real, config()));
        watch();
        QTRY_COMPARE(m_regions, QStringList { u"a"_s });
        write(real + u"~"_s, "b");
        QCOMPARE(std::rename(qPrintable(real + u"~"_s), qPrintable(real)), 0);
        QTRY_COMPARE(m_regions.last(), u"b"_s);
    }

    void tellsATokenOfTheCliWithoutReadingTheFilesAgain()
    {
        start("a");
        QSignalSpy changed(m_watch.get(), &ConfigWatch::changed);
        QVERIFY(QDir(m_home->path()).mkpath(u".aws/sso/cache"_s));
        QTest::qWait(200);
        write(m_home->filePath(u".aws/sso/cache/0.json"_s), "a");
        QTRY_COMPARE(changed.size(), 1);
        QCOMPARE(m_regions, QStringList { u"a"_s });
    }

    void tellsManyChangesOnce()
    {
        start("a");
        QSignalSpy changed(m_watch.get(), &ConfigWatch::changed);
        for (int i = 0; i < 20; ++i) {
            write(config(), QByteArray::number(i));
            QTest::qWait(2);
        }
        QTRY_COMPARE(m_regions.last(), u"19"_s);
        QTest::qWait(200);
        QVERIFY2(changed.size() <= 5, qPrintable(QString::number(changed.size())));
    }

    void otherFilesInTheHomeFolderAreNoChange()
    {
        watch();
        QTRY_COMPARE(m_regions.size(), 1);
        QSignalSpy changed(m_watch.get(), &ConfigWatch::changed);
        write(m_home->filePath(u"letter.txt"_s), "a");
        QTest::qWait(300);
        QCOMPARE(changed.size(), 0);
        QCOMPARE(m_regions.size(), 1);
    }

    void canGoAtAnyTime()
    {
        for (int i = 0; i < 20; ++i) {
            watch();
            if (i % 2 == 0)
                QTest::qWait(1);
            m_watch.reset();
        }
        ConfigWatch neverStarted((Environment()));
    }

    void doesNotWaitForADiskThatHangs()
    {
        QSemaphore reading;
        // Not on the stack: the thread goes on after this test.
        const auto answers = std::make_shared<QSemaphore>();
        m_watch = std::make_unique<ConfigWatch>(
            Environment({ { u"HOME"_s, m_home->path() } }), nullptr, 30ms, [&reading, answers](const Environment &) {
                reading.release();
                answers->tryAcquire(1, 20'000);
                return SharedConfig();
            });
        m_watch->start();
        QVERIFY(reading.tryAcquire(1, 5'000));
        QElapsedTimer time;
        time.start();
        m_watch.reset();
        QVERIFY2(time.elapsed() < 6'000, qPrintable(QString::number(time.elapsed())));
        answers->release();
        QTest::qWait(1'000); // whoever it tells is gone, and the thread goes by itself
    }

    void cleanup() { m_watch.reset(); }

private:
    QString config() const { return m_home->filePath(u".aws/config"_s); }

    static void write(const QString &path, const QByteArray &region)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.write("[default]\nregion = " + region + "\n") > 0);
    }

    void watch()
    {
        m_watch = std::make_unique<ConfigWatch>(
            Environment({ { u"HOME"_s, m_home->path() }, { u"USERPROFILE"_s, m_home->path() } }), nullptr, 30ms);
        connect(m_watch.get(), &ConfigWatch::configChanged, this, [this](const SharedConfig &read) {
            const ConfigSection *section = read.profile(u"default"_s);
            m_regions += section ? section->value(u"region"_s) : u""_s;
        });
        m_watch->start();
    }

    //! With a config file that is read already.
    void start(const QByteArray &region)
    {
        QVERIFY(QDir(m_home->path()).mkdir(u".aws"_s));
        write(config(), region);
        watch();
        QTRY_COMPARE(m_regions, QStringList { QString::fromLatin1(region) });
    }

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<ConfigWatch> m_watch;
    QStringList m_regions;
};

QTEST_GUILESS_MAIN(TestConfigWatch)
#include "tst_configwatch.moc"
