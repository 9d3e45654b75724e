// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "dialogs/preferencesdialog.h"

#include "dialogs/fieldnote.h"
#include "settings/settings.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpacerItem>
#include <QSpinBox>
#include <QStyle>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>
#include <utility>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int secondsOfUnit[] { 1, 60, 3600 };
constexpr int mostSeconds = 7 * 24 * 3600;
constexpr double firstRate = 1; // the service's default quota

template <typename Field> Field *named(Field *field, const char *name, const QString &accessible)
{
    field->setObjectName(QLatin1StringView(name));
    field->setAccessibleName(accessible);
    return field;
}

FieldNote *noteBelow(QWidget *field, const QString &hint, QWidget *page)
{
    auto *note = new FieldNote(field, page);
    note->setHint(hint);
    if (qobject_cast<QCheckBox *>(field)) { // below its words, not below its box
        const QStyle *style = field->style();
        const int indent = style->pixelMetric(QStyle::PM_IndicatorWidth, nullptr, field)
            + style->pixelMetric(QStyle::PM_CheckBoxLabelSpacing, nullptr, field);
        note->layout()->setContentsMargins(indent, 0, 0, 0);
    }
    return note;
}

// What is left of the page's height stays below the form: between its rows it would part the notes from their fields.
QFormLayout *formOn(QWidget *page)
{
    auto *layout = new QVBoxLayout(page);
    auto *form = new QFormLayout;
    layout->addLayout(form);
    layout->addStretch(1);
    return form;
}

// Between one matter and the next.
QSpacerItem *gap(const QWidget *page) { return new QSpacerItem(0, page->fontMetrics().height() / 2); }

// Numbers keep their own width at the left, whatever the page's.
QWidget *atLeft(const QList<QWidget *> &fields, QWidget *page)
{
    auto *row = new QWidget(page);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    for (QWidget *field : fields)
        layout->addWidget(field);
    layout->addStretch(1);
    return row;
}

// The label's mnemonic leads to the field although a row stands between them.
void addRow(QFormLayout *form, const QString &text, QWidget *field, QWidget *row)
{
    auto *label = new QLabel(text);
    label->setBuddy(field);
    form->addRow(label, row);
}

QString keepingHint()
{
    return PreferencesDialog::tr(
        "A read goes on where it was after the program or the computer has stopped. The numbers are written encrypted; "
        "the key is in the keychain of this computer.");
}

} // namespace

PreferencesDialog::PreferencesDialog(Parts parts, QWidget *parent)
    : QDialog(parent)
    , m_parts(std::move(parts))
    , m_pages(new QTabWidget(this))
{
    setObjectName(u"preferences"_s);
    setWindowTitle(tr("Preferences"));
    m_pages->addTab(readingPage(), tr("&Reading"));
    m_pages->addTab(keepingPage(), tr("&Unfinished reads"));
    m_pages->addTab(desktopPage(), tr("&Desktop"));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_pages);
    layout->addWidget(buttons);
    load();
    setMinimumWidth(fontMetrics().averageCharWidth() * 80);
    // A tab widget does not ask its pages how high they are at a width; the notes would be cut.
    const int inner = minimumWidth() - 4 * fontMetrics().averageCharWidth();
    int height = 0;
    for (int i = 0; i < m_pages->count(); ++i)
        height = std::max(height, m_pages->widget(i)->layout()->totalHeightForWidth(inner));
    m_pages->setMinimumHeight(height + m_pages->tabBar()->sizeHint().height() + fontMetrics().height());
}

// A number that is half typed would be told of when the field goes, and by then this is no PreferencesDialog.
PreferencesDialog::~PreferencesDialog() { m_days->disconnect(this); }

