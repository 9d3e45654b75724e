// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "cli/liststask.h"

#include "cli/console.h"
#include "service/listoptoutlistsoperation.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

QLatin1StringView nameOf(DescribeOptOutListsInput::Owner owner)
{
    return owner == DescribeOptOutListsInput::Owner::Self ? "SELF"_L1 : "SHARED"_L1;
}

} // namespace

ListsTask::ListsTask(const OptOutService &service, const CliOptions &options, QObject *parent)
    : Task(parent)
    , m_format(options.format)
{
    const QList<Owner> owners =
        options.owner ? QList<Owner> { *options.owner } : QList<Owner> { Owner::Self, Owner::Shared };
    for (const Owner owner : owners) {
        auto *operation = service.listOptOutLists(owner, this);
        connect(operation, &ListOptOutListsOperation::pageArrived, this, [this, owner](const ListsPage &page) {
            for (const OptOutList &list : page.lists)
                m_lists << OwnedList { list, owner };
        });
        connect(operation, &ListOptOutListsOperation::finished, this, &ListsTask::takeOutcome);
        m_parts << Part { owner, operation };
    }
}

ListsTask::~ListsTask() = default;

void ListsTask::start() { startNext(); }

void ListsTask::startNext()
{
    ++m_current;
    m_parts[m_current].operation->start();
}

void ListsTask::cancel()
{
    if (m_current >= 0)
        m_parts[m_current].operation->cancel();
}

void ListsTask::takeOutcome(const Result<Done> &outcome)
{
    if (!outcome) {
        const bool interrupted = outcome.error().kind == Error::Kind::Cancelled;
        console::say(interrupted ? u"stopped"_s : errorLine(outcome.error()));
        emit finished(interrupted ? ExitStatus::Interrupted : ExitStatus::Failed);
        return;
    }
    if (m_current + 1 < m_parts.size())
        return startNext();
    const Result<Done> printed = console::print(m_format == ListsFormat::Json ? asJson() : asTabSeparated());
    if (!printed)
        console::say(errorLine(printed.error()));
    emit finished(printed ? ExitStatus::Done : ExitStatus::Failed);
}

std::string ListsTask::asTabSeparated() const
{
    std::string text;
    for (const OwnedList &entry : m_lists) {
        text += oneLine(entry.list.arn).toStdString() + '\t' + oneLine(entry.list.name).toStdString() + '\t'
            + nameOf(entry.owner).data() + '\t' + (entry.list.created ? toIso8601(*entry.list.created) : "-") + '\n';
    }
    return text;
}

std::string ListsTask::asJson() const
{
    QJsonArray lists;
    for (const OwnedList &entry : m_lists) {
        lists << QJsonObject { { u"OptOutListArn"_s, entry.list.arn }, { u"OptOutListName"_s, entry.list.name },
            { u"CreatedTimestamp"_s,
                entry.list.created ? QJsonValue(QString::fromStdString(toIso8601(*entry.list.created)))
                                   : QJsonValue(QJsonValue::Null) },
            { u"Owner"_s, nameOf(entry.owner) } };
    }
    return QJsonDocument(lists).toJson().toStdString();
}

} // namespace optout
