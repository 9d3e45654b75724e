// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"
#include "domain/numberfilter.h"
#include "models/numbertablemodel.h"
#include "presenters/hitfinder.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>
#include <vector>

class QItemSelectionModel;

namespace optout {

//! Finding numbers among the rows that a view shows, apart from its filter: how many there are, the next and the
//! previous one from the current row, and which of them that one is.
//!
//! The search runs in a worker; another text stops it. What is found follows rows that arrive, another order and
//! another filter: with another order or filter it is found anew, in an order that has only grown what was found goes
//! on until a new search has ended. All functions return at once. GUI thread only.
class FindPresenter final : public QObject {
    Q_OBJECT
public:
    enum class State {
        Empty, //!< nothing is looked for
        Wrong, //!< the text is no NumberPattern; remark() tells why
        Searching, //!< count() is not known yet
        Found, //!< count() is, and may be 0
        Failed, //!< no memory; error() tells
    };
    //! How the last step reached its hit.
    enum class Wrapped { No, ToTop, ToEnd };

    explicit FindPresenter(QObject *parent = nullptr);
    ~FindPresenter() override;

    //! Finds in these rows from now on, from the current row of that selection. Both must outlive this object or the
    //! next call. What keeps the current row by viewReplaced() is to be connected before: how the current row changes
    //! until then is not heeded.
    void follow(NumberTableModel &model, QItemSelectionModel &selection);

    //! Finds what matches a text typed as a NumberPattern; empty text ends it. What has not been reached yet is not
    //! gone to any more.
    void lookFor(const QString &text);

    // Where to go. While a search is under way it is done when that ends. Each leads to hitReached() unless there is no
    // hit.
    void goToNearest(); //!< the current row if it is a hit, else the next one: while somebody types
    void goToNext();
    void goToPrevious();

    State state() const;
    quint32 count() const; //!< hits in the view; 0 while not known
    quint32 position() const; //!< which one the current row is, from 1; 0 if it is none
    Wrapped wrapped() const { return m_wrapped; }
    const QString &remark() const { return m_remark; } //!< of the text, translated: what is wrong with it, or of note
    const std::optional<Error> &error() const { return m_error; }
    const std::optional<NumberPattern> &pattern() const { return m_pattern; } //!< what is looked for

signals:
    void changed(); //!< any of the above
    void patternChanged();
    void hitReached(
        int viewRow); //!< make it the current row; emitted by a goTo...(), or later, when its search has ended

private:
    enum class Wish { Nearest, Next, Previous };

    void wish(Wish wish);
    void grantWishes();
    std::optional<quint32> hitFrom(Wish wish, std::optional<quint32> place) const;
    std::optional<quint32> placeOfCurrent() const;
    bool placesAreTheSame() const;
    void search();
    void takeAnswer(const RowHitsResult &answer);
    void followView();
    void followCurrent();
    void forgetHits();
    std::shared_ptr<const RowOrder> shownOrder() const;

    NumberTableModel *m_model = nullptr;
    QItemSelectionModel *m_selection = nullptr;
    std::unique_ptr<QObject> m_followed; // context of the connections to both

    QString m_remark;
    bool m_isWrong = false;
    std::optional<NumberPattern> m_pattern;
    std::vector<Wish> m_wishes; // until there are hits
    Wrapped m_wrapped = Wrapped::No;
    bool m_moving = false; // the current row changes because of hitReached()
    bool m_replacing = false; // the current row changes because the view does

    std::shared_ptr<const RowHits> m_hits;
    std::shared_ptr<const RowOrder> m_order; // what the hits were found in
    std::optional<Error> m_error;

    std::shared_ptr<const RowOrder> m_searched; // by the search under way; null: there is none
    HitFinder m_finder;
    QElapsedTimer m_sinceSearch;
    QTimer m_again; // rows have arrived since the last search
};

} // namespace optout
