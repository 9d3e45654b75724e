// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/windowactions.h"

#include <QAction>
#include <QtTest>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

class TestWindowActions final : public QObject {
    Q_OBJECT

private slots:
    //! Two actions of a window, or one action twice, with the same keys: Qt calls it ambiguous and does nothing.
    void eachShortcutIsHeldOnce()
    {
        QObject window;
        const WindowActions actions(&window);
        QStringList held;
        for (const QAction *action : window.findChildren<QAction *>()) {
            for (const QKeySequence &keys : action->shortcuts()) {
                const QString text = keys.toString(QKeySequence::PortableText);
                QVERIFY2(!held.contains(text), qPrintable(action->objectName() + u" "_s + text));
                held += text;
            }
        }
        QVERIFY(held.contains(u"F5"_s));
        QVERIFY(held.size() > 10);
    }
};

QTEST_MAIN(TestWindowActions)
#include "tst_windowactions.moc"
