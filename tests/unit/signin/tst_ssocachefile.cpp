// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "signin/ssocachefile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <sys/stat.h>

#include <thread>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

namespace {
Secret text(char c) { return Secret(QByteArray(30'000, c)); }

unsigned mode(const QString &path)
{
    struct stat info { };
    return ::stat(QFile::encodeName(path).constData(), &info) == 0 ? info.st_mode & 07777U : 0;
}
} // namespace

class TestSsoCacheFile final : public QObject {
    Q_OBJECT
private slots:
    void init() { ::umask(0); } // what protects a file is not the umask

    void makesFoldersAndFileForTheOwnerOnly()
    {
        const QTemporaryDir home;
        const QString path = home.path() + u"/.aws/sso/cache/x.json"_s;
        QVERIFY(writeCacheFile(path, Secret(QByteArrayView("{}"))));
        QCOMPARE(mode(path), 0600U);
        QCOMPARE(mode(home.path() + u"/.aws/sso/cache"_s), 0700U);
        QCOMPARE(mode(home.path() + u"/.aws"_s), 0700U);
        QCOMPARE(readCacheFile(path)->expose(), QByteArrayView("{}"));
        QCOMPARE(QDir(home.path() + u"/.aws/sso/cache"_s).entryList(QDir::Files), QStringList { u"x.json"_s });
    }

    void closesAFileThatWasOpenToAll()
    {
        const QTemporaryDir home;
        const QString path = home.path() + u"/x.json"_s;
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        QCOMPARE(mode(path), 0666U);
        QVERIFY(writeCacheFile(path, text('a')));
        QCOMPARE(mode(path), 0600U);
    }

    void readersNeverSeeHalfAFile()
    {
        const QTemporaryDir home;
        const QString path = home.path() + u"/x.json"_s;
        QVERIFY(writeCacheFile(path, text('a')));
        std::atomic<bool> go { true };
        std::vector<std::jthread> writers;
        for (const char c : { 'a', 'b' })
            writers.emplace_back([&, c] {
                while (go)
                    std::ignore = writeCacheFile(path, text(c));
            });
        for (int i = 0; i < 300; ++i) {
            const Result<Secret> read = readCacheFile(path);
            QVERIFY2(read, read ? "" : qPrintable(read.error().detail));
            QVERIFY(*read == text('a') || *read == text('b'));
        }
        go = false;
    }

    void refusesWhatIsNoSmallPlainFile()
    {
        const QTemporaryDir home;
        const QString missing = home.path() + u"/missing"_s;
        QCOMPARE(readCacheFile(missing).error().kind, Error::Kind::NotFound);

        const QString pipe = home.path() + u"/pipe"_s;
        QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
        QCOMPARE(readCacheFile(pipe).error().kind, Error::Kind::Storage);
        QVERIFY(readCacheFile(pipe).error().detail.contains(pipe));

        QCOMPARE(readCacheFile(home.path()).error().kind, Error::Kind::Storage);

        const QString large = home.path() + u"/large"_s;
        QFile file(large);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(64 * 1024 + 1, ' '));
        file.close();
        QCOMPARE(readCacheFile(large).error().kind, Error::Kind::Storage);
        QVERIFY(file.resize(64 * 1024));
        QVERIFY(readCacheFile(large));
    }

    void saysWhatCannotBeWritten()
    {
        const QTemporaryDir home;
        const QString blocked = home.path() + u"/file"_s;
        QFile file(blocked);
        QVERIFY(file.open(QIODevice::WriteOnly));
        const Result<Done> written = writeCacheFile(blocked + u"/cache/x.json"_s, text('a'));
        QCOMPARE(written.error().kind, Error::Kind::Storage);
        QVERIFY(written.error().detail.contains(blocked));
    }

    void aWorkersAnswerComesInTheCallersThreadOrNotAtAll()
    {
        QThread *caller = QThread::currentThread();
        QThread *worker = nullptr;
        int answer = 0;
        inWorker(
            this,
            [&worker] {
                worker = QThread::currentThread();
                return 7;
            },
            [&](int value) {
                QCOMPARE(QThread::currentThread(), caller);
                answer = value;
            });
        QCOMPARE(answer, 0);
        QTRY_COMPARE(answer, 7);
        QVERIFY(worker && worker != caller);

        auto context = std::make_unique<QObject>();
        inWorker(
            context.get(), [] { return 8; }, [&](int value) { answer = value; });
        context.reset();
        QTest::qWait(50);
        QCOMPARE(answer, 7);
    }
};

QTEST_GUILESS_MAIN(TestSsoCacheFile)
#include "tst_ssocachefile.moc"