QWidget *PreferencesDialog::readingPage()
{
    auto *page = new QWidget(this);
    QFormLayout *form = formOn(page);
    m_headroom = named(new QSpinBox(page), "headroom", tr("Percent of the quota left to others"));
    m_headroom->setRange(0, 90);
    m_headroom->setSuffix(tr(" %"));
    addRow(form, tr("&Leave to others:"), m_headroom, atLeft({ m_headroom }, page));
    form->addRow({},
        noteBelow(m_headroom,
            tr("The account's quota of calls is shared with everything else that calls the service, also with what "
               "runs in production. This part of it is left alone."),
            page));
    form->addItem(gap(page));
    m_fixed = named(new QCheckBox(tr("Read at a &fixed pace"), page), "fixedPace", tr("Read at a fixed pace"));
    form->addRow({}, m_fixed);
    form->addRow({},
        noteBelow(m_fixed,
            tr("Not needed for most accounts: without it the program learns from the service's answers how fast it may "
               "read."),
            page));
    m_rate = named(new QDoubleSpinBox(page), "rate", tr("Calls a second"));
    m_rate->setRange(0.1, 1000);
    m_rate->setDecimals(1);
    addRow(form, tr("Calls a &second:"), m_rate, atLeft({ m_rate }, page));
    form->addItem(gap(page));
    m_giveUp = named(new QSpinBox(page), "giveUp", tr("How long to try through a fault"));
    m_giveUpUnit = named(new QComboBox(page), "giveUpUnit", tr("Unit of time"));
    m_giveUpUnit->addItems({ tr("seconds"), tr("minutes"), tr("hours") });
    addRow(form, tr("&Try through a fault for:"), m_giveUp, atLeft({ m_giveUp, m_giveUpUnit }, page));
    form->addRow({},
        noteBelow(m_giveUp,
            tr("When the network or the service fails for longer than this without a break, the read ends as failed. "
               "Its rows stay, and \"Retry\" goes on from there. The quota alone never ends a read."),
            page));
    connect(m_headroom, &QSpinBox::valueChanged, this, [this](int percent) {
        m_parts.settings.setHeadroomPercent(percent);
        changedByUser();
    });
    connect(m_fixed, &QCheckBox::toggled, this, &PreferencesDialog::storeRate);
    connect(m_rate, &QDoubleSpinBox::valueChanged, this, &PreferencesDialog::storeRate);
    connect(m_giveUp, &QSpinBox::valueChanged, this, &PreferencesDialog::storeGiveUp);
    connect(m_giveUpUnit, &QComboBox::currentIndexChanged, this, &PreferencesDialog::storeGiveUp);
    return page;
}

QWidget *PreferencesDialog::keepingPage()
{
    auto *page = new QWidget(this);
    QFormLayout *form = formOn(page);
    m_keep = named(new QCheckBox(tr("&Keep unfinished reads on this computer"), page), "keepReads",
        tr("Keep unfinished reads on this computer"));
    form->addRow(m_keep);
    m_keepNote = noteBelow(m_keep, keepingHint(), page);
    form->addRow(m_keepNote);
    form->addItem(gap(page));
    m_days = named(new QSpinBox(page), "keepDays", tr("Days after which an unfinished read is forgotten"));
    m_days->setRange(1, 365);
    m_days->setKeyboardTracking(false); // on the way to 30 somebody types 3, which would forget reads at once
    addRow(form, tr("F&orget them after:"), m_days, atLeft({ m_days }, page));

    auto *folder = named(new QLineEdit(QDir::toNativeSeparators(m_parts.readsFolder), page), "readsFolder",
        tr("Folder of the unfinished reads"));
    folder->setReadOnly(true);
    folder->setCursorPosition(0);
    auto *open = named(new QPushButton(tr("Open &folder"), page), "openFolder", tr("Open the folder"));
    open->setAutoDefault(false);
    auto *place = new QWidget(page);
    auto *placeLayout = new QHBoxLayout(place);
    placeLayout->setContentsMargins(0, 0, 0, 0);
    placeLayout->addWidget(folder, 1);
    placeLayout->addWidget(open);
    addRow(form, tr("&Place:"), folder, place);

    form->addItem(gap(page));
    m_forget = named(new QPushButton(tr("For&get all reads…"), page), "forgetReads", tr("Forget all unfinished reads"));
    m_forget->setAutoDefault(false);
    form->addRow({}, atLeft({ m_forget }, page));
    m_forgotten =
        noteBelow(m_forget, tr("Removes every unfinished read from this computer, and the key to them."), page);
    form->addRow({}, m_forgotten);

    connect(m_keep, &QCheckBox::toggled, this, [this](bool keep) {
        m_parts.settings.setKeepsUnfinishedReads(keep);
        changedByUser();
    });
    connect(m_days, &QSpinBox::valueChanged, this, [this](int days) {
        m_parts.settings.setKeepReadsForDays(days);
        changedByUser();
    });
    connect(open, &QPushButton::clicked, this, [this] { emit openFolderRequested(m_parts.readsFolder); });
    connect(m_forget, &QPushButton::clicked, this, &PreferencesDialog::confirmForgetting);
    return page;
}

