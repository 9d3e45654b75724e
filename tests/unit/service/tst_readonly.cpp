// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "service/apicall.h"
#include "service/listnumbersoperation.h"
#include "service/listoptoutlistsoperation.h"
#include "service/lookupoperation.h"

#include "aws/signinaction.h"
#include "aws/stsmessages.h"
#include "signin/signinrequest.h"
#include "signin/stscall.h"

#include "servicefixture.h"

#include <QTest>

#include <type_traits>

using namespace optout;
using namespace Qt::Literals::StringLiterals;

namespace {
// A target can only be named by its enumerator: neither a text nor a number becomes an Action by itself, and the one
// function that writes a target, like the one class that sends it, takes nothing else.
template <typename T>
constexpr bool namesATarget =
    std::is_convertible_v<T,
        Action> || std::is_constructible_v<Action, T> || std::is_invocable_v<decltype(&targetOf), T> || std::is_constructible_v<ApiCall, std::shared_ptr<ServiceContext>, T, QByteArray, ApiCall::Reader, QObject *>;

static_assert(namesATarget<Action>);
static_assert(!namesATarget<QByteArray> && !namesATarget<QString> && !namesATarget<const char *>);
static_assert(!namesATarget<int> && !namesATarget<bool> && !namesATarget<std::underlying_type_t<Action>>);

// The calls of a sign-in likewise: the name in a form posted to STS, and the path and method of all others.
template <typename T>
constexpr bool namesAStsCall =
    std::is_convertible_v<T,
        StsAction> || std::is_constructible_v<StsAction, T> || std::is_invocable_v<decltype(&queryNameOf), T> || std::is_invocable_v<decltype(&writeStsForm), T, QList<StsField>> || std::is_assignable_v<decltype(StsCall::Input::action) &, T>;
template <typename T>
constexpr bool namesASignInCall =
    std::is_convertible_v<T,
        SignInAction> || std::is_constructible_v<SignInAction, T> || std::is_invocable_v<decltype(&pathOf), T> || std::is_invocable_v<decltype(&methodOf), T> || std::is_invocable_v<decltype(&signInRequest), T, QUrl>;

static_assert(namesAStsCall<StsAction> && !namesAStsCall<SignInAction> && !namesAStsCall<Action>);
static_assert(!namesAStsCall<QByteArray> && !namesAStsCall<QString> && !namesAStsCall<const char *>);
static_assert(!namesAStsCall<int> && !namesAStsCall<bool> && !namesAStsCall<std::underlying_type_t<StsAction>>);
static_assert(namesASignInCall<SignInAction> && !namesASignInCall<StsAction> && !namesASignInCall<Action>);
static_assert(!namesASignInCall<QByteArray> && !namesASignInCall<QString> && !namesASignInCall<const char *>);
static_assert(!namesASignInCall<int> && !namesASignInCall<bool>);

//! All enumerators: the compiler warns (and fails where warnings are errors) of one that is missing here.
constexpr int placeOf(Action action)
{
    switch (action) {
    case Action::DescribeOptedOutNumbers:
        return 0;
    case Action::DescribeOptOutLists:
        return 1;
    }
    return -1;
}

constexpr int placeOf(StsAction action)
{
    switch (action) {
    case StsAction::AssumeRole:
        return 0;
    case StsAction::AssumeRoleWithWebIdentity:
        return 1;
    case StsAction::GetCallerIdentity:
        return 2;
    }
    return -1;
}

constexpr int placeOf(SignInAction action)
{
    switch (action) {
    case SignInAction::GetRoleCredentials:
        return 0;
    case SignInAction::RegisterClient:
        return 1;
    case SignInAction::StartDeviceAuthorization:
        return 2;
    case SignInAction::CreateToken:
        return 3;
    case SignInAction::GetContainerCredentials:
        return 4;
    case SignInAction::CreateMetadataToken:
        return 5;
    case SignInAction::ListMetadataRoles:
        return 6;
    case SignInAction::GetMetadataCredentials:
        return 7;
    }
    return -1;
}
} // namespace

//! Promise 1 of the program: it only reads.
class TestReadOnly final : public QObject {
    Q_OBJECT
private slots:
    void thereAreTwoTargets();
    void operationsSendNothingElse();
    void threeCallsOfSts();
    void signInsAskNothingElse_data();
    void signInsAskNothingElse();
};

void TestReadOnly::thereAreTwoTargets()
{
    QCOMPARE(placeOf(Action::DescribeOptedOutNumbers), 0);
    QCOMPARE(placeOf(Action::DescribeOptOutLists), 1);
    QCOMPARE(targetOf(Action::DescribeOptedOutNumbers), "PinpointSMSVoiceV2.DescribeOptedOutNumbers");
    QCOMPARE(targetOf(Action::DescribeOptOutLists), "PinpointSMSVoiceV2.DescribeOptOutLists");
}

