// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"
#include "widgets/copytext.h"

#include <QFutureWatcher>
#include <QObject>
#include <QPointer>
#include <QThreadPool>

#include <functional>

class QAction;
class QMessageBox;
class QWidget;

namespace optout {

//! Puts rows on the clipboard: many of them after a question, and put together in a worker. Until they are there the
//! clipboard keeps what it had. GUI thread only.
class RowCopier final : public QObject {
    Q_OBJECT
public:
    //! Copies of more rows than this are asked about first.
    static constexpr qint64 freeCopy = 100'000;
    //! Copies of more rows than this are refused: 200 MB of text are more than what most programs can paste.
    static constexpr qint64 mostCopied = 5'000'000;

    enum class State {
        Idle,
        Copying,
        Done, //!< what was asked about is on the clipboard
        Failed, //!< error() tells why; the clipboard is as before
    };
    using MakeText = std::function<QByteArray(const CopyRequest &, const std::function<bool(qint64)> &)>;

    //! \param parent the question stands in front of its window
    //! \param makeText as copyText(); called in a worker, for few rows in this thread
    explicit RowCopier(QWidget *parent, MakeText makeText = copyText);
    //! Waits for the worker to notice that it is to stop, a few thousand rows.
    ~RowCopier() override;

    //! What the question offers for more rows than other programs may take; must outlive this object, or null.
    void setExport(QAction *exportView) { m_exportView = exportView; }

    //! Takes the place of a copy that is asked about; of one that is under way only when it begins itself: who answers
    //! its question with no keeps that one.
    void copy(const CopyRequest &request);
    void fail(const Error &error); //!< what was to be copied cannot be; takes the place of a copy under way
    void cancel(); //!< a copy under way; does nothing without one
    void dismiss(); //!< Idle again, after Done or Failed

    State state() const { return m_state; }
    qint64 rowsDone() const; //!< of the copy under way
    qint64 rowsInAll() const { return m_rows; } //!< of the copy under way or done
    const Error &error() const { return m_error; }

signals:
    void stateChanged();

private:
    using Text = Result<QByteArray>;
    void ask(const CopyRequest &request);
    void refuse(qint64 rows);
    QMessageBox *makeQuestion(const QString &text, const QString &advice);
    void start(const CopyRequest &request, State whenDone);
    void abandon();
    void take(const Text &text, State whenDone);
    void setState(State state);

    MakeText m_makeText;
    QAction *m_exportView = nullptr;
    QPointer<QMessageBox> m_question;
    QFutureWatcher<Text> *m_watcher = nullptr; // of the copy under way
    State m_state = State::Idle;
    qint64 m_rows = 0;
    Error m_error;
    QThreadPool m_worker; // of its own: Qt paints with threads of the global one, and the window would wait for them
};

} // namespace optout
