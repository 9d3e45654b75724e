// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "bench/measure.h"
#include "bench/shownrows.h"
#include "widgets/rowcopier.h"

#include <QClipboard>
#include <QEventLoop>
#include <QGuiApplication>
#include <QMessageBox>
#include <QPushButton>

#include <algorithm>

namespace optout::bench {

using namespace Qt::Literals::StringLiterals;

namespace {

// Answers the question that stands before many rows.
void say(QMessageBox &question)
{
    const QList<QAbstractButton *> buttons = question.buttons();
    const auto copy = std::find_if(buttons.begin(), buttons.end(),
        [&](QAbstractButton *button) { return question.buttonRole(button) == QMessageBox::AcceptRole; });
    (*copy)->click();
}

void waitForText(QClipboard &clipboard, const std::function<void()> &ask)
{
    QEventLoop loop;
    bool isThere = false;
    QObject::connect(&clipboard, &QClipboard::dataChanged, &loop, [&] {
        isThere = true;
        loop.quit();
    });
    ask();
    if (!isThere)
        loop.exec();
}

} // namespace

void benchCopy(quint32 rows, int runs)
{
    NumberTableModel model;
    const auto view = shownView(model);
    model.setSort({ .key = SortSpec::Key::Number });
    fill(model, rows);
    QClipboard *const clipboard = QGuiApplication::clipboard();
    const double select = median(
        runs, [&] { view->selectAll(); }, [&] { view->clearSelection(); });
    QMessageBox *question = nullptr;
    const double copy = median(
        runs,
        [&] {
            waitForText(*clipboard, [&] {
                if (question)
                    say(*question);
                else
                    view->copySelection();
            });
        },
        [&] {
            clipboard->clear();
            if (rows <= RowCopier::freeCopy)
                return;
            view->copySelection();
            question = view->findChild<QMessageBox *>(u"copyManyRows"_s);
        });
    // What a program is given that pastes them: it waits for that, this one does not.
    QString text;
    const double paste = median(
        runs, [&] { text = clipboard->text(); }, [&] { text.clear(); });
    if (text.count(u'\n') + 1 != qsizetype(rows))
        qFatal("not all rows were copied");
    print(u"select all and copy (%1 MB)"_s.arg(text.size() / 1'000'000), select + copy);
    print(u"the clipboard's text"_s, paste);
}

} // namespace optout::bench
