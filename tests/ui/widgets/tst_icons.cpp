// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/icons.h"

#include <QDir>
#include <QLabel>
#include <QtTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

class TestIcons final : public QObject {
    Q_OBJECT

    // No desktop has these, so they are the program's own.
    static QIcon own() { return themedIcon(u"io.github.optoutbrowser.OptOutBrowser"_s); }

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }

    void everyFileIsAnIcon()
    {
        const QStringList files = QDir(u":/icons"_s).entryList({ u"*.svg"_s });
        QVERIFY(files.size() > 10);
        for (const QString &file : files) {
            const QIcon icon = themedIcon(QString(file).chopped(4));
            QVERIFY2(!icon.isNull(), qPrintable(file));
            QVERIFY2(!icon.pixmap(16).isNull(), qPrintable(file));
        }
    }

    void whatIsNotThereIsNull()
    {
        QVERIFY(themedIcon({}).isNull());
        QVERIFY(themedIcon(u"no-such-icon"_s).isNull());
    }

    void isPaintedAsTheFileIs_data()
    {
        QTest::addColumn<QIcon::Mode>("mode");
        QTest::addColumn<qreal>("ratio");
        for (const qreal ratio : { 1.0, 2.0 }) {
            QTest::addRow("normal, %g", ratio) << QIcon::Normal << ratio;
            QTest::addRow("disabled, %g", ratio) << QIcon::Disabled << ratio;
        }
    }
    void isPaintedAsTheFileIs()
    {
        QFETCH(QIcon::Mode, mode);
        QFETCH(qreal, ratio);
        const QIcon file(u":/icons/io.github.optoutbrowser.OptOutBrowser.svg"_s);
        QIcon copy = own(); // a copy that is changed has an engine of its own
        copy.setIsMask(false);
        for (const QIcon &icon : { own(), copy }) {
            const QPixmap pixmap = icon.pixmap(QSize(24, 24), ratio, mode);
            const QPixmap expected = file.pixmap(QSize(24, 24), ratio, mode);
            QCOMPARE(pixmap.devicePixelRatio(), ratio);
            QCOMPARE(pixmap.deviceIndependentSize(), QSizeF(24, 24));
            QCOMPARE(pixmap.toImage(), expected.toImage());
        }
    }

    void aWarningIsShownAndHidden()
    {
        QWidget parent;
        QLabel mark(&parent);
        showWarning(mark, false);
        QVERIFY(mark.isHidden());
        QVERIFY(mark.pixmap().isNull());
        showWarning(mark, true);
        QVERIFY(!mark.isHidden());
        QVERIFY(!mark.pixmap().isNull());
        showWarning(mark, false);
        QVERIFY(mark.isHidden());
    }
};

QTEST_MAIN(TestIcons)
#include "tst_icons.moc"
