// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QDialog>
#include <QString>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QPushButton;
class QSpinBox;
class QTabWidget;

namespace optout {

class FieldNote;
class Settings;

//! What the user can set of reading, of the reads kept unfinished, and of what the desktop is told. Each change holds
//! at once, as people know it of a dialog that asks for nothing dangerous on every desktop; there is only "Close".
class PreferencesDialog final : public QDialog {
    Q_OBJECT
public:
    struct Parts {
        Settings &settings;
        QString readsFolder {}; //!< where unfinished reads are kept; need not exist
        bool canInhibitSleep = true;
        bool canNotify = true;
    };
    //! Settings must outlive the dialog.
    explicit PreferencesDialog(Parts parts, QWidget *parent = nullptr);
    ~PreferencesDialog() override;

signals:
    void settingsChanged(); //!< after each change
    void openFolderRequested(const QString &folder);
    //! The user agreed to it. Whoever keeps the reads answers by sayForgotten().
    void forgetReadsRequested();

public slots:
    //! Why reads cannot be kept on this computer, a sentence; empty when they can, which is taken for true until told.
    void sayNoKeychain(const QString &why);
    //! What became of it, a sentence.
    void sayForgotten(const QString &outcome);

private:
    QWidget *readingPage();
    QWidget *keepingPage();
    QWidget *desktopPage();
    void load();
    void refresh();
    void storeRate();
    void storeGiveUp();
    void confirmForgetting();
    void changedByUser();

    Parts m_parts;
    bool m_hasKeychain = true;
    QTabWidget *m_pages;
    QSpinBox *m_headroom = nullptr;
    QCheckBox *m_fixed = nullptr;
    QDoubleSpinBox *m_rate = nullptr;
    QSpinBox *m_giveUp = nullptr;
    QComboBox *m_giveUpUnit = nullptr;
    QCheckBox *m_keep = nullptr;
    FieldNote *m_keepNote = nullptr;
    QSpinBox *m_days = nullptr;
    QPushButton *m_forget = nullptr;
    FieldNote *m_forgotten = nullptr;
    QCheckBox *m_notify = nullptr;
    QCheckBox *m_awake = nullptr;
};

} // namespace optout