void TestReadOnly::operationsSendNothingElse()
{
    ServiceFixture f;
    const OptOutService service = f.service();
    QObject owner;
    f.transport.expect(Action::DescribeOptOutLists).reply(200, R"({"OptOutLists":[]})");
    f.transport.expect(Action::DescribeOptedOutNumbers).reply(200, numbersPage({}));
    f.transport.expect(Action::DescribeOptedOutNumbers).reply(200, numbersPage({}));

    auto *lists = service.listOptOutLists({}, &owner);
    QSignalSpy listsFinished(lists, &Operation::finished);
    lists->start();
    QVERIFY(listsFinished.wait());
    auto *numbers = service.listNumbers({ .optOutListName = u"Default"_s }, &owner);
    QSignalSpy numbersFinished(numbers, &Operation::finished);
    numbers->requestMore();
    QVERIFY(numbersFinished.wait());
    auto *lookUp = service.lookUp(u"Default"_s, { u"+14165550123"_s }, &owner);
    QSignalSpy lookUpFinished(lookUp, &Operation::finished);
    lookUp->start();
    QVERIFY(lookUpFinished.wait());

    QCOMPARE(f.transport.complaints(), QStringList());
    const QByteArrayList allowed { targetOf(Action::DescribeOptedOutNumbers), targetOf(Action::DescribeOptOutLists) };
    for (const HttpRequest &request : f.transport.requests()) {
        QVERIFY(allowed.contains(FakeTransport::header(request, "X-Amz-Target")));
        QCOMPARE(FakeTransport::header(request, "X-HTTP-Method-Override"), QByteArray());
    }
}

void TestReadOnly::threeCallsOfSts()
{
    QCOMPARE(placeOf(StsAction::GetCallerIdentity), 2); // the last
    QCOMPARE(queryNameOf(StsAction::AssumeRole), "AssumeRole");
    QCOMPARE(queryNameOf(StsAction::AssumeRoleWithWebIdentity), "AssumeRoleWithWebIdentity");
    QCOMPARE(queryNameOf(StsAction::GetCallerIdentity), "GetCallerIdentity");
    // A field cannot smuggle another action in.
    const QByteArray form = writeStsForm(StsAction::GetCallerIdentity,
        { { "Action", "DeleteRole" }, { "Version", "1" }, { "RoleArn", "x&Action=DeleteRole" },
            { "x&Action", "DeleteRole" } });
    QVERIFY(form.startsWith("Action=GetCallerIdentity&Version=2011-06-15&RoleArn="));
    QCOMPARE(form.count("&Action="), 0);
}

void TestReadOnly::signInsAskNothingElse_data()
{
    QTest::addColumn<SignInAction>("action");
    QTest::addColumn<HttpRequest::Method>("method");
    QTest::addColumn<QString>("url");
    using Method = HttpRequest::Method;
    const QString roles = u"/latest/meta-data/iam/security-credentials/"_s;
    QTest::newRow("SSO keys") << SignInAction::GetRoleCredentials << Method::Get << u"/federation/credentials"_s;
    QTest::newRow("SSO client") << SignInAction::RegisterClient << Method::Post << u"/client/register"_s;
    QTest::newRow("SSO device") << SignInAction::StartDeviceAuthorization << Method::Post << u"/device_authorization"_s;
    QTest::newRow("SSO token") << SignInAction::CreateToken << Method::Post << u"/token"_s;
    QTest::newRow("container") << SignInAction::GetContainerCredentials << Method::Get << QString();
    QTest::newRow("metadata token") << SignInAction::CreateMetadataToken << Method::Put << u"/latest/api/token"_s;
    QTest::newRow("metadata roles") << SignInAction::ListMetadataRoles << Method::Get << roles;
    QTest::newRow("metadata keys") << SignInAction::GetMetadataCredentials << Method::Get << roles;
}

void TestReadOnly::signInsAskNothingElse()
{
    QCOMPARE(placeOf(SignInAction::GetMetadataCredentials), 7); // the last: as many rows as places
    QFETCH(SignInAction, action);
    QFETCH(HttpRequest::Method, method);
    QFETCH(QString, url);
    for (const QString &endpoint : { u"https://host.example"_s, u"http://127.0.0.1:80/base"_s }) {
        const HttpRequest request = signInRequest(action, QUrl(endpoint));
        QCOMPARE(request.method, method);
        QCOMPARE(request.url.toString(), endpoint + url);
        QVERIFY(request.headers.isEmpty());
    }
}

QTEST_GUILESS_MAIN(TestReadOnly)
#include "tst_readonly.moc"
