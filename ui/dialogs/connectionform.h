// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "dialogs/connectionproblems.h"
#include "presenters/connectionlist.h"

#include <QWidget>

#include <optional>

class QCheckBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QToolButton;

namespace optout {

class FieldNote;
class RegionBox;
class SecretEdit;

//! The fields of a saved or new connection, with what is wrong beside each. Keys that are kept are never shown.
class ConnectionForm final : public QWidget {
    Q_OBJECT
public:
    //! The list must outlive this widget: it tells which names are taken.
    explicit ConnectionForm(const ConnectionList &connections, QWidget *parent = nullptr);

    void showNew(const QString &name);
    //! \param keysMissing its keys are gone and have to be entered
    void showSaved(const Connection &connection, bool keysMissing);
    void focusFirst(); //!< the name of a new connection, the keys if they are missing

    bool isNew() const { return m_shown.id.isEmpty(); }
    bool isModified() const;
    Connection connection() const; //!< as entered
    std::optional<Credentials> newKeys() const; //!< nothing if no keys were entered
    //! The keychain, unless the keys are temporary or it is not wanted.
    ConnectionList::KeepKeys keepKeys() const;
    //! Shows what is wrong and goes to the first field concerned. \return whether all is well
    //! \param toUse keys are needed, now
    bool check(bool toUse);
    void clearSecrets();

signals:
    void edited();

private:
    QWidget *makeKeysPart();
    void addAdvancedRows();
    void addRoleRows();
    void showAdvanced(bool shown);
    QWidget *addRow(const QString &label, QWidget *field, QWidget *buddy, ConnectionField kind);
    void show(const Connection &connection, bool keysMissing);
    void noteEdit();
    void refreshHints();
    void showProblems(const ConnectionProblems::Map &problems);
    ConnectionInput input(bool toUse) const;
    QWidget *widgetOf(ConnectionField field) const;

    const ConnectionList &m_connections;
    Connection m_shown;
    bool m_keysMissing = false;
    bool m_checked = false; // problems are shown, so they follow what is typed
    QFormLayout *m_layout;
    QLineEdit *m_name;
    RegionBox *m_region;
    QLineEdit *m_accessKeyId;
    SecretEdit *m_secret;
    SecretEdit *m_token;
    QCheckBox *m_keep;
    QLabel *m_keepHint;
    QToolButton *m_advanced;
    QList<QWidget *> m_advancedRows;
    QLineEdit *m_endpoint;
    QLineEdit *m_role;
    QLineEdit *m_externalId;
    QLineEdit *m_mfa;
    QCheckBox *m_fips;
    QCheckBox *m_dualStack;
    QMap<ConnectionField, FieldNote *> m_notes;
};

} // namespace optout
