// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/filterbar.h"

#include "settings/settings.h"
#include "text/numbertext.h"
#include "widgets/choicebar.h"
#include "widgets/datefield.h"
#include "widgets/elidinglabel.h"
#include "widgets/icons.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

namespace optout {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto typingPause = 60ms;

QLabel *labelFor(const QString &text, QWidget *buddy)
{
    auto *label = new QLabel(text, buddy->parentWidget());
    label->setBuddy(buddy);
    return label;
}

} // namespace

FilterBar::FilterBar(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"filterBar"_s);
    auto *layout = new QVBoxLayout(this);
    const int below = layout->contentsMargins().bottom();
    layout->setContentsMargins(0, 0, 0, below / 2);
    layout->addWidget(makeFirstRow());
    layout->addWidget(makeSecondRow());
    QWidget *before = m_by;
    for (QWidget *next : std::initializer_list<QWidget *> { m_readOnlyThese, m_number, m_from, m_until, m_clear }) {
        setTabOrder(before, next);
        before = next;
    }

    m_typing.setSingleShot(true);
    m_typing.setInterval(typingPause);
    connect(&m_typing, &QTimer::timeout, this, &FilterBar::apply);
    connect(m_by, &ChoiceBar::chosen, this, &FilterBar::takeBy);
    connect(m_readOnlyThese, &QCheckBox::clicked, this, [this] { emit serviceFilterChosen(serviceFilter()); });
    connect(m_number, &QLineEdit::textChanged, this, [this] { m_typing.start(); });
    connect(m_from, &DateField::changed, this, [this] { m_typing.start(); });
    connect(m_until, &DateField::changed, this, [this] { m_typing.start(); });
    connect(m_clear, &QPushButton::clicked, this, &FilterBar::clear);
    apply();
}

QWidget *FilterBar::makeFirstRow()
{
    auto *row = new QWidget(this);
    m_by = new ChoiceBar({ tr("All"), tr("End user"), tr("Not end user") }, row);
    m_by->setObjectName(u"optedOutBy"_s);
    m_by->setAccessibleName(tr("Opted out by"));
    m_by->setToolTip(tr("Who opted the number out: the person by replying STOP, or this account"));
    m_readOnlyThese = new QCheckBox(tr("Read &only these"), row);
    m_readOnlyThese->setObjectName(u"readOnlyThese"_s);
    m_readOnlyThese->setAccessibleName(tr("Read only these"));
    m_readOnlyThese->setToolTip(
        tr("Reads the list again from its start and asks AWS for these numbers only, which takes fewer calls"));
    m_number = new QLineEdit(row);
    m_number->setObjectName(u"numberFilter"_s);
    m_number->setAccessibleName(tr("Number filter"));
    m_number->setPlaceholderText(NumberText::patternExamples());
    m_number->setToolTip(NumberText::patternHelp());
    m_number->setMinimumWidth(fontMetrics().averageCharWidth() * 16);
    m_number->setMaxLength(200);
    m_number->setClearButtonEnabled(true);
    m_number->installEventFilter(this);

    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    layout->addWidget(labelFor(tr("Opted out &by"), m_by));
    layout->addWidget(m_by);
    layout->addWidget(m_readOnlyThese);
    layout->addSpacing(layout->spacing() * 2);
    layout->addWidget(labelFor(tr("&Number"), m_number));
    layout->addWidget(m_number, 1);
    return row;
}

