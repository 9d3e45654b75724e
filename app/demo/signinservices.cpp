// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "demo/signinservices.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <numeric>

using namespace Qt::Literals::StringLiterals;

namespace optout::demo {

namespace {

//! The request for the log: a form as JSON, and nothing that opens anything.
HttpRequest withoutSecrets(const HttpRequest &request, const StsService::Parameters &form)
{
    QJsonObject body = QJsonDocument::fromJson(request.body).object();
    for (auto item = form.begin(); item != form.end(); ++item)
        body[item.key()] = item.value();
    for (const auto name :
        { "clientSecret"_L1, "deviceCode"_L1, "refreshToken"_L1, "TokenCode"_L1, "WebIdentityToken"_L1 })
        body.remove(name);
    HttpRequest copy = request;
    copy.body = QJsonDocument(body).toJson();
    return copy;
}

} // namespace

Result<std::unique_ptr<SignInServices>> SignInServices::make(const DemoOptions &lists, const SignInOptions &options)
{
    Plans plans;
    for (const auto &[service, texts] : { std::pair { Lists, lists.faults }, { Sts, options.stsFaults },
             { Sso, options.ssoFaults }, { Metadata, options.metadataFaults } }) {
        const Result<FaultPlan> plan = FaultPlan::parse(texts);
        if (!plan)
            return plan.error();
        plans[service] = *plan;
    }
    std::unique_ptr<SignInServices> services(new SignInServices(lists, options, std::move(plans)));
    if (const Result<Done> opened = services->m_log.open(lists.requestsLog); !opened)
        return opened.error();
    return services;
}

SignInServices::SignInServices(const DemoOptions &lists, const SignInOptions &options, Plans faults)
    : m_options(options)
    , m_faults(std::move(faults))
    , m_issuer(options.lifetime, [this](const Credentials &keys, const Principal &owner) { announce(keys, owner); })
    , m_lists(lists, m_clock)
    , m_sts(options, m_issuer)
    , m_sso(options, m_issuer, m_clock.now() + options.clockOffset)
    , m_metadata(m_issuer)
{
}

void SignInServices::announce(const Credentials &keys, const Principal &owner)
{
    m_sts.add(keys);
    if (owner.role == "NoLists"_L1)
        m_lists.addDenied(keys, owner.arn);
    else
        m_lists.add(keys);
}

SignInServices::Service SignInServices::serviceOf(const HttpRequest &request)
{
    const QByteArray path = request.target.split('?').first();
    if (path.startsWith("/latest/") || path == "/container" || path == "/container/open")
        return Metadata;
    for (const QByteArrayView sso :
        { "/federation/credentials", "/client/register", "/device_authorization", "/token", "/device" }) {
        if (path == sso)
            return Sso;
    }
    const bool isForm = request.header("content-type").startsWith("application/x-www-form-urlencoded");
    return path == "/" && request.method == "POST" && isForm ? Sts : Lists;
}

//! Of the next call to that service. The clock's offset is a fault that all calls meet which meet no other of its kind.
std::vector<Fault> SignInServices::nextFaults(Service service)
{
    std::vector<Fault> faults = m_faults[service].at(++m_calls[service]);
    if (m_options.clockOffset.count() != 0 && !findFault(faults, Fault::Kind::ClockSkew))
        faults.push_back({ Fault::Kind::ClockSkew, m_options.clockOffset.count() });
    return faults;
}

Delivery SignInServices::respond(const HttpRequest &request)
{
    const Service service = serviceOf(request);
    const std::vector<Fault> faults = nextFaults(service);
    const Fault *const skew = findFault(faults, Fault::Kind::ClockSkew);
    const Timestamp now = m_clock.now() + std::chrono::seconds(skew ? skew->argument : 0);

    HttpAnswer answer;
    SignatureCheck::Finding finding;
    StsService::Parameters form;
    switch (service) {
    case Lists: {
        DemoService::Reply reply = m_lists.answer(request, faults);
        answer = std::move(reply.answer);
        finding = std::move(reply.finding);
        break;
    }
    case Sts: {
        form = StsService::readForm(request.body);
        StsService::Reply reply = m_sts.answer(request, form, now, faults);
        answer = std::move(reply.answer);
        finding = std::move(reply.finding);
        break;
    }
    case Sso:
        answer = m_sso.answer(request, u"http://"_s + QString::fromLatin1(request.header("host")), now, faults);
        break;
    case Metadata:
        answer = m_metadata.answer(request, now, faults);
        break;
    case ServiceCount:
        Q_UNREACHABLE();
    }
    const qint64 call = std::accumulate(m_calls.begin(), m_calls.end(), qint64(0));
    m_log.add(call, service == Lists ? request : withoutSecrets(request, form), finding, answer.status);
    return deliver(std::move(answer), faults, m_clock.now(), request.keepAlive);
}

QJsonObject SignInServices::about(const QString &url) const
{
    const auto keys = [](const Credentials &of) {
        QJsonObject object { { "accessKeyId"_L1, of.accessKeyId },
            { "secretAccessKey"_L1, QString::fromLatin1(of.secretAccessKey.expose().toByteArray()) } };
        if (!of.sessionToken.isEmpty())
            object["sessionToken"_L1] = QString::fromLatin1(of.sessionToken.expose().toByteArray());
        return object;
    };
    QJsonObject roles;
    for (const QString &role : { u"Reader"_s, u"Partner"_s, u"Guarded"_s, u"Inner"_s, u"NoLists"_s, u"Web"_s })
        roles[role] = roleArn(role);
    return { { "url"_L1, url }, { "region"_L1, DemoEndpoint::region() }, { "account"_L1, DemoEndpoint::accountId() },
        { "keys"_L1, keys(DemoEndpoint::credentials()) }, { "deniedKeys"_L1, keys(DemoEndpoint::deniedCredentials()) },
        { "temporaryKeys"_L1, keys(DemoEndpoint::temporaryCredentials()) }, { "roles"_L1, roles },
        { "externalId"_L1, m_sts.externalId() }, { "mfaSerial"_L1, StsService::mfaSerial() },
        { "mfaCodes"_L1, QJsonArray::fromStringList(m_sts.mfaCodes()) },
        { "webIdentityToken"_L1, m_sts.webIdentityToken() },
        { "expiredWebIdentityToken"_L1, m_sts.expiredWebIdentityToken() }, { "ssoStartUrl"_L1, SsoService::startUrl() },
        { "ssoRole"_L1, SsoService::roleName() }, { "ssoToken"_L1, m_sso.accessToken() },
        { "ssoTokenExpires"_L1, wholeSeconds(m_sso.accessTokenExpires()) },
        { "containerUrl"_L1, QString(url + u"/container"_s) },
        { "containerToken"_L1, QString::fromLatin1(m_metadata.containerToken()) },
        { "instanceRole"_L1, MetadataService::instanceRole() } };
}

} // namespace optout::demo
