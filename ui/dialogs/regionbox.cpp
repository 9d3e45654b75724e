// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "dialogs/regionbox.h"

#include "aws/endpoint.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QLineEdit>

#include <algorithm>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

QString textOf(const Region &region)
{
    return region.name.isEmpty() ? region.id : u"%1 — %2"_s.arg(region.id, region.name);
}

const Region *findRegion(const QString &id)
{
    const QList<Region> &regions = serviceRegions();
    const auto found =
        std::find_if(regions.cbegin(), regions.cend(), [&id](const Region &region) { return region.id == id; });
    return found == regions.cend() ? nullptr : &*found;
}

} // namespace

RegionBox::RegionBox(QWidget *parent)
    : QComboBox(parent)
{
    setEditable(true);
    setInsertPolicy(QComboBox::NoInsert);
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(24);
    for (const Region &region : serviceRegions())
        addItem(textOf(region), region.id);
    // Anything in the name finds it: "frankfurt" and "eu-c" alike.
    completer()->setCompletionMode(QCompleter::PopupCompletion);
    completer()->setFilterMode(Qt::MatchContains);
    completer()->setCaseSensitivity(Qt::CaseInsensitive);
    completer()->popup()->setAccessibleName(tr("Regions"));
    lineEdit()->setPlaceholderText(tr("Such as eu-central-1"));
    setAccessibleName(tr("Region"));
    lineEdit()->setAccessibleName(tr("Region"));
    setCurrentIndex(-1);
    connect(this, &QComboBox::editTextChanged, this, &RegionBox::edited);
    connect(lineEdit(), &QLineEdit::editingFinished, this, &RegionBox::completeName);
}

// An id that was typed gets its human name.
void RegionBox::completeName()
{
    const QSignalBlocker quiet(this); // it is the same region
    setRegion(region());
}

QString RegionBox::region() const
{
    const QString text = currentText().trimmed();
    const int index = findText(text, Qt::MatchFixedString);
    return index >= 0 ? itemData(index).toString() : text.toLower();
}

void RegionBox::setRegion(const QString &region)
{
    const int index = findData(region);
    setCurrentIndex(index);
    if (index < 0)
        setEditText(region);
}

QString RegionBox::shownName(const QString &region)
{
    const Region *found = findRegion(region);
    return found ? textOf(*found) : region;
}

bool RegionBox::isKnown(const QString &region) { return findRegion(region) != nullptr; }

bool RegionBox::hasFips(const QString &region)
{
    const Region *found = findRegion(region);
    return found && found->fips;
}

} // namespace optout
