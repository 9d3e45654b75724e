// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/numberdelegate.h"

#include <QImage>
#include <QPainter>
#include <QStandardItemModel>
#include <QtTest>

#include <cmath>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

namespace {

QPalette lightPalette()
{
    QPalette palette;
    palette.setColor(QPalette::Base, Qt::white);
    palette.setColor(QPalette::Text, Qt::black);
    palette.setColor(QPalette::Highlight, QColor(0x30, 0x8c, 0xc6));
    palette.setColor(QPalette::HighlightedText, Qt::white);
    return palette;
}

QPalette darkPalette()
{
    QPalette palette = lightPalette();
    palette.setColor(QPalette::Base, QColor(0x1b, 0x1e, 0x20));
    palette.setColor(QPalette::Text, QColor(0xfc, 0xfc, 0xfc));
    palette.setColor(QPalette::Highlight, QColor(0x3d, 0xae, 0xe9));
    return palette;
}

//! (WCAG 2.1, "relative luminance" and "contrast ratio".)
double luminance(const QColor &colour)
{
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(double(colour.redF())) + 0.7152 * linear(double(colour.greenF()))
        + 0.0722 * linear(double(colour.blueF()));
}

double contrast(const QColor &one, const QColor &other)
{
    const double a = luminance(one) + 0.05;
    const double b = luminance(other) + 0.05;
    return std::max(a, b) / std::min(a, b);
}

} // namespace

class TestNumberDelegate final : public QObject {
    Q_OBJECT

private slots:
    void marksWhatIsLookedFor_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("number");
        QTest::addColumn<int>("first"); // digits before the mark
        QTest::addColumn<int>("length"); // in the mark; 0: there is none
        QTest::newRow("in the middle") << u"555"_s << u"+14165550123"_s << 5 << 3;
        QTest::newRow("prefix") << u"+1416"_s << u"+14165550123"_s << 0 << 5;
        QTest::newRow("wildcard") << u"*23"_s << u"+14165550123"_s << 0 << 12;
        QTest::newRow("another number") << u"999"_s << u"+14165550123"_s << 0 << 0;
        QTest::newRow("letters of two bytes before it") << u"55"_s << u"\u00e4\u00e455"_s << 2 << 2;
    }
    void marksWhatIsLookedFor()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, number);
        QFETCH(int, first);
        QFETCH(int, length);
        NumberDelegate delegate;
        delegate.setMarked(*NumberPattern::parse(pattern));
        const QStyleOptionViewItem option = cell(lightPalette());
        const QRect marked = delegate.markedRect(option, showing(number));
        QCOMPARE(marked.isEmpty(), length == 0);
        if (length == 0)
            return;
        delegate.setMarked(*NumberPattern::parse(u"*"_s)); // all of it
        const QRect whole = delegate.markedRect(option, m_model.index(0, 0));
        const double digit = double(whole.width()) / double(number.size());
        QVERIFY(std::abs(marked.left() - (whole.left() + first * digit)) <= 1.5);
        QVERIFY(std::abs(marked.width() - length * digit) <= 2);
        QVERIFY(option.rect.contains(marked));
    }

    void nothingIsMarkedUnlessItIsLookedFor()
    {
        NumberDelegate delegate;
        QVERIFY(delegate.markedRect(cell(lightPalette()), showing(u"+14165550123"_s)).isEmpty());
        const QImage before = painted(delegate, cell(lightPalette()));
        delegate.setMarked(*NumberPattern::parse(u"999"_s));
        QCOMPARE(painted(delegate, cell(lightPalette())), before);
        delegate.setMarked(*NumberPattern::parse(u"555"_s));
        QVERIFY(painted(delegate, cell(lightPalette())) != before);
    }

    void whatIsCutOrRunsTheOtherWayIsMarkedWhole()
    {
        NumberDelegate delegate;
        delegate.setMarked(*NumberPattern::parse(u"23"_s));
        QStyleOptionViewItem option = cell(lightPalette());
        option.rect.setWidth(40);
        QVERIFY(option.rect.contains(delegate.markedRect(option, showing(u"+14165550123"_s))));
        option = cell(lightPalette());
        option.direction = Qt::RightToLeft;
        QVERIFY(delegate.markedRect(option, m_model.index(0, 0)).width() > option.rect.width() - 20);
    }

    void isReadableInLightAndDark_data()
    {
        QTest::addColumn<QPalette>("palette");
        QTest::addColumn<bool>("selected");
        QTest::newRow("light") << lightPalette() << false;
        QTest::newRow("dark") << darkPalette() << false;
        QTest::newRow("light, selected") << lightPalette() << true;
        QTest::newRow("dark, selected") << darkPalette() << true;
    }
    void isReadableInLightAndDark()
    {
        QFETCH(QPalette, palette);
        QFETCH(bool, selected);
        NumberDelegate delegate;
        delegate.setMarked(*NumberPattern::parse(u"555"_s));
        QStyleOptionViewItem option = cell(palette);
        option.state.setFlag(QStyle::State_Selected, selected);
        const QRect marked = delegate.markedRect(option, showing(u"+14165550123"_s));
        const QImage image = painted(delegate, option);
        const QColor ink = palette.color(selected ? QPalette::HighlightedText : QPalette::Text);
        const QColor ground = palette.color(selected ? QPalette::Highlight : QPalette::Base);
        const QColor markedGround = image.pixelColor(marked.left() + 1, marked.top()); // above the digits
        QCOMPARE(image.pixelColor(marked.left() + 3, marked.bottom()), ink); // the line
        if (selected)
            QCOMPARE(markedGround, ground); // as readable as any selected row
        else
            QVERIFY2(contrast(ink, markedGround) >= 4.5, qPrintable(markedGround.name()));
        QCOMPARE(markedGround == ground, selected);
    }

private:
    static QStyleOptionViewItem cell(const QPalette &palette)
    {
        QStyleOptionViewItem option;
        option.rect = QRect(0, 0, 300, 30);
        option.palette = palette;
        option.state = QStyle::State_Enabled | QStyle::State_Active;
        option.displayAlignment = Qt::AlignLeft | Qt::AlignVCenter;
        option.showDecorationSelected = true;
        return option;
    }

    QModelIndex showing(const QString &number)
    {
        m_model.clear();
        m_model.appendRow(new QStandardItem(number));
        return m_model.index(0, 0);
    }

    QImage painted(const NumberDelegate &delegate, const QStyleOptionViewItem &option) const
    {
        QImage image(option.rect.size(), QImage::Format_RGB32);
        image.fill(option.palette.color(QPalette::Base));
        QPainter painter(&image);
        delegate.paint(&painter, option, m_model.index(0, 0));
        return image;
    }

    QStandardItemModel m_model;
};

QTEST_MAIN(TestNumberDelegate)
#include "tst_numberdelegate.moc"
