// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "presenters/exportpresenter.h"

#include "models/numbertablemodel.h"
#include "presenters/readpresenter.h"

#include <QDateTime>

#include <utility>

namespace optout {

using namespace Qt::Literals::StringLiterals;
using State = ExportPresenter::State;

ExportPresenter::ExportPresenter(NumberTableModel &model, ReadPresenter &read, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_model(model)
    , m_read(read)
    , m_clock(clock)
{
    connect(&m_read, &ReadPresenter::stateChanged, this, &ExportPresenter::followRead);
    connect(&m_model, &NumberTableModel::updatingChanged, this, &ExportPresenter::writeWhenSettled);
    connect(&m_model, &NumberTableModel::countsChanged, this, &ExportPresenter::writeWhenSettled);
    connect(&m_model, &NumberTableModel::storeFailed, this, [this](const Error &error) {
        if (m_state != State::Settling)
            return;
        m_error = error; // the view that was to be written will not be there
        enter(State::Failed);
    });
}

ExportPresenter::~ExportPresenter() = default;

bool ExportPresenter::canBegin() const
{
    const bool free = m_state == State::Idle || m_state == State::Done || m_state == State::Failed;
    const ReadStatus read = m_read.status();
    return free && (read.rows > 0 || read.isComplete());
}

void ExportPresenter::begin()
{
    if (!canBegin())
        return;
    m_readGeneration = m_read.generation();
    m_finishFirst = false;
    m_fileName.clear();
    m_partial = !m_read.status().isComplete();
    enter(m_partial ? State::Asking : State::ChoosingFile);
}

void ExportPresenter::exportLoaded()
{
    if (m_state == State::Asking)
        enter(State::ChoosingFile);
}

void ExportPresenter::finishReading()
{
    if (m_state != State::Asking)
        return;
    m_finishFirst = true;
    m_partial = false;
    enter(State::ChoosingFile);
}

void ExportPresenter::writeTo(const QString &fileName)
{
    if (m_state != State::ChoosingFile)
        return;
    m_fileName = fileName;
    if (m_finishFirst && !m_read.status().isComplete()) {
        enter(State::FinishingRead);
        // Going on is what the user just chose; what had to begin again would be another read than the one on screen.
        if (m_read.canGoOn())
            m_read.resume();
        return;
    }
    m_partial = !m_read.status().isComplete();
    enter(State::Settling);
    writeWhenSettled();
}

void ExportPresenter::followRead()
{
    const bool waits = m_state != State::Idle && m_state != State::Done && m_state != State::Failed
        && m_state != State::Writing; // once writing it has rows of its own
    const bool wantsTheWhole = m_finishFirst && (m_state == State::ChoosingFile || m_state == State::FinishingRead);
    if (wantsTheWhole && m_read.status().restartedBecause)
        m_readGeneration = m_read.generation(); // begun again by itself: the end of the list is still to come
    if (waits && m_read.generation() != m_readGeneration) {
        cancel(); // the rows that were to be exported are gone
        return;
    }
    if (m_state == State::Asking && m_read.status().isComplete()) {
        m_partial = false; // there is nothing left to ask
        enter(State::ChoosingFile);
        return;
    }
    if (m_state == State::FinishingRead && m_read.status().isComplete()) {
        enter(State::Settling);
        writeWhenSettled();
    }
}

void ExportPresenter::writeWhenSettled()
{
    if (m_state != State::Settling)
        return;
    m_model.flush(); // its signals come back here, and may have begun to write
    if (m_state != State::Settling)
        return;
    const ExportSource source = m_model.exportSource();
    if (!m_model.isUpdating() && source.order->judgedRows() == source.rows.size())
        write(source);
}

void ExportPresenter::write(const ExportSource &source)
{
    m_rowsWritten = 0;
    m_rowsInAll = source.order->size();
    m_rowsLoaded = source.rows.size();
    m_operation = new ExportOperation(source, m_fileName, this);
    connect(m_operation, &ExportOperation::progressed, this, [this](qint64 written, qint64 all) {
        m_rowsWritten = written;
        m_rowsInAll = all;
        emit progressed();
    });
    connect(m_operation, &ExportOperation::finished, this, [this](const Result<Done> &outcome) {
        std::exchange(m_operation, nullptr)->deleteLater();
        if (outcome) {
            m_rowsWritten = m_rowsInAll;
            enter(State::Done);
            return;
        }
        m_error = outcome.error();
        enter(m_error.kind == Error::Kind::Cancelled ? State::Idle : State::Failed);
    });
    enter(State::Writing);
    m_operation->start();
}

void ExportPresenter::cancel()
{
    switch (m_state) {
    case State::Writing:
        m_operation->cancel();
        break;
    case State::Asking:
    case State::ChoosingFile:
    case State::FinishingRead:
    case State::Settling:
        enter(State::Idle);
        break;
    case State::Idle:
    case State::Done:
    case State::Failed:
        break;
    }
}

void ExportPresenter::dismiss()
{
    if (m_state == State::Done || m_state == State::Failed)
        enter(State::Idle);
}

void ExportPresenter::enter(State state)
{
    m_state = state;
    emit stateChanged();
}

bool ExportPresenter::isFiltered() const
{
    return m_read.status().endUserOnly.has_value() || !m_model.query().filter.passesEverything();
}

QString ExportPresenter::suggestedFileName() const
{
    const ReadStatus read = m_read.status();
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(m_clock.now().time_since_epoch().count());
    const QString region = regionOfArn(read.list.arn);
    QString name = read.list.name;
    const QString filtered = isFiltered() ? u"filtered"_s : QString();
    const QString partial = m_partial ? u"partial"_s : QString();
    for (const QString &part : { region, now.toString(u"yyyyMMdd-HHmm"_s), filtered, partial }) {
        if (!part.isEmpty())
            name += u'-' + part;
    }
    return name + ".csv"_L1;
}

} // namespace optout
