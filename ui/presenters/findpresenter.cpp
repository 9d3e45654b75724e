// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "presenters/findpresenter.h"

#include "text/numbertext.h"

#include <QItemSelectionModel>

#include <algorithm>
#include <chrono>
#include <utility>

namespace optout {

namespace {

// Rows that arrive are looked through with all the others. In a big view the next time waits in proportion, so that the
// worker leaves most of a core to the read itself.
constexpr std::chrono::milliseconds shortestPause { 100 };
constexpr std::chrono::milliseconds longestPause { 2'000 };

//! The same view with more rows: each row of the one before is in it, in the same order.
bool hasGrownFrom(const RowOrder &before, const RowOrder &now)
{
    return now.query() == before.query() && now.judgedRows() >= before.judgedRows() && now.size() >= before.size();
}

} // namespace

FindPresenter::FindPresenter(QObject *parent)
    : QObject(parent)
{
    m_again.setSingleShot(true);
    m_again.setInterval(shortestPause);
    connect(&m_again, &QTimer::timeout, this, &FindPresenter::search);
    connect(&m_finder, &HitFinder::finished, this, &FindPresenter::takeAnswer);
}

FindPresenter::~FindPresenter() = default;

void FindPresenter::follow(NumberTableModel &model, QItemSelectionModel &selection)
{
    if (m_model == &model && m_selection == &selection)
        return;
    m_model = &model;
    m_selection = &selection;
    m_followed = std::make_unique<QObject>();
    connect(m_model, &QAbstractItemModel::rowsInserted, m_followed.get(), [this] { followView(); });
    connect(m_model, &QAbstractItemModel::modelReset, m_followed.get(), [this] { followView(); });
    connect(m_model, &NumberTableModel::countsChanged, m_followed.get(), [this] { followView(); });
    connect(m_model, &NumberTableModel::viewAboutToBeReplaced, m_followed.get(), [this] { m_replacing = true; });
    connect(m_model, &NumberTableModel::viewReplaced, m_followed.get(), [this] {
        m_replacing = false;
        if (m_pattern)
            emit changed();
    });
    connect(m_selection, &QItemSelectionModel::currentRowChanged, m_followed.get(), [this] { followCurrent(); });
    m_replacing = m_model->isReplacing();
    m_wishes.clear();
    m_wrapped = Wrapped::No;
    forgetHits();
    if (m_pattern)
        search();
    emit changed();
}

void FindPresenter::lookFor(const QString &text)
{
    const Result<NumberPattern> parsed = NumberPattern::parse(text);
    m_isWrong = !parsed;
    m_remark = NumberText::patternRemark(text);
    m_wrapped = Wrapped::No;
    std::optional<NumberPattern> pattern;
    if (parsed && parsed->kind() != NumberPattern::Kind::Everything)
        pattern = *parsed;
    if (pattern != m_pattern) {
        m_pattern = pattern;
        m_wishes.clear();
        forgetHits();
        if (m_pattern && m_model)
            search();
        emit patternChanged();
    }
    emit changed();
}

void FindPresenter::goToNearest() { wish(Wish::Nearest); }

void FindPresenter::goToNext() { wish(Wish::Next); }

void FindPresenter::goToPrevious() { wish(Wish::Previous); }

void FindPresenter::wish(Wish wish)
{
    if (!m_pattern)
        return;
    m_wishes.push_back(wish);
    if (m_error) { // there may be memory again
        m_error.reset();
        search();
    }
    grantWishes();
    emit changed();
}

// In turn, as they were asked for: who types and presses Enter at once gets where he gets when he waits in between.
void FindPresenter::grantWishes()
{
    if (m_wishes.empty() || !m_hits || m_replacing) // a reset has the current row be another one for a moment
        return;
    std::optional<quint32> place = placeOfCurrent();
    if (!place && m_selection->currentIndex().isValid()) { // a row that came after the search
        if (!m_searched)
            search();
        return;
    }
    if (m_hits->count() == 0) {
        m_wishes.clear();
        m_wrapped = Wrapped::No;
        return;
    }
    Wrapped wrapped = Wrapped::No;
    for (const Wish wish : m_wishes) {
        const auto hit = hitFrom(wish, place);
        wrapped = Wrapped::No;
        if (place && (wish == Wish::Previous ? *hit >= *place : wish == Wish::Next ? *hit <= *place : *hit < *place))
            wrapped = wish == Wish::Previous ? Wrapped::ToEnd : Wrapped::ToTop;
        place = hit;
    }
    const int row = placesAreTheSame() ? int(*place) : m_model->viewRow(m_order->storeRow(*place));
    if (row >= m_model->rowCount()) // still to be inserted, which followView() hears of
        return;
    m_wishes.clear();
    m_wrapped = wrapped;
    m_moving = true;
    emit hitReached(row);
    m_moving = false;
}

//! \param place in the rows searched; nothing: outside of them, before the first and after the last
std::optional<quint32> FindPresenter::hitFrom(Wish wish, std::optional<quint32> place) const
{
    if (wish == Wish::Previous)
        return m_hits->previous(place.value_or(0));
    if (m_hits->isHit(place.value_or(0)) && (wish == Wish::Nearest || !place))
        return place.value_or(0);
    return m_hits->next(place.value_or(0));
}

//! Where the current row stands in what was searched; nothing if it is not in there.
std::optional<quint32> FindPresenter::placeOfCurrent() const
{
    const QModelIndex current = m_selection ? m_selection->currentIndex() : QModelIndex();
    if (!current.isValid() || !m_order || !hasGrownFrom(*m_order, *shownOrder()))
        return std::nullopt;
    if (!placesAreTheSame())
        return m_order->viewRow(m_model->exportSource().rows, m_model->storeRow(current.row()));
    const quint32 place = quint32(current.row());
    return place < m_order->size() ? std::optional(place) : std::nullopt; // else it came after the search
}

bool FindPresenter::placesAreTheSame() const { return m_order->growsAtTheEnd() || m_order == shownOrder(); }

std::shared_ptr<const RowOrder> FindPresenter::shownOrder() const { return m_model->exportSource().order; }

FindPresenter::State FindPresenter::state() const
{
    if (m_isWrong)
        return State::Wrong;
    if (!m_pattern)
        return State::Empty;
    if (m_error)
        return State::Failed;
    return m_hits ? State::Found : State::Searching;
}

quint32 FindPresenter::count() const { return m_hits ? m_hits->count() : 0; }

quint32 FindPresenter::position() const
{
    const std::optional<quint32> place = m_hits && !m_replacing ? placeOfCurrent() : std::nullopt;
    return place && m_hits->isHit(*place) ? m_hits->countUpTo(*place) : 0;
}

void FindPresenter::search()
{
    m_again.stop();
    const ExportSource view = m_model->exportSource();
    m_finder.release(std::exchange(m_searched, view.order));
    m_sinceSearch.start();
    m_finder.find(view, *m_pattern);
}

void FindPresenter::takeAnswer(const RowHitsResult &answer)
{
    if (!answer) {
        forgetHits();
        m_wishes.clear();
        m_error = answer.error();
        emit changed();
        return;
    }
    m_again.setInterval(
        std::clamp(std::chrono::milliseconds(m_sinceSearch.elapsed() * 2), shortestPause, longestPause));
    m_error.reset();
    m_hits = *answer;
    m_finder.release(std::exchange(m_order, std::exchange(m_searched, nullptr)));
    grantWishes();
    emit changed();
    followView();
}

void FindPresenter::followView()
{
    if (!m_pattern)
        return;
    const auto shown = shownOrder();
    const auto &known = m_searched ? m_searched : m_order;
    if (known && !hasGrownFrom(*known, *shown)) {
        m_wrapped = Wrapped::No;
        forgetHits();
        search();
        emit changed();
        return;
    }
    if (!m_searched && known != shown && !m_again.isActive())
        m_again.start();
    if (!m_wishes.empty()) {
        grantWishes();
        emit changed();
    }
}

void FindPresenter::followCurrent()
{
    if (m_replacing)
        return;
    if (!m_moving)
        m_wrapped = Wrapped::No;
    if (m_pattern)
        emit changed();
}

void FindPresenter::forgetHits()
{
    m_again.stop();
    m_finder.cancel();
    m_error.reset();
    m_hits.reset();
    m_finder.release(std::exchange(m_order, nullptr));
    m_finder.release(std::exchange(m_searched, nullptr));
}

} // namespace optout