QWidget *PreferencesDialog::desktopPage()
{
    auto *page = new QWidget(this);
    auto *layout = new QVBoxLayout(page);
    m_notify =
        named(new QCheckBox(tr("&Say so when a read has ended"), page), "notify", tr("Say so when a read has ended"));
    layout->addWidget(m_notify);
    layout->addWidget(noteBelow(m_notify,
        m_parts.canNotify
            ? tr("One message of the desktop, and only while no window of this program is in front. It names the list "
                 "and how many numbers were read, never a number.")
            : tr("This desktop shows no messages of programs."),
        page));
    layout->addSpacerItem(gap(page));
    m_awake = named(new QCheckBox(tr("Keep the computer a&wake while reading"), page), "keepAwake",
        tr("Keep the computer awake while reading"));
    layout->addWidget(m_awake);
    layout->addWidget(noteBelow(m_awake,
        m_parts.canInhibitSleep
            ? tr("The screen may still darken and lock. After a sleep a read goes on by itself in any case.")
            : tr("This program cannot do that here. After a sleep a read goes on by itself."),
        page));
    layout->addStretch(1);
    m_notify->setEnabled(m_parts.canNotify);
    m_awake->setEnabled(m_parts.canInhibitSleep);
    connect(m_notify, &QCheckBox::toggled, this, [this](bool notify) {
        m_parts.settings.setNotifiesAtEnd(notify);
        changedByUser();
    });
    connect(m_awake, &QCheckBox::toggled, this, [this](bool awake) {
        m_parts.settings.setInhibitsSleep(awake);
        changedByUser();
    });
    return page;
}

void PreferencesDialog::load()
{
    const Settings &settings = m_parts.settings;
    const auto quietly = [](QObject *field, auto &&set) {
        const QSignalBlocker blocker(field);
        set();
    };
    quietly(m_headroom, [&] { m_headroom->setValue(settings.headroomPercent()); });
    quietly(m_fixed, [&] { m_fixed->setChecked(settings.maxRate() > 0); });
    quietly(m_rate, [&] { m_rate->setValue(settings.maxRate() > 0 ? settings.maxRate() : firstRate); });
    const int seconds = int(settings.giveUpAfter().count());
    int unit = int(std::size(secondsOfUnit)) - 1; // the largest that says it exactly
    while (seconds % secondsOfUnit[unit] != 0)
        --unit;
    quietly(m_giveUpUnit, [&] { m_giveUpUnit->setCurrentIndex(unit); });
    quietly(m_giveUp, [&] {
        m_giveUp->setRange(1, mostSeconds / secondsOfUnit[unit]);
        m_giveUp->setValue(seconds / secondsOfUnit[unit]);
    });
    quietly(m_keep, [&] { m_keep->setChecked(settings.keepsUnfinishedReads().value_or(false)); });
    quietly(m_days, [&] { m_days->setValue(settings.keepReadsForDays()); });
    quietly(m_notify, [&] { m_notify->setChecked(settings.notifiesAtEnd()); });
    quietly(m_awake, [&] { m_awake->setChecked(settings.inhibitsSleep()); });
    refresh();
}

void PreferencesDialog::refresh()
{
    m_rate->setEnabled(m_fixed->isChecked());
    m_headroom->setEnabled(!m_fixed->isChecked()); // a fixed pace is the user's own word
    m_keep->setEnabled(m_hasKeychain);
    m_days->setEnabled(m_keep->isEnabled() && m_keep->isChecked());
    m_days->setSuffix(m_days->value() == 1 ? tr(" day") : tr(" days"));
}

void PreferencesDialog::storeRate()
{
    m_parts.settings.setMaxRate(m_fixed->isChecked() ? m_rate->value() : 0);
    changedByUser();
}

void PreferencesDialog::storeGiveUp()
{
    const int unit = secondsOfUnit[m_giveUpUnit->currentIndex()];
    {
        const QSignalBlocker blocker(m_giveUp);
        m_giveUp->setRange(1, mostSeconds / unit);
    }
    m_parts.settings.setGiveUpAfter(std::chrono::seconds(m_giveUp->value() * unit));
    changedByUser();
}

void PreferencesDialog::changedByUser()
{
    refresh();
    emit settingsChanged();
}

void PreferencesDialog::confirmForgetting()
{
    auto *question = new QMessageBox(QMessageBox::Question, tr("Forget all reads"),
        tr("Remove every unfinished read from this computer?"), QMessageBox::NoButton, this);
    question->setObjectName(u"forgetQuestion"_s);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setInformativeText(
        tr("They cannot be gone on with afterwards, and have to be read from their start. The lists themselves are "
           "not touched."));
    QPushButton *forget = question->addButton(tr("&Forget all reads"), QMessageBox::DestructiveRole);
    forget->setObjectName(u"forgetAll"_s);
    QPushButton *cancel = question->addButton(QMessageBox::Cancel);
    question->setDefaultButton(cancel);
    connect(question, &QDialog::finished, this, [this, question, forget] {
        if (question->clickedButton() == forget)
            emit forgetReadsRequested();
    });
    question->open();
}

void PreferencesDialog::sayNoKeychain(const QString &why)
{
    m_hasKeychain = why.isEmpty();
    m_keepNote->setHint(m_hasKeychain ? keepingHint() : why);
    refresh();
}

void PreferencesDialog::sayForgotten(const QString &outcome) { m_forgotten->setHint(outcome); }

} // namespace optout
