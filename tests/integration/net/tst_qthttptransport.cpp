// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "net/qthttptransport.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

using namespace optout;
using namespace Qt::Literals::StringLiterals;

using Kind = Error::Kind;

class TestQtHttpTransport final : public QObject {
    Q_OBJECT
private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void caBundle();
    void noCaBundle_data();
    void noCaBundle();
};

void TestQtHttpTransport::caBundle()
{
    QtHttpTransport transport;
    const Result<Done> missing = transport.setCaBundle(u"/nowhere/bundle.pem"_s);
    QVERIFY(!missing);
    QCOMPARE(missing.error().kind, Kind::Storage);
    QVERIFY(missing.error().detail.contains(u"/nowhere/bundle.pem"));
    const Result<Done> empty = transport.setCaBundle(QFINDTESTDATA("CMakeLists.txt"));
    QVERIFY(!empty);
    QCOMPARE(empty.error().kind, Kind::InvalidInput);
}

void TestQtHttpTransport::noCaBundle_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("words");
    QTest::newRow("a folder") << u"."_s << u"it is a folder"_s;
    QTest::newRow("too large") << u"large"_s << u"larger than 16 MiB"_s;
#ifdef Q_OS_UNIX
    QTest::newRow("a pipe") << u"pipe"_s << u"no ordinary file"_s;
    QTest::newRow("a device without end") << u"/dev/zero"_s << u"no ordinary file"_s;
#endif
}

//! A pipe would be waited for, and a device read, until the test is ended.
void TestQtHttpTransport::noCaBundle()
{
    QFETCH(const QString, file);
    QFETCH(const QString, words);
    QTemporaryDir folder;
    const QString path = QDir(folder.path()).absoluteFilePath(file);
    QFile large(folder.filePath(u"large"_s));
    QVERIFY(large.open(QIODevice::WriteOnly) && large.resize(16 * 1024 * 1024 + 1));
#ifdef Q_OS_UNIX
    QCOMPARE(::mkfifo(QFile::encodeName(folder.filePath(u"pipe"_s)).constData(), 0600), 0);
#endif
    QtHttpTransport transport;
    const Result<Done> taken = transport.setCaBundle(path);
    QVERIFY(!taken);
    QCOMPARE(taken.error().kind, Kind::Storage);
    QVERIFY2(
        taken.error().detail.contains(path) && taken.error().detail.contains(words), qPrintable(taken.error().detail));
}

QTEST_GUILESS_MAIN(TestQtHttpTransport)
#include "tst_qthttptransport.moc"
