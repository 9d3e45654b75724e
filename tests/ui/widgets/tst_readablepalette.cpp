// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/readablepalette.h"

#include <QtTest>

using namespace optout;

class TestReadablePalette final : public QObject {
    Q_OBJECT

private slots:
    void mendsWhatCannotBeRead_data()
    {
        QTest::addColumn<QColor>("base");
        QTest::addColumn<QColor>("text");
        QTest::addColumn<QColor>("placeholder");
        QTest::addColumn<bool>("mended");
        QTest::newRow("light") << QColor(Qt::white) << QColor(Qt::black) << QColor(0, 0, 0, 128) << false;
        QTest::newRow("dark") << QColor(30, 30, 30) << QColor(Qt::white) << QColor(255, 255, 255, 128) << false;
        QTest::newRow("dark, with a light desktop's placeholder")
            << QColor(30, 30, 30) << QColor(Qt::white) << QColor(0, 0, 0, 128) << true;
        QTest::newRow("light, with a dark desktop's placeholder")
            << QColor(Qt::white) << QColor(Qt::black) << QColor(255, 255, 255, 128) << true;
    }
    void mendsWhatCannotBeRead()
    {
        QFETCH(QColor, base);
        QFETCH(QColor, text);
        QFETCH(QColor, placeholder);
        QPalette palette;
        palette.setColor(QPalette::Base, base);
        palette.setColor(QPalette::Text, text);
        palette.setColor(QPalette::PlaceholderText, placeholder);
        const std::optional<QPalette> mended = withReadablePlaceholders(palette);
        QTEST(mended.has_value(), "mended");
        if (!mended)
            return;
        palette.setColor(QPalette::PlaceholderText, mended->color(QPalette::PlaceholderText));
        QVERIFY(!withReadablePlaceholders(palette)); // once is enough
    }
};

QTEST_MAIN(TestReadablePalette)
#include "tst_readablepalette.moc"
