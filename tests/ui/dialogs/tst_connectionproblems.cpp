// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "dialogs/connectionproblems.h"

#include <QtTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;
using Field = ConnectionField;

class TestConnectionProblems final : public QObject {
    Q_OBJECT

    static ConnectionInput good()
    {
        return { .connection = { .name = u"Production"_s, .region = u"eu-central-1"_s },
            .accessKeyId = u"AKIAIOSFODNN7EXAMPLE"_s,
            .hasSecret = true,
            .keysRequired = true };
    }

private slots:
    void findsThem_data()
    {
        QTest::addColumn<ConnectionInput>("input");
        QTest::addColumn<QList<Field>>("fields");
        const auto row = [](const char *title, const QList<Field> &fields, auto change) {
            ConnectionInput input = good();
            change(input);
            QTest::newRow(title) << input << fields;
        };
        row("nothing wrong", {}, [](ConnectionInput &) {});
        row("no name", { Field::Name }, [](auto &i) { i.connection.name.clear(); });
        row("a long name", { Field::Name }, [](auto &i) { i.connection.name = QString(65, u'x'); });
        row("a name that is taken", { Field::Name }, [](auto &i) { i.nameFree = false; });
        row("no region", { Field::Region }, [](auto &i) { i.connection.region.clear(); });
        row("a region for another host", { Field::Region },
            [](auto &i) { i.connection.region = u"x.evil.example/"_s; });
        row("a region yet unknown", {}, [](auto &i) { i.connection.region = u"eu-north-9"_s; });
        row("no keys", { Field::AccessKeyId, Field::SecretAccessKey }, [](auto &i) {
            i.accessKeyId.clear();
            i.hasSecret = false;
        });
        row("no new keys", {}, [](auto &i) {
            i.accessKeyId.clear();
            i.hasSecret = i.keysRequired = false;
        });
        row("a secret alone", { Field::AccessKeyId }, [](auto &i) {
            i.accessKeyId.clear();
            i.keysRequired = false;
        });
        row("an id alone", { Field::SecretAccessKey }, [](auto &i) { i.hasSecret = i.keysRequired = false; });
        row("a short id", { Field::AccessKeyId }, [](auto &i) { i.accessKeyId = u"AKIA"_s; });
        row("an id with a blank", { Field::AccessKeyId }, [](auto &i) { i.accessKeyId = u"AKIAIOSFODNN7 EXAMPLE"_s; });
        row("a temporary id without token", { Field::SessionToken },
            [](auto &i) { i.accessKeyId = u"ASIAIOSFODNN7EXAMPLE"_s; });
        row("a temporary id with token", {}, [](auto &i) {
            i.accessKeyId = u"ASIAIOSFODNN7EXAMPLE"_s;
            i.hasToken = true;
        });
        row("an endpoint", {}, [](auto &i) { i.connection.endpointUrl = u"https://vpce.example:8443"_s; });
        row("http on loopback", {}, [](auto &i) { i.connection.endpointUrl = u"http://127.0.0.1:4566"_s; });
        row("http elsewhere", { Field::Endpoint }, [](auto &i) { i.connection.endpointUrl = u"http://example.com"_s; });
        row("no URL", { Field::Endpoint }, [](auto &i) { i.connection.endpointUrl = u"not a url"_s; });
        row("an endpoint with FIPS", { Field::Endpoint }, [](auto &i) {
            i.connection.endpointUrl = u"https://vpce.example"_s;
            i.connection.useFips = true;
        });
    }
    void findsThem()
    {
        QFETCH(ConnectionInput, input);
        QFETCH(QList<Field>, fields);
        const ConnectionProblems::Map problems = ConnectionProblems::of(input);
        QCOMPARE(problems.keys(), fields);
        for (const QString &sentence : problems)
            QVERIFY2(sentence.endsWith(u'.'), qPrintable(sentence));
    }
};

QTEST_GUILESS_MAIN(TestConnectionProblems)
#include "tst_connectionproblems.moc"
