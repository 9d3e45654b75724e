// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "aws/action.h"
#include "aws/credentials.h"

#include <QtTest>

#include <memory>

using namespace Qt::Literals::StringLiterals;
using namespace optout;

class TestCredentials final : public QObject {
    Q_OBJECT

private:
    static Credentials example()
    {
        return { .accessKeyId = u"AKIDEXAMPLE00000001"_s,
            .secretAccessKey = Secret(QByteArrayView("a/b+c=")),
            .sessionToken = Secret(QByteArrayView("token==")) };
    }

private slots:
    void init()
    {
        for (const char *name :
            { "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_REGION", "AWS_DEFAULT_REGION" })
            qunsetenv(name);
    }

    void namesTheTargets()
    {
        QCOMPARE(targetOf(Action::DescribeOptedOutNumbers), "PinpointSMSVoiceV2.DescribeOptedOutNumbers");
        QCOMPARE(targetOf(Action::DescribeOptOutLists), "PinpointSMSVoiceV2.DescribeOptOutLists");
    }

    void answersOnceFromTheEventLoop()
    {
        StaticCredentialsProvider provider(example());
        QObject context;
        int calls = 0;
        Result<Credentials> answer;
        provider.provide(&context, [&](const Result<Credentials> &given) {
            ++calls;
            answer = given;
        });
        QCOMPARE(calls, 0);
        QTRY_COMPARE(calls, 1);
        QVERIFY(answer.has_value());
        QCOMPARE(answer->accessKeyId, example().accessKeyId);
        QVERIFY(answer->secretAccessKey == example().secretAccessKey);
        QVERIFY(answer->sessionToken == example().sessionToken);
        QCoreApplication::sendPostedEvents();
        QCOMPARE(calls, 1);
        QVERIFY(!provider.invalidate(u"AKID"_s));
    }

    void isSilentWhenTheContextIsGone()
    {
        StaticCredentialsProvider provider(example());
        int calls = 0;
        auto context = std::make_unique<QObject>();
        provider.provide(context.get(), [&](const Result<Credentials> &) { ++calls; });
        context.reset();
        QCoreApplication::sendPostedEvents();
        QCOMPARE(calls, 0);
    }

    void answersThoughTheProviderIsGone()
    {
        auto provider = std::make_unique<StaticCredentialsProvider>(example());
        QObject context;
        QString key;
        provider->provide(&context, [&](const Result<Credentials> &given) { key = given->accessKeyId; });
        provider.reset();
        QTRY_COMPARE(key, example().accessKeyId);
    }

    void refusesEmptyKeys_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QByteArray>("secret");
        QTest::newRow("no id") << QString() << "secret"_ba;
        QTest::newRow("no secret") << u"AKIDEXAMPLE00000001"_s << QByteArray();
        QTest::newRow("neither") << QString() << QByteArray();
    }
    void refusesEmptyKeys()
    {
        QFETCH(QString, id);
        QFETCH(QByteArray, secret);
        StaticCredentialsProvider provider(
            { .accessKeyId = id, .secretAccessKey = Secret(QByteArrayView(secret)), .sessionToken = {} });
        QObject context;
        std::optional<Error::Kind> kind;
        provider.provide(&context, [&](const Result<Credentials> &given) { kind = given.error().kind; });
        QTRY_VERIFY(kind.has_value());
        QCOMPARE(*kind, Error::Kind::NoCredentials);
    }

    void readsTheEnvironment_data()
    {
        QTest::addColumn<QByteArray>("id");
        QTest::addColumn<QByteArray>("secret");
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<bool>("found");
        QTest::newRow("nothing") << QByteArray() << QByteArray() << QByteArray() << false;
        QTest::newRow("long-term keys") << "AKID"_ba
                                        << "a/b+c="_ba << QByteArray() << true;
        QTest::newRow("with a session token") << "ASIA"_ba
                                              << "a/b+c="_ba
                                              << "tok=="_ba << true;
        QTest::newRow("id alone") << "AKID"_ba << QByteArray() << QByteArray() << false;
        QTest::newRow("secret alone") << QByteArray() << "a/b+c="_ba << QByteArray() << false;
        QTest::newRow("token alone") << QByteArray() << QByteArray() << "tok=="_ba << false;
    }
    void readsTheEnvironment()
    {
        QFETCH(QByteArray, id);
        QFETCH(QByteArray, secret);
        QFETCH(QByteArray, token);
        qputenv("AWS_ACCESS_KEY_ID", id);
        qputenv("AWS_SECRET_ACCESS_KEY", secret);
        qputenv("AWS_SESSION_TOKEN", token);
        const std::optional<Credentials> read = credentialsFromEnvironment();
        QTEST(read.has_value(), "found");
        if (read) {
            QCOMPARE(read->accessKeyId.toUtf8(), id);
            QCOMPARE(read->secretAccessKey.expose(), QByteArrayView(secret));
            QCOMPARE(read->sessionToken.expose(), QByteArrayView(token));
            QVERIFY(!read->expires);
        }
    }

    void prefersAwsRegion()
    {
        QCOMPARE(regionFromEnvironment(), QString());
        qputenv("AWS_DEFAULT_REGION", "eu-west-1");
        QCOMPARE(regionFromEnvironment(), u"eu-west-1"_s);
        qputenv("AWS_REGION", "us-east-2");
        QCOMPARE(regionFromEnvironment(), u"us-east-2"_s);
        qputenv("AWS_REGION", "");
        QCOMPARE(regionFromEnvironment(), u"eu-west-1"_s);
    }
};

QTEST_GUILESS_MAIN(TestCredentials)
#include "tst_credentials.moc"
