// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/clock.h"
#include "core/result.h"

#include <QObject>
#include <QPointer>

namespace optout {

class ExportOperation;
struct ExportSource;
class NumberTableModel;
class ReadPresenter;

//! Writes the view to a CSV file, and asks first when the view is of a list that has not been read to its end.
//! GUI thread only.
class ExportPresenter final : public QObject {
    Q_OBJECT
public:
    enum class State {
        Idle,
        Asking, //!< the read is not complete: exportLoaded(), finishReading() or cancel() answers
        ChoosingFile, //!< writeTo() or cancel() answers
        FinishingRead, //!< waits for the read to be complete, then writes by itself
        Settling, //!< waits for the view to catch up with the rows, filter and order
        Writing,
        Done, //!< fileName() is whole
        Failed, //!< error(); nothing stands under fileName() that was not there before
    };

    //! All three must outlive this object.
    ExportPresenter(NumberTableModel &model, ReadPresenter &read, const Clock &clock, QObject *parent = nullptr);
    ~ExportPresenter() override;

    void begin(); //!< in Idle, Done and Failed, when there is anything to write
    void exportLoaded();
    void finishReading();
    void writeTo(const QString &fileName);
    void cancel(); //!< back to Idle; leaves no file
    void dismiss(); //!< the user has seen Done or Failed

    bool canBegin() const; //!< there are rows, or the list is read and has none, and no export is under way
    State state() const { return m_state; }
    const Error &error() const { return m_error; }
    QString fileName() const { return m_fileName; }
    qint64 rowsWritten() const { return m_rowsWritten; }
    qint64 rowsInAll() const { return m_rowsInAll; }
    //! Whether what is (to be) written is known to be a part of the list only.
    bool isPartial() const { return m_partial; }
    //! The rows that were loaded when the writing began, those that the filters keep out included.
    qint64 rowsLoaded() const { return m_rowsLoaded; }
    //! Whether the view, or the read itself, leaves out numbers of the list on purpose.
    bool isFiltered() const;
    //! A name that says list, region and time: "Default-us-east-1-20260801-1002.csv", with "-filtered" and "-partial"
    //! added when it is: a file must not look like the whole list when it is not.
    QString suggestedFileName() const;

signals:
    void stateChanged();
    void progressed();

private:
    void enter(State state);
    void followRead();
    void writeWhenSettled();
    void write(const ExportSource &source);

    NumberTableModel &m_model;
    ReadPresenter &m_read;
    const Clock &m_clock;
    QPointer<ExportOperation> m_operation;
    State m_state = State::Idle;
    Error m_error;
    QString m_fileName;
    bool m_finishFirst = false;
    bool m_partial = false;
    int m_readGeneration = 0; // of the rows the user agreed to export
    qint64 m_rowsWritten = 0;
    qint64 m_rowsInAll = 0;
    qint64 m_rowsLoaded = 0;
};

} // namespace optout
