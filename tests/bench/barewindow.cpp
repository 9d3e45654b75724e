// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include <QAbstractTableModel>
#include <QApplication>
#include <QTableView>

#include <cstdio>

using namespace Qt::Literals::StringLiterals;

namespace {

// As many columns as the program shows, and rows for more than a screen.
class Rows final : public QAbstractTableModel {
public:
    int rowCount(const QModelIndex &parent) const override { return parent.isValid() ? 0 : 1'000; }
    int columnCount(const QModelIndex &parent) const override { return parent.isValid() ? 0 : 3; }
    QVariant data(const QModelIndex &index, int role) const override
    {
        return role == Qt::DisplayRole ? u"%1 of row %2"_s.arg(index.column()).arg(index.row()) : QVariant();
    }
};

class Table final : public QTableView {
protected:
    void paintEvent(QPaintEvent *event) override
    {
        QTableView::paintEvent(event);
        std::fputs("first row painted\n", stderr);
    }
};

} // namespace

// optout-bench-window: the least that a Qt program with a table does until rows are on the screen. It says so, as the
// program does to those who read its log, and goes on until it is ended.
int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    Rows rows;
    Table table;
    table.setModel(&rows);
    table.resize(1'200, 760);
    table.show();
    return QApplication::exec();
}
