// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "aws/replies.h"
#include "aws/serviceerror.h"

#include <QDir>
#include <QStringDecoder>
#include <QtTest>

#include <random>

using namespace Qt::Literals::StringLiterals;
using namespace optout;

//! Damages each sample answer in a thousand ways, the same in every run, and asks for either an error that says
//! something or values that are well-formed. Worth most under a sanitizer.
class TestReplyMutations final : public QObject {
    Q_OBJECT

private:
    static constexpr int mutationsPerSample = 1000;

    static QByteArray mutated(QByteArray bytes, const QByteArray &other, std::minstd_rand &random)
    {
        static const QByteArrayList pieces { "\"", "{", "}", "[", "]", ",", ":", "null", "true", "-1e999", "1e309",
            "18446744073709551616", "\\ud800", "\\u0000", "\xff", "\xed\xa0\x80", "\"NextToken\":\"\",", "<script",
            "<!--", "&amp;", QByteArray(1, '\0'), QByteArray(64, '['), QByteArray(1500, '{') };
        const auto below = [&random](qsizetype bound) { return bound > 0 ? qsizetype(random()) % bound : 0; };
        for (qsizetype edits = 1 + below(4); edits > 0; --edits) {
            const qsizetype at = below(bytes.size() + 1);
            switch (below(6)) {
            case 0:
                bytes.truncate(at);
                break;
            case 1:
                bytes.remove(at, 1 + below(20));
                break;
            case 2:
                bytes.insert(at, pieces[below(pieces.size())]);
                break;
            case 3:
                if (at < bytes.size())
                    bytes[at] = char(random() & 0xff);
                break;
            case 4:
                if (at < bytes.size())
                    bytes[at] = char(bytes[at] ^ (1 << below(8)));
                break;
            case 5:
                bytes.insert(at, other.mid(below(other.size()), 1 + below(80)));
                break;
            }
        }
        return bytes;
    }

    static bool isUtf8(std::string_view text)
    {
        QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
        const QString decoded = decoder(QByteArrayView(text.data(), qsizetype(text.size())));
        return !decoder.hasError() && decoded.isValidUtf16();
    }
    static bool isTime(const std::optional<Timestamp> &time) { return !time || toIso8601(*time).size() == 24; }
    static bool isToken(const std::optional<QString> &token)
    {
        return !token || (!token->isEmpty() && token->isValidUtf16());
    }

    static void check(const Error &error)
    {
        QCOMPARE(error.kind, Error::Kind::BadResponse);
        QVERIFY(error.detail.startsWith(u"The answer cannot be read: "_s));
    }
    static void check(const NumbersPage &page)
    {
        QVERIFY(isToken(page.nextToken));
        QVERIFY(page.listArn.isValidUtf16() && page.listName.isValidUtf16());
        for (const OptedOutNumber &number : page.numbers)
            QVERIFY(!number.number.empty() && isUtf8(number.number) && isTime(number.optedOutAt));
    }
    static void check(const ListsPage &page)
    {
        QVERIFY(isToken(page.nextToken));
        for (const OptOutList &list : page.lists)
            QVERIFY(!list.arn.isEmpty() && !list.name.isEmpty() && isTime(list.created));
    }
    static void checkError(const QByteArray &body)
    {
        for (const int status : { 302, 400, 403, 500 }) {
            const ServiceError read =
                readServiceError(status, { { "x-amzn-ErrorType", body.first(body.size() / 2) } }, body);
            const auto *other = std::get_if<OtherServiceError>(&read.shape);
            QVERIFY(!other || !other->isPage || other->message.size() <= 500);
            QVERIFY(!read.code.contains(u'#') && !read.code.contains(u':'));
            const Error error = toError(read);
            QVERIFY(!error.detail.isEmpty() && error.detail.size() <= 2100 && error.detail.isValidUtf16());
            QVERIFY(error.kind != Error::Kind::Internal);
        }
    }

private slots:
    void survives_data()
    {
        QTest::addColumn<QByteArray>("sample");
        QTest::addColumn<QByteArray>("other");
        const QDir folder(QStringLiteral(OPTOUT_TEST_DATA "/aws"));
        QByteArray previous = "{}";
        const QStringList names = folder.entryList(QDir::Files, QDir::Name);
        QVERIFY(names.size() >= 8);
        for (const QString &name : names) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray sample = file.readAll();
            QTest::newRow(qPrintable(name)) << sample << previous;
            previous = sample;
        }
    }
    void survives()
    {
        QFETCH(QByteArray, sample);
        QFETCH(QByteArray, other);
        std::minstd_rand random(20260801);
        int refused = 0;
        for (int i = 0; i < mutationsPerSample; ++i) {
            const QByteArray body = mutated(sample, other, random);
            const Result<NumbersPage> numbers = readNumbersPage(body);
            const Result<ListsPage> lists = readListsPage(body);
            numbers ? check(*numbers) : check(numbers.error());
            lists ? check(*lists) : check(lists.error());
            refused += !numbers && !lists;
            checkError(body);
            if (QTest::currentTestFailed()) {
                qWarning() << "with" << body;
                return;
            }
        }
        QVERIFY(refused > mutationsPerSample / 2); // else the damage would be too gentle to prove anything
    }
};

QTEST_GUILESS_MAIN(TestReplyMutations)
#include "tst_replymutations.moc"
