// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "demo/demoservice.h"

#include "demo/demoendpoint.h"

#include <QUuid>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace optout::demo {

namespace {

constexpr QLatin1StringView operationNames[] = { "DescribeOptedOutNumbers"_L1, "DescribeOptOutLists"_L1 };

ServiceRefusal frontRefusal(const QByteArray &code, const QString &message, int status = 400)
{
    return { .shape = code, .message = message, .ofFront = true, .status = status };
}

ServiceRefusal notFound(const QString &type, const QString &id)
{
    return { .shape = "ResourceNotFoundException",
        .message = u"The resource of type %1 with the id %2 does not exist."_s.arg(type, id),
        .resourceType = type,
        .resourceId = id };
}

//! The refusals that faults order, if one does.
std::optional<ServiceRefusal> orderedRefusal(const std::vector<Fault> &faults)
{
    for (const Fault &fault : faults) {
        if (fault.kind == Fault::Kind::Throttle)
            return ServiceRefusal { .shape = "ThrottlingException", .message = u"Rate exceeded"_s };
        if (fault.kind == Fault::Kind::Internal)
            return ServiceRefusal { .shape = "InternalServerException",
                .message = u"The service met an error that is not yours."_s,
                .status = 500 };
        if (fault.kind == Fault::Kind::Denied)
            return ServiceRefusal { .shape = "AccessDeniedException",
                .message = u"This account is disabled."_s,
                .reason = u"ACCOUNT_DISABLED"_s };
        if (fault.kind == Fault::Kind::ExpiredCredentials)
            return frontRefusal("ExpiredTokenException", u"The security token included in the request is expired"_s);
        if (fault.kind == Fault::Kind::InvalidToken)
            return validation(u"INVALID_NEXT_TOKEN"_s, u"The NextToken is no longer valid."_s,
                { { u"NextToken"_s, u"is not valid"_s } });
    }
    return std::nullopt;
}

} // namespace

struct DemoService::Page {
    std::vector<quint32> indices;
    QByteArray nextToken; //!< null at the end
};

const Fault *findFault(const std::vector<Fault> &faults, Fault::Kind kind)
{
    const auto found =
        std::find_if(faults.begin(), faults.end(), [kind](const Fault &fault) { return fault.kind == kind; });
    return found == faults.end() ? nullptr : &*found;
}

namespace {
TokenBucket quotaOf(const DemoOptions &options, const Clock &clock)
{
    const auto changes = readQuotaChanges(options.quotaChanges);
    return TokenBucket(options.callsPerSecond, options.burst, clock.steadyNow(),
        changes ? *changes : std::vector<TokenBucket::Change>()); // those that cannot be read were refused before
}
} // namespace

DemoService::DemoService(const DemoOptions &options, const Clock &clock)
    : m_clock(clock)
    , m_absentNumberIsError(options.absentNumberIsError)
    , m_lists(options.seed, options.rows, options.endUserPercent)
    , m_tokens(options.seed)
    , m_signatures(DemoEndpoint::region().toLatin1(), "sms-voice",
          { DemoEndpoint::credentials(), DemoEndpoint::deniedCredentials(), DemoEndpoint::temporaryCredentials() })
    , m_denied { { DemoEndpoint::deniedCredentials().accessKeyId.toLatin1(),
          u"arn:aws:iam::%1:user/demo-denied"_s.arg(DemoEndpoint::accountId()) } }
    , m_quotas { quotaOf(options, clock), quotaOf(options, clock) }
{
}

Result<std::vector<TokenBucket::Change>> readQuotaChanges(const QStringList &texts)
{
    std::vector<TokenBucket::Change> changes;
    for (const QString &text : texts) {
        const QStringList parts = text.split(u'@');
        bool isRate = false;
        bool isCall = false;
        const double rate = parts.first().toDouble(&isRate);
        const quint64 call = parts.last().toULongLong(&isCall);
        if (parts.size() != 2 || !isRate || !isCall || !(rate >= 0 && rate <= 1e9) || call < 1)
            return Error { .kind = Error::Kind::InvalidInput,
                .detail = u"\"%1\" is not a change of the quota: RATE@CALL, such as 4@150"_s.arg(text) };
        changes.push_back({ .perSecond = rate, .passed = call });
    }
    return changes;
}

void DemoService::add(Credentials caller) { m_signatures.add(std::move(caller)); }

void DemoService::addDenied(Credentials caller, const QString &arn)
{
    m_denied.insert(caller.accessKeyId.toLatin1(), arn);
    add(std::move(caller));
}

