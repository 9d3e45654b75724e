// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "widgets/copybar.h"

#include "text/errortext.h"
#include "widgets/icons.h"
#include "widgets/rowcopier.h"

#include <QAction>
#include <QLocale>
#include <QVBoxLayout>

namespace optout {

using namespace Qt::Literals::StringLiterals;

CopyBar::CopyBar(RowCopier &copier, QWidget *parent)
    : QWidget(parent)
    , m_copier(copier)
    , m_bar(new NoticeBar(this))
    , m_cancel(new QAction(themedIcon(u"process-stop"_s), tr("Cancel"), this))
    , m_dismiss(new QAction(tr("Close"), this))
{
    m_bar->setObjectName(u"copyBar"_s);
    m_cancel->setObjectName(u"cancelCopyAction"_s);
    m_dismiss->setObjectName(u"dismissCopyAction"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_bar);
    hide();
    m_step.setInterval(patience);
    connect(&m_step, &QTimer::timeout, this, &CopyBar::showProgress);
    connect(m_cancel, &QAction::triggered, &m_copier, &RowCopier::cancel);
    connect(m_dismiss, &QAction::triggered, &m_copier, &RowCopier::dismiss);
    connect(&m_copier, &RowCopier::stateChanged, this, &CopyBar::follow);
}

void CopyBar::follow()
{
    m_step.stop();
    switch (m_copier.state()) {
    case RowCopier::State::Copying:
        tell({});
        m_step.start();
        return;
    case RowCopier::State::Idle:
        tell({});
        return;
    case RowCopier::State::Done:
        tell({ .icon = u"dialog-ok"_s,
            .headline = tr("%1 rows are on the clipboard.").arg(QLocale().toString(m_copier.rowsInAll())),
            .actions = { m_dismiss } });
        return;
    case RowCopier::State::Failed: {
        const ErrorText text = describe(m_copier.error());
        tell({ .icon = u"dialog-error"_s,
            .headline = tr("Nothing was copied. %1").arg(text.headline),
            .text = text.advice,
            .actions = { m_dismiss } });
        return;
    }
    }
}

void CopyBar::showProgress()
{
    const QLocale locale;
    tell({ .headline = tr("Copying %1 of %2 rows…")
                           .arg(locale.toString(m_copier.rowsDone()), locale.toString(m_copier.rowsInAll())),
        .actions = { m_cancel } });
    m_bar->setProgress(m_copier.rowsDone(), m_copier.rowsInAll());
}

void CopyBar::tell(const Notice &notice)
{
    m_bar->setNotice(notice);
    m_bar->setProgress(0, -1);
    setVisible(!notice.isEmpty());
}

} // namespace optout