QWidget *FilterBar::makeSecondRow()
{
    auto *row = new QWidget(this);
    m_from = new DateField(row);
    m_from->setName(tr("Opted out from"), u"optedOutFrom"_s);
    m_until = new DateField(row);
    m_until->setName(tr("Opted out until"), u"optedOutUntil"_s);
    for (DateField *field : { m_from, m_until })
        field->setFixedWidth(fontMetrics().averageCharWidth() * 30); // nothing moves when a problem is told beside it
    m_problemMark = new QLabel(row);
    m_problem = new ElidingLabel(row);
    m_problem->setObjectName(u"filterProblem"_s);
    m_clear = new QPushButton(tr("Cle&ar filters"), row);
    m_clear->setObjectName(u"clearFilters"_s);
    m_clear->setAccessibleName(tr("Clear filters"));
    m_clear->setAutoDefault(false);

    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    layout->addWidget(labelFor(tr("Opted out fro&m"), m_from));
    layout->addWidget(m_from);
    layout->addWidget(labelFor(tr("&until"), m_until));
    layout->addWidget(m_until);
    layout->addWidget(new QLabel(tr("(UTC)"), row));
    layout->addSpacing(layout->spacing());
    layout->addWidget(m_problemMark);
    layout->addWidget(m_problem, 1);
    layout->addWidget(m_clear);
    return row;
}

void FilterBar::takeBy()
{
    // With "Read only these" on, the loaded rows are of the former choice: the other one has to be read.
    if (m_by->choice() == 0)
        m_readOnlyThese->setChecked(false);
    apply();
    emit serviceFilterChosen(serviceFilter());
}

std::optional<bool> FilterBar::serviceFilter() const
{
    if (!m_readOnlyThese->isChecked() || m_by->choice() == 0)
        return {};
    return m_by->choice() == 1;
}

void FilterBar::showServiceFilter(std::optional<bool> endUserOnly)
{
    m_readOnlyThese->setChecked(endUserOnly.has_value());
    if (endUserOnly)
        m_by->setChoice(*endUserOnly ? 1 : 2);
}

void FilterBar::setCanReadOnly(bool can)
{
    m_canReadOnly = can;
    m_readOnlyThese->setEnabled(m_canReadOnly && m_by->choice() != 0);
}

QString FilterBar::readFields(NumberFilter &filter) const
{
    filter.by = static_cast<OptedOutBy>(m_by->choice());
    if (const Result<NumberPattern> pattern = NumberPattern::parse(m_number->text()))
        filter.number = *pattern;
    QString problem = NumberText::patternRemark(m_number->text());
    if (const auto from = m_from->moment())
        filter.from = from->begin;
    if (const auto until = m_until->moment())
        filter.until = until->end;
    if (m_from->isWrong() || m_until->isWrong())
        problem = tr("Dates: YYYY-MM-DD, or with a time: 2024-03-01 10:02.");
    else if (filter.from && filter.until && *filter.from >= *filter.until)
        problem = tr("\"From\" is after \"until\": no number can pass.");
    return problem;
}

void FilterBar::apply()
{
    NumberFilter filter;
    const QString problem = readFields(filter);
    m_problem->setFullText(problem);
    showWarning(*m_problemMark, !problem.isEmpty());
    m_readOnlyThese->setEnabled(m_canReadOnly && m_by->choice() != 0);
    m_clear->setEnabled(
        m_by->choice() != 0 || !m_number->text().isEmpty() || !m_from->isEmpty() || !m_until->isEmpty());
    if (filter == m_filter)
        return;
    m_filter = filter;
    emit filterChanged(m_filter);
}

void FilterBar::clear()
{
    const bool hadFocus = m_clear->hasFocus();
    m_number->clear();
    m_from->setText({});
    m_until->setText({});
    m_by->setChoice(0);
    m_typing.stop();
    apply();
    if (hadFocus) // the button has just been disabled
        m_number->setFocus();
}

void FilterBar::focusNumber()
{
    m_number->setFocus(Qt::ShortcutFocusReason);
    m_number->selectAll();
}

bool FilterBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_number && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape && !m_number->text().isEmpty()) {
        m_number->clear();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void FilterBar::restore(const Settings &settings)
{
    m_by->setChoice(settings.optedOutBy());
    m_from->setText(settings.fromText());
    m_until->setText(settings.untilText());
    m_typing.stop();
    apply();
}

void FilterBar::save(Settings &settings) const
{
    settings.setOptedOutBy(m_by->choice());
    settings.setFromText(m_from->text());
    settings.setUntilText(m_until->text());
}

} // namespace optout