DemoService::Reply DemoService::answer(const HttpRequest &request, const std::vector<Fault> &faults)
{
    const Fault *const skew = findFault(faults, Fault::Kind::ClockSkew);
    const Timestamp now = m_clock.now() + std::chrono::seconds(skew ? skew->argument : 0);
    const QByteArray requestId = QUuid::createUuid().toByteArray(QUuid::WithoutBraces);

    Reply reply;
    const auto outcome = [&]() -> Outcome {
        reply.finding = m_signatures.judge(request, now);
        if (const auto &refusal = reply.finding.refusal)
            return frontRefusal(refusal->code, refusal->message);
        const auto operation = operationOf(request);
        if (const auto *refusal = std::get_if<ServiceRefusal>(&operation))
            return *refusal;
        if (auto refusal = admit(std::get<Operation>(operation), reply.finding))
            return *refusal;
        if (auto refusal = orderedRefusal(faults))
            return *refusal;
        return perform(std::get<Operation>(operation), request.body, faults);
    }();
    if (const auto *refusal = std::get_if<ServiceRefusal>(&outcome))
        reply.answer = toAnswer(*refusal, requestId);
    else
        reply.answer.body = std::get<QByteArray>(outcome);
    reply.answer.headers.emplaceBack("x-amzn-RequestId", requestId);
    return reply;
}

std::variant<DemoService::Operation, ServiceRefusal> DemoService::operationOf(const HttpRequest &request) const
{
    if (request.method != "POST" || request.target.split('?').first() != "/")
        return frontRefusal("UnknownOperationException", u"There is only POST to / here."_s, 404);
    if (request.header("content-type").split(';').first().trimmed().toLower() != "application/x-amz-json-1.0")
        return frontRefusal(
            "UnsupportedMediaTypeException", u"The Content-Type must be application/x-amz-json-1.0."_s, 415);
    const QByteArray target = request.header("x-amz-target");
    constexpr QByteArrayView prefix = "PinpointSMSVoiceV2.";
    if (!target.startsWith(prefix))
        return frontRefusal("UnknownOperationException", u"X-Amz-Target names no operation of this service."_s);
    const QString name = QString::fromLatin1(target.mid(prefix.size()));
    for (int operation = 0; operation < OperationCount; ++operation) {
        if (name == operationNames[operation])
            return Operation(operation);
    }
    return validation(
        u"UNKNOWN_OPERATION"_s, u"The demo endpoint knows the two operations that read opt-out lists, and no other."_s);
}

//! What stands between a right signature and the service: IAM, then the quota.
std::optional<ServiceRefusal> DemoService::admit(Operation operation, const SignatureCheck::Finding &finding)
{
    if (const QString arn = m_denied.value(finding.accessKeyId); !arn.isEmpty()) {
        const QString action = u"sms-voice:"_s + operationNames[operation];
        return ServiceRefusal { .shape = "AccessDeniedException",
            .message =
                u"User: %1 is not authorized to perform: %2 on resource: %3 because no identity-based policy allows "
                "the %2 action"_s.arg(arn, action, listArn(DemoEndpoint::accountId(), u"*"_s)),
            .ofFront = true };
    }
    if (!m_quotas[operation].take(m_clock.steadyNow()))
        return ServiceRefusal { .shape = "ThrottlingException", .message = u"Rate exceeded"_s };
    return std::nullopt;
}

DemoService::Outcome DemoService::perform(
    Operation operation, const QByteArray &body, const std::vector<Fault> &faults) const
{
    if (operation == DescribeOptOutLists) {
        const auto query = readListsQuery(body);
        if (const auto *refusal = std::get_if<ServiceRefusal>(&query))
            return *refusal;
        return lists(std::get<ListsQuery>(query), faults);
    }
    const auto query = readNumbersQuery(body);
    if (const auto *refusal = std::get_if<ServiceRefusal>(&query))
        return *refusal;
    return numbers(std::get<NumbersQuery>(query), faults);
}

