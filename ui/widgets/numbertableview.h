// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "models/numbertablemodel.h"
#include "widgets/copytext.h"
#include "widgets/keptselection.h"
#include "widgets/notice.h"

#include <QAccessible>
#include <QHash>
#include <QTableView>
#include <QThreadPool>

#include <optional>

class QMenu;

namespace optout {

class MessageCard;
class NumberDelegate;
class RowCopier;
class Settings;

//! The opted-out numbers. Current row, selection and scroll position are kept by the row's place in the store while
//! filter, order or rows change, and nothing moves while rows arrive. Selections of many rows are found in a worker;
//! the limits are those of KeptSelection.
class NumberTableView final : public QTableView {
    Q_OBJECT
public:
    //! The model must outlive the view, or another one be set first.
    explicit NumberTableView(NumberTableModel &model, QWidget *parent = nullptr);

    //! Shows other numbers. What was shown is found as it was left when it comes back: selection, current row, scroll
    //! position; its order is its own. A model that is cleared or destroyed meanwhile is begun anew.
    void setNumbers(NumberTableModel &model);

    //! Selected rows as tab-separated lines of the visible columns, to the clipboard; the current row if none is
    //! selected. Many rows are asked about first and put together in a worker. While the selection is being found
    //! again, or the view replaced, it is copied once it is there, unless something else is selected first.
    void copySelection();
    RowCopier &copier() { return *m_copier; }
    void setMarked(const std::optional<NumberPattern> &marked); //!< what is marked in the numbers
    void goToRow(int row); //!< selects it alone; brings it to the middle if it is out of sight

    //! What to say where the rows would be; an empty notice for nothing.
    void setEmptyNotice(const Notice &notice);

    void setSelectionModel(QItemSelectionModel *selection) override;

    void fillColumnsMenu(QMenu *menu); //!< show or hide each column, and back to the first layout
    void fillSortMenu(QMenu *menu); //!< the orders, for those who do not click on headers
    void restoreColumns(const Settings &settings);
    void saveColumns(Settings &settings) const;

protected:
    bool viewportEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;
    void rowsInserted(const QModelIndex &parent, int start, int end) override;

private:
    //! Where the user is, by store rows.
    struct Place {
        std::optional<quint32> current {};
        int currentColumn = 0;
        std::optional<quint32> anchor {}; // the row that stays where it is on the screen
        int anchorOffset = 0; // rows below the first visible one
        KeptSelection selected {};
        RowQuery query {};
        quint64 generation = 0; // of the model: store rows of another one are other numbers
    };

    void setUpHeaders();
    void tellOfSelection(const QItemSelection &ranges, QAccessible::Event what);
    void followModel();
    void showSort();
    void showCard();
    void updateMetrics();
    void resetColumns();
    void keepPlace();
    void restorePlace();
    void restoreSelection(KeptSelection selection);
    void seek(const KeptSelection &selection);
    void takeFound(const Result<QList<RowRange>> &found);
    void failToCopyHidden();
    void stopSeeking();
    void selectRanges(const QList<RowRange> &ranges);
    void followReset();
    void forgetPlace(QObject *model);
    void keepCurrentCell();
    void setCurrentRow(int row, int column);
    int visibleColumn(int column) const;
    int rowsPerPage() const;
    QList<RowRange> selectedRanges() const;

    NumberTableModel *m_model;
    Notice m_emptyNotice;
    MessageCard *m_card = nullptr; // made when it is first seen
    NumberDelegate *m_numbers;
    RowCopier *m_copier;
    Place m_place;
    QHash<QObject *, Place> m_otherPlaces; // of models that are not shown
    bool m_currentIsChosen = false; // by the user, not by keepCurrentCell()
    bool m_settingCurrent = false;
    bool m_hasPaintedRows = false;
    bool m_replacing = false; // between keepPlace() and restorePlace()
    bool m_restoringSelection = false;
    std::optional<KeptSelection> m_sought; // a worker is looking for it
    bool m_copyWhenFound = false;
    bool m_copyWhenReplaced = false;
    QThreadPool m_finders; // of its own: Qt paints with threads of the global one
    quint64 m_search = 0; // its number: an answer to an earlier one comes too late
};

} // namespace optout
