// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/listtree.h"

#include "presenters/browser.h"
#include "text/errortext.h"
#include "widgets/actionbuttons.h"
#include "widgets/icons.h"
#include "widgets/statustext.h"

#include <QAction>
#include <QDateTime>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSet>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

enum Column { NameColumn, StateColumn };

constexpr int entryRole = Qt::UserRole; // index into m_shown
constexpr int unlistedRole = Qt::UserRole + 1; // index into m_unlisted

//! "staging · eu-west-1 · 1111-2222-3333"
QString placeName(const OpenRead &read)
{
    QStringList parts { read.place.name, read.place.region, spacedAccountId(read.account) };
    parts.removeAll(QString());
    return parts.join(u" · "_s);
}

} // namespace

ListTree::ListTree(Browser &browser, QAction *reload, QWidget *parent)
    : QWidget(parent)
    , m_browser(browser)
    , m_filter(new QLineEdit(this))
    , m_tree(new QTreeWidget(this))
    , m_note(new QLabel(this))
    , m_reload(new QPushButton(plainText(*reload), this))
{
    auto *heading = new QLabel(tr("Opt-out li&sts"), this);
    heading->setBuddy(m_tree);
    m_filter->setObjectName(u"listFilter"_s);
    m_filter->setAccessibleName(tr("List filter"));
    m_filter->setPlaceholderText(tr("Filter by name"));
    m_filter->setClearButtonEnabled(true);
    m_tree->setObjectName(u"optOutLists"_s);
    m_tree->setAccessibleName(tr("Opt-out lists"));
    m_tree->setColumnCount(2);
    m_tree->setHeaderHidden(true);
    m_tree->setRootIsDecorated(false);
    m_tree->setTextElideMode(Qt::ElideMiddle); // names of lists often differ at the end
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(NameColumn, QHeaderView::Stretch);
    m_tree->header()->setSectionResizeMode(StateColumn, QHeaderView::ResizeToContents); // a word on one of few lines
    m_note->setObjectName(u"listsNote"_s);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_reload->setAutoDefault(false);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(heading);
    layout->addWidget(m_filter);
    layout->addWidget(m_tree, 1);
    layout->addWidget(m_note);
    layout->addWidget(m_reload);

    connect(m_reload, &QPushButton::clicked, reload, &QAction::trigger);
    connect(m_filter, &QLineEdit::textChanged, this, &ListTree::applyFilter);
    connect(m_tree, &QTreeWidget::itemClicked, this, &ListTree::openItem);
    connect(m_tree, &QTreeWidget::itemActivated, this, &ListTree::openItem);
    connect(&m_browser.lists(), &ListsPresenter::changed, this, &ListTree::rebuild);
    connect(&m_browser, &Browser::openListChanged, this, [this] {
        updateItems();
        followShown();
    });
    connect(&m_browser, &Browser::readsChanged, this, &ListTree::rebuild);
    rebuild();
}

void ListTree::focusTree()
{
    m_tree->setFocus(Qt::ShortcutFocusReason);
    if (!m_tree->currentItem() && m_tree->topLevelItemCount() > 0)
        m_tree->setCurrentItem(m_tree->topLevelItem(0));
}

QTreeWidgetItem *ListTree::makeItem(const ListEntry &entry) const
{
    const QString account = accountIdOfArn(entry.list.arn);
    auto *item = new QTreeWidgetItem({ entry.list.name, QString() });
    item->setTextAlignment(StateColumn, Qt::AlignRight | Qt::AlignVCenter);
    QStringList lines { entry.list.name };
    if (entry.shared) {
        item->setIcon(NameColumn, themedIcon(u"emblem-shared"_s));
        lines += tr("Shared by account %1").arg(spacedAccountId(account));
    }
    if (entry.typed)
        lines += tr("Named by you; AWS has not listed it");
    if (!entry.list.arn.isEmpty())
        lines += entry.list.arn;
    if (entry.list.created) {
        const QDateTime created =
            QDateTime::fromMSecsSinceEpoch(entry.list.created->time_since_epoch().count(), Qt::UTC);
        lines += tr("Created %1 (UTC)").arg(created.toString(u"yyyy-MM-dd HH:mm:ss"_s));
    }
    item->setSizeHint(NameColumn, { 0, fontMetrics().height() * 3 / 2 });
    item->setToolTip(NameColumn, lines.join(u'\n'));
    item->setData(NameColumn, Qt::AccessibleDescriptionRole, lines.mid(1).join(u", "_s));
    return item;
}

