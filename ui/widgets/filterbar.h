// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "domain/numberfilter.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace optout {

class ChoiceBar;
class DateField;
class ElidingLabel;
class Settings;

//! What the view shows of the loaded rows. A field that cannot be understood says so beside itself and filters nothing.
class FilterBar final : public QWidget {
    Q_OBJECT
public:
    explicit FilterBar(QWidget *parent = nullptr);

    NumberFilter filter() const { return m_filter; }
    void clear();
    void focusNumber();

    void restore(const Settings &settings);
    void save(Settings &settings) const;

    //! Which filter the read in progress was made with at the service.
    void showServiceFilter(std::optional<bool> endUserOnly);
    //! Whether there is a list that could be read with such a filter.
    void setCanReadOnly(bool can);
    std::optional<bool> serviceFilter() const; //!< what "Read only these" asks for now

signals:
    void filterChanged(const optout::NumberFilter &filter);
    void serviceFilterChosen(std::optional<bool> endUserOnly);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *makeFirstRow();
    QWidget *makeSecondRow();
    void takeBy();
    void apply();
    QString readFields(NumberFilter &filter) const; // what is wrong with them, or nothing

    ChoiceBar *m_by = nullptr;
    QCheckBox *m_readOnlyThese = nullptr;
    QLineEdit *m_number = nullptr;
    DateField *m_from = nullptr;
    DateField *m_until = nullptr;
    ElidingLabel *m_problem = nullptr;
    QLabel *m_problemMark = nullptr;
    QPushButton *m_clear = nullptr;
    NumberFilter m_filter;
    QTimer m_typing; // one filter run for keys that come in a burst
    bool m_canReadOnly = false;
};

} // namespace optout