//! Takes up to maxResults of 0..count-1 that match, from where the token says. A full page has a token even if nothing
//! more matches, as services do that do not look ahead: then the last page is empty.
template <typename Matches>
std::variant<DemoService::Page, ServiceRefusal> DemoService::page(const QByteArray &binding, const QByteArray &token,
    int maxResults, quint32 count, const Matches &matches, const std::vector<Fault> &faults) const
{
    PageTokens::Place place;
    if (!token.isNull()) {
        const auto opened = m_tokens.open(binding, token);
        if (!opened || opened->row > count)
            return validation(u"INVALID_NEXT_TOKEN"_s, u"The NextToken is not one that this request can go on with."_s,
                { { u"NextToken"_s, u"is not valid"_s } });
        place = *opened;
    }
    Page page;
    if (findFault(faults, Fault::Kind::EmptyPage)) {
        page.nextToken = m_tokens.seal(binding, { place.row, place.turn + 1 });
        return page;
    }
    quint32 row = place.row;
    if (findFault(faults, Fault::Kind::Overlap)) {
        while (row > 0 && !matches(--row)) { }
    }
    for (; row < count && int(page.indices.size()) < maxResults; ++row) {
        if (matches(row))
            page.indices.push_back(row);
    }
    if (row < count)
        page.nextToken = m_tokens.seal(binding, { row, 0 });
    if (findFault(faults, Fault::Kind::RepeatToken) && !token.isNull())
        page.nextToken = token;
    return page;
}

//! The rows of the numbers asked for, in the order asked, each once.
std::variant<std::vector<quint32>, ServiceRefusal> DemoService::lookUp(
    const DemoList &list, const NumbersQuery &query) const
{
    std::vector<quint32> found;
    for (const QString &number : query.numbers) {
        const quint64 digits = (number.startsWith(u'+') ? number.mid(1) : number).toULongLong();
        const auto row = list.find(digits);
        if (!row && m_absentNumberIsError)
            return notFound(u"opted-out-number"_s, number);
        if (row && std::find(found.begin(), found.end(), *row) == found.end())
            found.push_back(*row);
    }
    return found;
}

DemoService::Outcome DemoService::numbers(const NumbersQuery &query, const std::vector<Fault> &faults) const
{
    const DemoList *const list = m_lists.find(query.list);
    if (!list)
        return notFound(u"opt-out-list"_s, query.list);
    const bool lookingUp = !query.numbers.isEmpty();
    const auto lookedUp = lookUp(*list, query);
    if (const auto *refusal = std::get_if<ServiceRefusal>(&lookedUp))
        return *refusal;
    const auto &places = std::get<std::vector<quint32>>(lookedUp);
    const auto rowAt = [&](quint32 index) { return lookingUp ? places[index] : index; };
    const auto matches = [&](quint32 index) {
        return list->isEndUser(rowAt(index)) ? query.wantsEndUser : query.wantsOthers;
    };

    const QByteArray binding = "numbers\n" + list->about().arn.toUtf8() + '\n' + query.numbers.join(u',').toUtf8()
        + '\n' + (query.wantsEndUser ? '1' : '0') + (query.wantsOthers ? '1' : '0');
    const quint32 count = lookingUp ? quint32(places.size()) : list->size();
    const auto part = page(binding, query.nextToken, query.maxResults, count, matches, faults);
    if (const auto *refusal = std::get_if<ServiceRefusal>(&part))
        return *refusal;
    NumbersAnswer answer { .list = list, .rows = {}, .nextToken = std::get<Page>(part).nextToken };
    answer.rows.reserve(std::get<Page>(part).indices.size());
    for (const quint32 index : std::get<Page>(part).indices)
        answer.rows.push_back(list->row(rowAt(index)));
    return writePage(answer);
}

DemoService::Outcome DemoService::lists(const ListsQuery &query, const std::vector<Fault> &faults) const
{
    std::vector<const DemoList *> chosen;
    for (const QString &name : query.names) {
        const DemoList *const list = m_lists.find(name);
        if (!list)
            return notFound(u"opt-out-list"_s, name);
        if (std::find(chosen.begin(), chosen.end(), list) == chosen.end())
            chosen.push_back(list);
    }
    if (query.names.isEmpty()) {
        for (const DemoList &list : m_lists.all()) {
            if (query.owner == ListsQuery::Owner::Any || list.isShared() == (query.owner == ListsQuery::Owner::Shared))
                chosen.push_back(&list);
        }
    }
    const QByteArray binding =
        "lists\n" + query.names.join(u',').toUtf8() + '\n' + QByteArray::number(int(query.owner));
    const auto part = page(
        binding, query.nextToken, query.maxResults, quint32(chosen.size()), [](quint32) { return true; }, faults);
    if (const auto *refusal = std::get_if<ServiceRefusal>(&part))
        return *refusal;
    ListsAnswer answer { .lists = {}, .nextToken = std::get<Page>(part).nextToken };
    for (const quint32 index : std::get<Page>(part).indices)
        answer.lists.push_back(chosen[index]);
    return writePage(answer);
}

} // namespace optout::demo
