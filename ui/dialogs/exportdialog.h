// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QDialog>
#include <QObject>
#include <QPointer>

class QWidget;

namespace optout {

class ExportPresenter;
class ReadPresenter;
class Settings;

//! Asks what an export needs to know, as the presenter's state says: first, when the list has not been read to its end,
//! whether to export a part or to finish reading; then the file. Nothing here blocks.
class ExportDialog final : public QObject {
    Q_OBJECT
public:
    //! All must outlive this object. \a window is what the dialogs belong to.
    ExportDialog(ExportPresenter &exporter, ReadPresenter &read, Settings &settings, QWidget *window);
    ~ExportDialog() override; //!< closes the open dialog; no file is written then

private:
    void closeOpen();
    void follow();
    void ask();
    void chooseFile();

    ExportPresenter &m_exporter;
    ReadPresenter &m_read;
    Settings &m_settings;
    QWidget *m_window;
    QPointer<QDialog> m_open;
};

} // namespace optout