//! Those of this place below its other lists; of other places: a line for the place, which cannot be chosen, and below
//! it one for each list.
void ListTree::addUnlisted()
{
    QHash<QString, QTreeWidgetItem *> places;
    for (qsizetype i = 0; i < m_unlisted.size(); ++i) {
        QTreeWidgetItem *item = makeItem(m_unlisted[i]->entry);
        item->setData(NameColumn, unlistedRole, int(i));
        if (i < m_unlistedHere) {
            m_tree->addTopLevelItem(item);
            continue;
        }
        const QString name = placeName(*m_unlisted[i]);
        QTreeWidgetItem *&place = places[name];
        if (!place) {
            place = new QTreeWidgetItem(m_tree, { name });
            place->setFlags(Qt::ItemIsEnabled);
            place->setFirstColumnSpanned(true);
            QColor quiet = palette().color(QPalette::Text); // a placeholder's colour may be too faint to read
            quiet.setAlphaF(0.7F);
            place->setForeground(NameColumn, quiet);
            // Nearer to its lists than to what stands above.
            place->setTextAlignment(NameColumn, Qt::AlignLeft | Qt::AlignBottom);
            place->setSizeHint(NameColumn, { 0, fontMetrics().height() * 9 / 4 });
        }
        place->addChild(item);
        place->setExpanded(true);
    }
}

//! Makes the items anew; the current one stays that, if its list is still there.
void ListTree::fill(const QList<OpenRead *> &unlisted, qsizetype here)
{
    const QTreeWidgetItem *before = m_tree->currentItem();
    const OpenRead *read = before ? readOf(before) : nullptr;
    const QVariant index = before ? before->data(NameColumn, entryRole) : QVariant();
    const std::optional<ListEntry> entry = index.isValid() ? std::optional(m_shown[index.toInt()]) : std::nullopt;
    m_shown = m_browser.lists().lists();
    m_unlisted = unlisted;
    m_unlistedHere = here;
    m_tree->clear();
    QTreeWidgetItem *current = nullptr;
    for (qsizetype i = 0; i < m_shown.size(); ++i) {
        QTreeWidgetItem *item = makeItem(m_shown[i]);
        item->setData(NameColumn, entryRole, int(i));
        m_tree->addTopLevelItem(item);
        if (m_shown[i] == entry)
            current = item;
    }
    addUnlisted();
    if (QTreeWidgetItem *sameRead = itemOf(read))
        current = sameRead;
    applyFilter();
    if (current)
        m_tree->setCurrentItem(current);
    else
        followShown();
}

void ListTree::rebuild()
{
    const ListsPresenter &lists = m_browser.lists();
    QSet<const OpenRead *> listed;
    for (const ListEntry &entry : lists.lists())
        listed += m_browser.readOf(entry);
    QList<OpenRead *> unlistedHere, elsewhere;
    for (OpenRead *read : m_browser.reads()) {
        if (!m_browser.isHere(*read))
            elsewhere += read;
        else if (!listed.contains(read)) // named by the user or gone on with, and the lists have been read anew
            unlistedHere += read;
    }
    const qsizetype here = unlistedHere.size();
    if (m_shown != lists.lists() || m_unlisted != unlistedHere + elsewhere || m_unlistedHere != here)
        fill(unlistedHere + elsewhere, here);
    QString note;
    switch (lists.state()) {
    case ListsPresenter::State::Idle:
        break;
    case ListsPresenter::State::Loading:
        note = tr("Reading the lists…");
        break;
    case ListsPresenter::State::Loaded:
        note = m_shown.isEmpty() ? tr("This account has no opt-out lists in this region.") : QString();
        break;
    case ListsPresenter::State::Failed:
        note = tr("The lists could not all be read. %1")
                   .arg(describe(lists.error(), u"sms-voice:DescribeOptOutLists"_s).headline);
        break;
    }
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
    m_reload->setVisible(lists.state() == ListsPresenter::State::Failed);
    updateItems();
}

