// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "presenters/connectiontest.h"

#include "service/listnumbersoperation.h"
#include "service/listoptoutlistsoperation.h"

#include <utility>

namespace optout {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int mostFailures = 2;

} // namespace

ConnectionTest::ConnectionTest(BrowserSession::ServiceFactory factory, QObject *parent)
    : QObject(parent)
    , m_factory(std::move(factory))
{
}

ConnectionTest::~ConnectionTest() = default;

QString ConnectionTest::actionToList() { return u"sms-voice:DescribeOptOutLists"_s; }
QString ConnectionTest::actionToRead() { return u"sms-voice:DescribeOptedOutNumbers"_s; }

void ConnectionTest::start(const Connection &connection, const std::shared_ptr<ConnectionSignIn> &signIn)
{
    cancel();
    m_run = new QObject(this);
    m_report = {};
    m_firstList.clear();
    m_signIn = signIn;
    ServiceSettings settings = signIn->settings();
    settings.region = connection.region;
    const Result<std::shared_ptr<OptOutService>> service = m_factory(connection, signIn, settings);
    if (!service) {
        QMetaObject::invokeMethod(
            m_run, [this, error = service.error()] { end(error); }, Qt::QueuedConnection);
        return;
    }
    m_service = *service;
    if (signIn->canAskIdentity())
        askIdentity();
    else
        askLists();
}

// STS may be out of reach where the service is not, such as behind a VPC endpoint. So its silence is no verdict; but
// without keys there is nothing more to try.
void ConnectionTest::askIdentity()
{
    m_signIn->askIdentity(m_run, [this](const Result<CallerIdentity> &identity) {
        if (!identity && (m_signIn->problem() || identity.error().kind == Error::Kind::NoCredentials)) {
            end(m_signIn->problem().value_or(identity.error()));
            return;
        }
        if (identity) {
            m_report.identity = *identity;
            m_report.accountId = identity->account;
        }
        askLists();
    });
}

void ConnectionTest::askLists()
{
    // Only the account's own lists: their ARNs tell the account, those of shared lists tell another one.
    auto *operation = m_service->listOptOutLists(DescribeOptOutListsInput::Owner::Self, m_run);
    connect(operation, &ListOptOutListsOperation::pageArrived, m_run, [this](const ListsPage &page) {
        m_report.lists += page.lists.size();
        for (const OptOutList &list : page.lists) {
            if (m_report.accountId.isEmpty())
                m_report.accountId = accountIdOfArn(list.arn);
            if (m_firstList.isEmpty())
                m_firstList = list.name;
        }
    });
    connect(operation, &Operation::finished, m_run, [this](const Result<Done> &outcome) { concludeLists(outcome); });
    follow(operation);
    operation->start();
}

void ConnectionTest::concludeLists(const Result<Done> &outcome)
{
    if (outcome) {
        if (m_firstList.isEmpty())
            end(m_report);
        else
            askNumbers(m_firstList);
    } else if (noteRefusal(outcome.error(), actionToList())) {
        // Every account may have a list of this name; IAM judges before the service looks for it.
        askNumbers(u"Default"_s);
    } else {
        end(outcome.error());
    }
}

void ConnectionTest::askNumbers(const QString &listName)
{
    m_report.numbersTried = true;
    auto *operation = m_service->listNumbers({ .optOutListName = listName }, m_run);
    connect(operation, &ListNumbersOperation::pageArrived, m_run,
        [this](const NumbersPage &) { concludeNumbers(Done {}); });
    connect(operation, &Operation::finished, m_run, [this](const Result<Done> &outcome) { concludeNumbers(outcome); });
    follow(operation);
    operation->requestMore(1); // who is on it is of no concern here
}

void ConnectionTest::concludeNumbers(const Result<Done> &outcome)
{
    const bool noSuchList = !outcome && outcome.error().kind == Error::Kind::NotFound; // so reading is allowed
    if (outcome || noSuchList || noteRefusal(outcome.error(), actionToRead()))
        end(m_report);
    else
        end(outcome.error());
}

void ConnectionTest::follow(Operation *operation)
{
    connect(operation, &Operation::waiting, m_run, [this](const Waiting &waiting) {
        if (waiting.failedAttempts >= mostFailures && waiting.reason.kind != Error::Kind::Throttled)
            end(waiting.reason);
        else
            emit this->waiting(waiting);
    });
}

// A reason means that the service itself refuses: no permission would help.
bool ConnectionTest::noteRefusal(const Error &error, const QString &action)
{
    if (error.kind != Error::Kind::AccessDenied || !error.member(u"Reason").isEmpty())
        return false;
    m_report.missing += action;
    if (!m_report.refusal)
        m_report.refusal = error;
    return true;
}

void ConnectionTest::cancel()
{
    delete std::exchange(m_run, nullptr);
    m_service.reset();
    m_signIn.reset();
}

void ConnectionTest::end(const Result<ConnectionReport> &outcome)
{
    // Later: what ends it may be a signal of the operation that is deleted with it.
    QObject *run = std::exchange(m_run, nullptr);
    run->disconnect();
    for (QObject *part : run->children())
        part->disconnect(run);
    run->deleteLater();
    m_service.reset();
    m_signIn.reset();
    emit finished(outcome);
}

} // namespace optout
