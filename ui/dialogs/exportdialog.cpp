// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "dialogs/exportdialog.h"

#include "presenters/exportpresenter.h"
#include "presenters/readpresenter.h"
#include "settings/settings.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>
#include <QStandardPaths>

namespace optout {

using namespace Qt::Literals::StringLiterals;

ExportDialog::ExportDialog(ExportPresenter &exporter, ReadPresenter &read, Settings &settings, QWidget *window)
    : QObject(window)
    , m_exporter(exporter)
    , m_read(read)
    , m_settings(settings)
    , m_window(window)
{
    connect(&m_exporter, &ExportPresenter::stateChanged, this, &ExportDialog::follow);
}

ExportDialog::~ExportDialog() { closeOpen(); }

void ExportDialog::closeOpen()
{
    QDialog *open = m_open;
    m_open.clear();
    if (!open)
        return;
    open->disconnect(this);
    // Whether to overwrite is asked by Qt's own file dialog in an event loop on its stack, which has to be left before
    // the dialog can go.
    if (auto *overwrites = open->findChild<QMessageBox *>()) {
        connect(overwrites, &QObject::destroyed, open, &QWidget::close, Qt::QueuedConnection);
        overwrites->reject();
    } else {
        open->close();
    }
}

void ExportDialog::follow()
{
    switch (m_exporter.state()) {
    case ExportPresenter::State::Asking:
        ask();
        break;
    case ExportPresenter::State::ChoosingFile:
        closeOpen(); // the question answered itself: the list is complete
        chooseFile();
        break;
    case ExportPresenter::State::Idle: // cancelled from outside: the list was read anew, or closed
        closeOpen();
        break;
    case ExportPresenter::State::FinishingRead:
    case ExportPresenter::State::Settling:
    case ExportPresenter::State::Writing:
    case ExportPresenter::State::Done:
    case ExportPresenter::State::Failed:
        break;
    }
}

void ExportDialog::ask()
{
    auto *question = new QMessageBox(QMessageBox::Question, tr("Export view"),
        tr("The list has not been read to its end."), QMessageBox::NoButton, m_window);
    question->setObjectName(u"exportQuestion"_s);
    question->setAttribute(Qt::WA_DeleteOnClose);
    const auto tellRows = [this, question] {
        //: %Ln is the count of loaded numbers
        question->setInformativeText(tr("%Ln numbers are loaded so far. Export what is loaded when the file is chosen, "
                                        "or finish reading first? Then the file is written as soon as the list is "
                                        "complete.",
            nullptr, int(m_read.status().rows)));
    };
    tellRows();
    connect(&m_read, &ReadPresenter::changed, question, tellRows);
    QPushButton *finish = question->addButton(tr("&Finish reading first"), QMessageBox::AcceptRole);
    finish->setObjectName(u"finishReadingFirst"_s);
    finish->setEnabled(m_read.canGoOn());
    QPushButton *loaded = question->addButton(tr("&Export what is loaded"), QMessageBox::ActionRole);
    loaded->setObjectName(u"exportWhatIsLoaded"_s);
    question->addButton(QMessageBox::Cancel);
    question->setDefaultButton(finish->isEnabled() ? finish : loaded);
    // Not buttonClicked(): closing the window by its frame clicks no button.
    connect(question, &QDialog::finished, this, [this, question, finish, loaded] {
        m_open.clear(); // from here on it is not the dialog to close when the state changes
        const QAbstractButton *clicked = question->clickedButton();
        if (clicked == finish)
            m_exporter.finishReading();
        else if (clicked == loaded)
            m_exporter.exportLoaded();
        else
            m_exporter.cancel();
    });
    m_open = question;
    question->open();
}

void ExportDialog::chooseFile()
{
    QString folder = m_settings.exportFolder();
    if (folder.isEmpty() || !QDir(folder).exists())
        folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    if (!QDir(folder).exists())
        folder = QDir::homePath();
    auto *chooser = new QFileDialog(m_window, tr("Export view"), folder, tr("CSV files (*.csv)"));
    chooser->setObjectName(u"exportFile"_s);
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setAcceptMode(QFileDialog::AcceptSave);
    chooser->setDefaultSuffix(u"csv"_s);
    chooser->selectFile(m_exporter.suggestedFileName());
    connect(chooser, &QFileDialog::fileSelected, this, [this](const QString &fileName) {
        m_open.clear();
        m_settings.setExportFolder(QFileInfo(fileName).absolutePath());
        m_exporter.writeTo(fileName);
    });
    connect(chooser, &QFileDialog::rejected, this, [this] {
        m_open.clear();
        m_exporter.cancel();
    });
    m_open = chooser;
    chooser->open();
}

} // namespace optout
