// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/rowcopier.h"

#include "widgets/longtext.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QtConcurrentRun>

#include <new>
#include <utility>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 copyAtOnce = 5'000; // rows that take no noticeable time

Error noMemory()
{
    return { .kind = Error::Kind::Storage,
        .detail = u"There is not enough memory to put this many rows on the clipboard."_s };
}

Result<QByteArray> textOf(
    const RowCopier::MakeText &makeText, const CopyRequest &request, const std::function<bool(qint64 rowsDone)> &goOn)
{
    try {
        return makeText(request, goOn);
    } catch (const std::bad_alloc &) {
        return noMemory();
    }
}

void put(const QByteArray &text) { QGuiApplication::clipboard()->setMimeData(new LongText(text)); }

} // namespace

RowCopier::RowCopier(QWidget *parent, MakeText makeText)
    : QObject(parent)
    , m_makeText(std::move(makeText))
{
    m_worker.setMaxThreadCount(1);
}

RowCopier::~RowCopier() { abandon(); }

void RowCopier::copy(const CopyRequest &request)
{
    delete m_question;
    const qint64 rows = request.count();
    if (rows == 0)
        return;
    if (rows > mostCopied)
        refuse(rows);
    else if (rows > freeCopy)
        ask(request);
    else
        start(request, State::Idle);
}

QMessageBox *RowCopier::makeQuestion(const QString &text, const QString &advice)
{
    auto *question = new QMessageBox(qobject_cast<QWidget *>(parent()));
    question->setObjectName(u"copyManyRows"_s);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setWindowTitle(tr("Copy many rows"));
    question->setText(text);
    question->setInformativeText(advice);
    if (m_exportView) {
        QPushButton *exportView = question->addButton(tr("&Export view…"), QMessageBox::ActionRole);
        exportView->setObjectName(u"exportInstead"_s);
        exportView->setEnabled(m_exportView->isEnabled());
        connect(exportView, &QPushButton::clicked, m_exportView, &QAction::trigger);
    }
    m_question = question;
    return question;
}

void RowCopier::ask(const CopyRequest &request)
{
    QMessageBox *question = makeQuestion(tr("Copy %1 rows to the clipboard?").arg(QLocale().toString(request.count())),
        tr("Other programs may take long to paste so much. “Export view…” writes all rows of the view to a file."));
    question->setIcon(QMessageBox::Question);
    QPushButton *copy = question->addButton(tr("&Copy"), QMessageBox::AcceptRole);
    copy->setObjectName(u"copyThem"_s);
    question->addButton(QMessageBox::Cancel);
    question->setDefaultButton(copy);
    connect(copy, &QPushButton::clicked, this, [this, request] { start(request, State::Done); });
    question->open();
}

void RowCopier::refuse(qint64 rows)
{
    const QLocale locale;
    QMessageBox *answer = makeQuestion(tr("%1 rows are too many for the clipboard.").arg(locale.toString(rows)),
        tr("Up to %1 can be copied. “Export view…” writes all rows of the view to a file.")
            .arg(locale.toString(mostCopied)));
    answer->setIcon(QMessageBox::Information);
    answer->addButton(QMessageBox::Close);
    answer->open();
}

void RowCopier::start(const CopyRequest &request, State whenDone)
{
    abandon();
    m_rows = request.count();
    if (m_rows <= copyAtOnce) {
        take(textOf(m_makeText, request, [](qint64) { return true; }), State::Idle);
        return;
    }
    m_watcher = new QFutureWatcher<Text>(this);
    connect(m_watcher, &QFutureWatcher<Text>::finished, this, [this, whenDone] {
        QFutureWatcher<Text> *watcher = std::exchange(m_watcher, nullptr);
        watcher->deleteLater();
        take(watcher->future().takeResult(), whenDone);
    });
    m_watcher->setFuture(QtConcurrent::run(&m_worker, [request, makeText = m_makeText](QPromise<Text> &promise) {
        promise.setProgressRange(0, int(request.count()));
        promise.addResult(textOf(makeText, request, [&promise](qint64 rowsDone) {
            promise.setProgressValue(int(rowsDone));
            return !promise.isCanceled();
        }));
    }));
    setState(State::Copying);
}

// What the worker still makes is thrown away, there.
void RowCopier::abandon()
{
    if (!m_watcher)
        return;
    m_watcher->disconnect(this);
    m_watcher->cancel();
    std::exchange(m_watcher, nullptr)->deleteLater();
}

void RowCopier::take(const Text &text, State whenDone)
{
    if (text) {
        put(*text);
        setState(whenDone);
    } else {
        fail(text.error());
    }
}

void RowCopier::fail(const Error &error)
{
    abandon();
    m_error = error;
    setState(State::Failed);
}

void RowCopier::cancel()
{
    if (m_state != State::Copying)
        return;
    abandon();
    setState(State::Idle);
}

void RowCopier::dismiss()
{
    if (m_state != State::Copying)
        setState(State::Idle);
}

qint64 RowCopier::rowsDone() const { return m_watcher ? m_watcher->progressValue() : 0; }

void RowCopier::setState(State state)
{
    m_state = state;
    emit stateChanged();
}

} // namespace optout