void ListTree::updateItems()
{
    for (QTreeWidgetItemIterator it(m_tree); *it; ++it) {
        QTreeWidgetItem *item = *it;
        if (const QVariant entry = item->data(NameColumn, entryRole); entry.isValid())
            markItem(item, readOf(item), m_shown[entry.toInt()].shared);
        else if (const OpenRead *read = readOf(item))
            markItem(item, read, false);
    }
}

//! The line that looks chosen is that of the numbers shown beside it.
void ListTree::followShown()
{
    m_tree->clearSelection();
    m_tree->setCurrentItem(itemOf(m_browser.shown()));
}

//! Null for the line of a place, and of a list that is not open.
OpenRead *ListTree::readOf(const QTreeWidgetItem *item) const
{
    if (const QVariant entry = item->data(NameColumn, entryRole); entry.isValid())
        return m_browser.readOf(m_shown[entry.toInt()]);
    const QVariant unlisted = item->data(NameColumn, unlistedRole);
    return unlisted.isValid() ? m_unlisted[unlisted.toInt()] : nullptr;
}

QTreeWidgetItem *ListTree::itemOf(const OpenRead *read) const
{
    for (QTreeWidgetItemIterator it(m_tree); read && *it; ++it) {
        if (readOf(*it) == read)
            return *it;
    }
    return nullptr;
}

//! \param read null if the list is not open
void ListTree::markItem(QTreeWidgetItem *item, const OpenRead *read, bool isShared) const
{
    QFont font = m_tree->font();
    font.setBold(read && read == m_browser.shown());
    item->setFont(NameColumn, font);
    const ReadStatus status = read ? read->read.status() : ReadStatus {};
    item->setText(StateColumn, read ? stateWord(status.state) : isShared ? tr("Shared") : QString());
    item->setToolTip(StateColumn, read ? readSentence(status) : QString());
}

void ListTree::applyFilter()
{
    const QString wanted = m_filter->text().trimmed();
    const auto isWanted = [&wanted](const OptOutList &list) {
        return list.name.contains(wanted, Qt::CaseInsensitive) || list.arn.contains(wanted, Qt::CaseInsensitive);
    };
    for (int i = 0; i < m_tree->topLevelItemCount(); ++i) {
        QTreeWidgetItem *item = m_tree->topLevelItem(i);
        if (const QVariant entry = item->data(NameColumn, entryRole); entry.isValid()) {
            item->setHidden(!isWanted(m_shown[entry.toInt()].list));
            continue;
        }
        if (const OpenRead *read = readOf(item)) {
            item->setHidden(!isWanted(read->entry.list));
            continue;
        }
        bool anyWanted = false;
        for (int child = 0; child < item->childCount(); ++child) {
            const bool wantedHere = isWanted(readOf(item->child(child))->entry.list);
            item->child(child)->setHidden(!wantedHere);
            anyWanted |= wantedHere;
        }
        item->setHidden(!anyWanted);
    }
}

void ListTree::openItem(QTreeWidgetItem *item)
{
    if (const QVariant entry = item->data(NameColumn, entryRole); entry.isValid())
        m_browser.open(ListEntry(m_shown[entry.toInt()]));
    else if (OpenRead *read = readOf(item))
        m_browser.show(*read);
}

} // namespace optout
