// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/findbar.h"

#include "presenters/findpresenter.h"
#include "text/errortext.h"
#include "text/numbertext.h"
#include "widgets/elidinglabel.h"
#include "widgets/icons.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QStyle>

namespace optout {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using State = FindPresenter::State;

namespace {

constexpr auto patience = 300ms;

QPushButton *makeButton(const QString &name, const QString &text, const QString &help, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setObjectName(name);
    button->setToolTip(help);
    button->setAutoDefault(false);
    return button;
}

} // namespace

FindBar::FindBar(FindPresenter &find, QWidget *parent)
    : QWidget(parent)
    , m_find(find)
    , m_field(new QLineEdit(this))
    , m_previous(makeButton(u"findPrevious"_s, tr("Previous"), tr("Go to the hit above (Shift+Enter)"), this))
    , m_next(makeButton(u"findNext"_s, tr("Next"), tr("Go to the hit below (Enter)"), this))
    , m_result(new ElidingLabel(this))
    , m_mark(new QLabel(this))
{
    setObjectName(u"findBar"_s);
    setAccessibleName(tr("Find"));
    auto *label = new QLabel(tr("F&ind"), this);
    label->setBuddy(m_field);
    m_field->setObjectName(u"findField"_s);
    m_field->setAccessibleName(tr("Find a number"));
    m_field->setPlaceholderText(NumberText::patternExamples());
    m_field->setToolTip(NumberText::patternHelp());
    m_field->setFixedWidth(fontMetrics().averageCharWidth() * 30);
    m_field->setMaxLength(200);
    m_field->setClearButtonEnabled(true);
    m_field->installEventFilter(this);
    m_result->setObjectName(u"findResult"_s);
    QPushButton *close = makeButton(u"closeFind"_s, tr("Close"), tr("Close this bar (Esc)"), this);
    close->setAccessibleName(tr("Close find"));

    auto *layout = new QHBoxLayout(this);
    const int above = layout->contentsMargins().top();
    layout->setContentsMargins(0, above / 2, 0, 0);
    layout->addWidget(label);
    layout->addWidget(m_field);
    layout->addWidget(m_previous);
    layout->addWidget(m_next);
    layout->addSpacing(layout->spacing());
    layout->addWidget(m_mark);
    layout->addWidget(m_result, 1);
    layout->addWidget(close);

    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&m_patience, &QTimer::timeout, this, [this] { say(tr("Searching…")); });
    connect(m_field, &QLineEdit::textChanged, this, [this](const QString &text) {
        if (isHidden()) // it is looked for when the bar is asked for
            return;
        m_find.lookFor(text);
        m_find.goToNearest();
    });
    connect(m_previous, &QPushButton::clicked, &m_find, &FindPresenter::goToPrevious);
    connect(m_next, &QPushButton::clicked, &m_find, &FindPresenter::goToNext);
    connect(close, &QPushButton::clicked, this, &FindBar::dismiss);
    connect(&m_find, &FindPresenter::changed, this, &FindBar::update);
    hide();
    update();
}

void FindBar::open()
{
    begin();
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void FindBar::dismiss()
{
    if (isHidden())
        return;
    const QWidget *focus = window()->focusWidget();
    const bool hadFocus = focus && isAncestorOf(focus);
    hide();
    m_find.lookFor({});
    emit dismissed(hadFocus);
}

void FindBar::begin()
{
    if (!isHidden())
        return;
    show();
    m_find.lookFor(m_field->text());
}

//! \return whether there is something to go to
bool FindBar::beginAgain()
{
    if (m_field->text().isEmpty()) {
        open();
        return false;
    }
    begin();
    return true;
}

void FindBar::findNext()
{
    if (beginAgain())
        m_find.goToNext();
}

void FindBar::findPrevious()
{
    if (beginAgain())
        m_find.goToPrevious();
}

void FindBar::setReach(const Reach &reach)
{
    if (reach == m_reach)
        return;
    m_reach = reach;
    update();
}

QString FindBar::result() const
{
    const QLocale locale;
    const quint32 count = m_find.count();
    QString text;
    if (count == 0)
        text = m_reach.isWhole ? tr("No hits") : tr("No hits so far");
    else if (const quint32 position = m_find.position(); position > 0)
        //: which of the hits the current row is
        text = (m_reach.isWhole ? tr("%1 of %2") : tr("%1 of %2 so far"))
                   .arg(locale.toString(position), locale.toString(count));
    else
        text = m_reach.isWhole ? tr("%Ln hits", nullptr, int(count)) : tr("%Ln hits so far", nullptr, int(count));
    switch (m_find.wrapped()) {
    case FindPresenter::Wrapped::No:
        break;
    case FindPresenter::Wrapped::ToTop:
        return tr("%1 · went on from the top").arg(text);
    case FindPresenter::Wrapped::ToEnd:
        return tr("%1 · went on from the end").arg(text);
    }
    return text;
}

//! What is to be known of the result besides.
QString FindBar::scope() const
{
    QStringList parts;
    if (m_reach.isFiltered)
        parts += tr("Only rows that pass the filters are looked through.");
    if (!m_find.remark().isEmpty())
        parts += m_find.remark();
    return parts.join(u' ');
}

void FindBar::update()
{
    const State state = m_find.state();
    m_previous->setEnabled(m_find.pattern().has_value());
    m_next->setEnabled(m_find.pattern().has_value());
    showWarning(*m_mark,
        state == State::Wrong || state == State::Failed || (state == State::Found && !m_find.remark().isEmpty()));
    if (state == State::Searching) {
        if (!m_patience.isActive())
            m_patience.start();
        return;
    }
    m_patience.stop();
    switch (state) {
    case State::Empty:
    case State::Searching:
        say({});
        break;
    case State::Wrong:
        say(m_find.remark());
        break;
    case State::Found: {
        const QString more = scope();
        say(more.isEmpty() ? result() : u"%1 · %2"_s.arg(result(), more));
        break;
    }
    case State::Failed:
        say(describe(*m_find.error()).headline);
        break;
    }
}

// While rows arrive the count changes all the time, which nobody wants to hear: that it is another row or another text
// is what counts.
void FindBar::say(const QString &text)
{
    const QString heard = u"%1 %2 %3 %4"_s.arg(m_find.position())
                              .arg(int(m_find.wrapped()))
                              .arg(m_find.count() == 0 ? text : QString(), m_field->text());
    const bool isNews = heard != m_heard;
    m_result->setFullText(text, isNews ? text : m_result->accessibleName());
    if (!isNews)
        return;
    m_heard = heard;
    if (text.isEmpty() || !isVisible())
        return;
    QAccessibleEvent alert(m_result, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

bool FindBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            if (key->modifiers() & Qt::ShiftModifier)
                m_find.goToPrevious();
            else
                m_find.goToNext();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void FindBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Escape) {
        QWidget::keyPressEvent(event);
        return;
    }
    dismiss();
    event->accept();
}

} // namespace optout
