// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "profile/signinplan.h"

#include <QtTest>

using namespace Qt::Literals::StringLiterals;
using namespace optout;

using Variables = QHash<QString, QString>;
Q_DECLARE_METATYPE(Variables)

namespace {

QString words(const SignInStep &step);

QString words(const StaticKeysStep &step)
{
    const auto text = [](const Secret &secret) { return QString::fromUtf8(secret.expose()); };
    const Credentials &keys = step.credentials;
    return u"keys %1/%2/%3"_s.arg(keys.accessKeyId, text(keys.secretAccessKey), text(keys.sessionToken));
}
QString words(const AssumeRoleStep &step)
{
    return u"role %1 name=%2 id=%3 mfa=%4 for=%5 with(%6)"_s.arg(step.roleArn, step.sessionName, step.externalId,
        step.mfaSerial, step.duration ? QString::number(step.duration->count()) : u"-"_s, words(*step.source));
}
QString words(const WebIdentityStep &step)
{
    return u"web %1 %2 name=%3"_s.arg(step.tokenFile, step.roleArn, step.sessionName);
}
QString words(const SsoStep &step)
{
    return u"sso %1 %2 %3 %4 %5 %6"_s.arg(
        step.sessionName, step.startUrl, step.region, step.accountId, step.roleName, step.scopes.join(u'+'));
}
QString words(const ProcessStep &step) { return u"process %1"_s.arg(step.command); }
QString words(const LoginStep &step) { return u"login %1"_s.arg(step.session); }
QString words(const ContainerStep &step)
{
    return u"container %1 %2 %3"_s.arg(step.url, step.tokenFile, QString::fromUtf8(step.token.expose()));
}
QString words(const InstanceMetadataStep &step)
{
    return u"instance %1 %2ms %3"_s.arg(step.endpoint).arg(step.timeout.count()).arg(step.attempts)
        + (step.needsToken ? u" token"_s : QString());
}
QString words(const SignInStep &step)
{
    static const char *const origins[] = { "env", "keychain", "credentials", "config", "container", "instance" };
    return QString::fromLatin1(origins[int(step.origin)]) + u'/' + step.profile + u": "_s
        + std::visit([](const auto &how) { return words(how); }, step.how);
}

struct Question {
    QByteArray config {};
    QByteArray credentials {};
    Variables variables {};
    QString asked {}; //!< --profile
};

Result<SignInPlan> planOf(const Question &question)
{
    const Environment environment(question.variables);
    return planSignIn(
        parseSharedConfig({ .config = u"/c"_s, .credentials = u"/k"_s }, question.config, question.credentials),
        environment, ProfileChoice::of(environment, question.asked));
}

const Variables keysInEnvironment { { u"AWS_ACCESS_KEY_ID"_s, u"E"_s }, { u"AWS_SECRET_ACCESS_KEY"_s, u"F"_s } };
const QByteArray sso = "sso_account_id = 111122223333\nsso_role_name = R\n";
const QByteArray session = "[sso-session s]\nsso_start_url = https://x\nsso_region = us-east-1\n";
const QByteArray keys = "aws_access_key_id = A\naws_secret_access_key = B\n";

Variables with(Variables variables, const Variables &more)
{
    variables.insert(more);
    return variables;
}

} // namespace

Q_DECLARE_METATYPE(Question)

class TestSignInPlan final : public QObject {
    Q_OBJECT

private slots:
    void plans_data()
    {
        QTest::addColumn<Question>("question");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const Question &question, const QString &expected) {
            QTest::newRow(name) << question << expected;
        };
        const QString instance = u"instance/: instance http://169.254.169.254 1000ms 1"_s;
        row("nothing", {}, instance);
        row("a default profile without anything", { .config = "[default]\nregion = x\n" }, instance);

        row("environment", { .variables = keysInEnvironment }, u"env/: keys E/F/"_s);
        row("environment with a token",
            { .variables = with(keysInEnvironment, { { u"AWS_SESSION_TOKEN"_s, u"T"_s } }) }, u"env/: keys E/F/T"_s);
        row("the old name of the token goes first",
            { .variables = with(
                  keysInEnvironment, { { u"AWS_SESSION_TOKEN"_s, u"T"_s }, { u"AWS_SECURITY_TOKEN"_s, u"O"_s } }) },
            u"env/: keys E/F/O"_s);
        row("environment goes before AWS_PROFILE",
            { .credentials = "[p]\n" + keys, .variables = with(keysInEnvironment, { { u"AWS_PROFILE"_s, u"p"_s } }) },
            u"env/: keys E/F/"_s);
        row("but not before --profile",
            { .credentials = "[p]\n" + keys, .variables = keysInEnvironment, .asked = u"p"_s },
            u"credentials/p: keys A/B/"_s);
        row("a secret alone is passed over", { .variables = { { u"AWS_SECRET_ACCESS_KEY"_s, u"F"_s } } }, instance);
        row("an empty key is none", { .variables = with(keysInEnvironment, { { u"AWS_ACCESS_KEY_ID"_s, u""_s } }) },
            instance);

        row("AWS_PROFILE", { .credentials = "[p]\n" + keys, .variables = { { u"AWS_PROFILE"_s, u"p"_s } } },
            u"credentials/p: keys A/B/"_s);
        row("AWS_PROFILE goes before AWS_DEFAULT_PROFILE",
            { .credentials = "[p]\n" + keys + "[q]\n" + keys,
                .variables = { { u"AWS_PROFILE"_s, u"p"_s }, { u"AWS_DEFAULT_PROFILE"_s, u"q"_s } } },
            u"credentials/p: keys A/B/"_s);
        row("AWS_DEFAULT_PROFILE",
            { .credentials = "[q]\n" + keys, .variables = { { u"AWS_DEFAULT_PROFILE"_s, u"q"_s } } },
            u"credentials/q: keys A/B/"_s);
        row("default", { .credentials = "[default]\n" + keys }, u"credentials/default: keys A/B/"_s);
        row("keys with a token", { .credentials = "[default]\n" + keys + "aws_session_token = T\n" },
            u"credentials/default: keys A/B/T"_s);
        row("keys of the config file", { .config = "[default]\n" + keys }, u"config/default: keys A/B/"_s);
        row("the credentials file goes first",
            { .config = "[default]\naws_access_key_id = C\naws_secret_access_key = D\naws_session_token = T\n",
                .credentials = "[default]\n" + keys },
            u"credentials/default: keys A/B/"_s);
        row("a secret in the credentials file does not mix with a pair of the config file",
            { .config = "[default]\n" + keys, .credentials = "[default]\naws_secret_access_key = X\n" },
            u"config/default: keys A/B/"_s);

        row("process", { .config = "[default]\ncredential_process = a 'b c'\n" }, u"config/default: process a 'b c'"_s);
        row("keys of the credentials file go before a process",
            { .config = "[default]\ncredential_process = a\n", .credentials = "[default]\n" + keys },
            u"credentials/default: keys A/B/"_s);
        row("a process goes before keys of the config file", { .config = "[default]\ncredential_process = a\n" + keys },
            u"config/default: process a"_s);
        row("login", { .config = "[default]\nlogin_session = arn\nregion = eu-west-1\ncredential_process = a\n" },
            u"config/default: login arn"_s);

        row("identity center", { .config = "[default]\nsso_session = s\n" + sso + session },
            u"config/default: sso s https://x us-east-1 111122223333 R sso:account:access"_s);
        row("scopes",
            { .config = "[default]\nsso_session = s\n" + sso + session + "sso_registration_scopes = a, b ,\n" },
            u"config/default: sso s https://x us-east-1 111122223333 R a+b"_s);
        row("legacy identity center",
            { .config = "[default]\nsso_start_url = https://y\nsso_region = eu-west-1\n" + sso },
            u"config/default: sso  https://y eu-west-1 111122223333 R sso:account:access"_s);
        row("profile and session agree",
            { .config = "[default]\nsso_session = s\nsso_region = us-east-1\n" + sso + session },
            u"config/default: sso s https://x us-east-1 111122223333 R sso:account:access"_s);
        row("identity center goes before keys",
            { .config = "[default]\nsso_session = s\n" + sso + session, .credentials = "[default]\n" + keys },
            u"config/default: sso s https://x us-east-1 111122223333 R sso:account:access"_s);
        row("a session without account and role is none", { .config = "[default]\nsso_session = s\n" + session },
            instance);

        row("web identity",
            { .config = "[default]\nweb_identity_token_file = /t\nrole_arn = r\nrole_session_name = n\n" },
            u"config/default: web /t r name=n"_s);
        row("web identity of the environment",
            { .variables = { { u"AWS_WEB_IDENTITY_TOKEN_FILE"_s, u"/e"_s }, { u"AWS_ROLE_ARN"_s, u"q"_s } } },
            u"env/default: web /e q name="_s);
        row("web identity of both",
            { .config = "[default]\nrole_session_name = n\nweb_identity_token_file = /t\nrole_arn = r\n",
                .variables = { { u"AWS_ROLE_ARN"_s, u"q"_s } } },
            u"config/default: web /t q name=n"_s);
        row("not with --profile",
            { .config = "[profile p]\n" + keys,
                .variables = { { u"AWS_WEB_IDENTITY_TOKEN_FILE"_s, u"/e"_s }, { u"AWS_ROLE_ARN"_s, u"q"_s } },
                .asked = u"p"_s },
            u"config/p: keys A/B/"_s);

        row("role",
            { .config = "[default]\nrole_arn = r\nsource_profile = b\nexternal_id = i\nmfa_serial = m\n"
                        "role_session_name = n\nduration_seconds = 3600\n",
                .credentials = "[b]\n" + keys },
            u"config/default: role r name=n id=i mfa=m for=3600 with(credentials/b: keys A/B/)"_s);
        row("a role goes before keys of its own profile",
            { .config = "[default]\nrole_arn = r\nsource_profile = default\n" + keys },
            u"config/default: role r name= id= mfa= for=- with(config/default: keys A/B/)"_s);
        row("chain",
            { .config = "[default]\nrole_arn = r\nsource_profile = b\n[profile b]\nrole_arn = q\nsource_profile = c\n"
                        "[profile c]\ncredential_process = x\n" },
            u"config/default: role r name= id= mfa= for=- with(config/b: role q name= id= mfa= for=- with(config/c: process x))"_s);
        row("keys of a source go before its role",
            { .config =
                    "[default]\nrole_arn = r\nsource_profile = b\n[profile b]\nrole_arn = q\nsource_profile = none\n"
                    + keys },
            u"config/default: role r name= id= mfa= for=- with(config/b: keys A/B/)"_s);
        row("a source with web identity",
            { .config = "[default]\nrole_arn = r\nsource_profile = b\n[profile b]\nrole_arn = "
                        "q\nweb_identity_token_file = /t\n" },
            u"config/default: role r name= id= mfa= for=- with(config/b: web /t q name=)"_s);
        row("a source with identity center",
            { .config = "[default]\nrole_arn = r\nsource_profile = b\n[profile b]\nsso_session = s\n" + sso + session },
            u"config/default: role r name= id= mfa= for=- with(config/b: sso s https://x us-east-1 111122223333 R "
            "sso:account:access)"_s);
        row("credential_source Environment",
            { .config = "[profile p]\nrole_arn = r\ncredential_source = Environment\n",
                .variables = keysInEnvironment,
                .asked = u"p"_s },
            u"config/p: role r name= id= mfa= for=- with(env/: keys E/F/)"_s);
        row("credential_source Ec2InstanceMetadata",
            { .config = "[profile p]\nrole_arn = r\ncredential_source = Ec2InstanceMetadata\n", .asked = u"p"_s },
            u"config/p: role r name= id= mfa= for=- with("_s + instance + u')');
        row("credential_source EcsContainer",
            { .config = "[profile p]\nrole_arn = r\ncredential_source = EcsContainer\n",
                .variables = { { u"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"_s, u"/x"_s } },
                .asked = u"p"_s },
            u"config/p: role r name= id= mfa= for=- with(container/: container http://169.254.170.2/x  )"_s);
        row("a duration that is no number does not count",
            { .config = "[default]\nrole_arn = r\nsource_profile = default\nduration_seconds = long\n" + keys },
            u"config/default: role r name= id= mfa= for=- with(config/default: keys A/B/)"_s);

        row("container",
            { .variables = { { u"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"_s, u"/x?id=1"_s },
                  { u"AWS_CONTAINER_AUTHORIZATION_TOKEN"_s, u"T"_s } } },
            u"container/: container http://169.254.170.2/x?id=1  T"_s);
        for (const char *host :
            { "127.0.0.1:80", "127.9.9.9", "localhost", "[::1]:8080", "169.254.170.23", "[fd00:ec2::23]" })
            row(host,
                { .variables = { { u"AWS_CONTAINER_CREDENTIALS_FULL_URI"_s,
                                     u"http://%1/x"_s.arg(QLatin1StringView(host)) },
                      { u"AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"_s, u"/t"_s },
                      { u"AWS_CONTAINER_AUTHORIZATION_TOKEN"_s, u"T"_s } } },
                u"container/: container http://%1/x /t "_s.arg(QLatin1StringView(host)));
        row("any host with TLS",
            { .variables = { { u"AWS_CONTAINER_CREDENTIALS_FULL_URI"_s, u"https://x.example/x"_s } } },
            u"container/: container https://x.example/x  "_s);

        row("instance switched off", { .variables = { { u"AWS_EC2_METADATA_DISABLED"_s, u"TRUE"_s } } }, u""_s);
        row("instance only with a token", { .config = "[default]\nec2_metadata_v1_disabled = True\n" },
            u"instance/: instance http://169.254.169.254 1000ms 1 token"_s);
        row("instance with or without, by the variable",
            { .config = "[default]\nec2_metadata_v1_disabled = true\n",
                .variables = { { u"AWS_EC2_METADATA_V1_DISABLED"_s, u"false"_s } } },
            u"instance/: instance http://169.254.169.254 1000ms 1"_s);
        row("instance only with a token, by the variable",
            { .variables = { { u"AWS_EC2_METADATA_V1_DISABLED"_s, u"TRUE"_s } } },
            u"instance/: instance http://169.254.169.254 1000ms 1 token"_s);
        row("instance by IPv6",
            { .variables = { { u"AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"_s, u"IPv6"_s },
                  { u"AWS_METADATA_SERVICE_TIMEOUT"_s, u"5"_s }, { u"AWS_METADATA_SERVICE_NUM_ATTEMPTS"_s, u"3"_s } } },
            u"instance/: instance http://[fd00:ec2::254] 5000ms 3"_s);
        row("instance by the profile",
            { .config =
                    "[default]\nec2_metadata_service_endpoint = http://127.0.0.1:9/\nmetadata_service_timeout = 2\n" },
            u"instance/: instance http://127.0.0.1:9 2000ms 1"_s);
        row("imds_use_ipv6", { .config = "[default]\nimds_use_ipv6 = true\n" },
            u"instance/: instance http://[fd00:ec2::254] 1000ms 1"_s);
    }
    void plans()
    {
        QFETCH(Question, question);
        QFETCH(QString, expected);
        const auto plan = planOf(question);
        QVERIFY2(plan.has_value(), qPrintable(plan ? QString() : plan.error().detail));
        QStringList steps;
        for (const SignInStep &step : plan->steps)
            steps += words(step);
        QCOMPARE(steps.join(u", "), expected);
    }

    void refuses_data()
    {
        QTest::addColumn<Question>("question");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const Question &question, const QString &expected) {
            QTest::newRow(name) << question << expected;
        };
        row("half a pair in the environment", { .variables = { { u"AWS_ACCESS_KEY_ID"_s, u"E"_s } } },
            u"AWS_SECRET_ACCESS_KEY is not"_s);
        row("half a pair in the credentials file", { .credentials = "[default]\naws_access_key_id = A\n" },
            u"/k, profile default: aws_secret_access_key is missing"_s);
        row("a pair over two files",
            { .config = "[default]\naws_secret_access_key = B\n", .credentials = "[default]\naws_access_key_id = A\n" },
            u"/k, profile default: aws_secret_access_key is missing"_s);
        row("half a pair in the config file", { .config = "[default]\naws_access_key_id = A\n" },
            u"/c, profile default: aws_secret_access_key is missing"_s);
        row("a role without source", { .config = "[default]\nrole_arn = r\n" },
            u"Set source_profile or credential_source"_s);
        row("a role with two",
            { .config = "[default]\nrole_arn = r\nsource_profile = b\ncredential_source = Environment\n" },
            u"there are both"_s);
        row("a source that is not there", { .config = "[default]\nrole_arn = r\nsource_profile = b\n" },
            u"/c, profile default: source_profile names b, and there is no such profile"_s);
        row("a source without anything",
            { .config = "[default]\nrole_arn = r\nsource_profile = b\n[profile b]\nregion = x\n" },
            u"its source_profile b has no keys"_s);
        row("a profile that names itself without keys",
            { .config = "[default]\nrole_arn = r\nsource_profile = default\n" }, u"a circle: default → default"_s);
        row("a cycle",
            { .config = "[default]\nrole_arn = r\nsource_profile = b\n[profile b]\nrole_arn = r\nsource_profile = c\n"
                        "[profile c]\nrole_arn = r\nsource_profile = b\n" },
            u"a circle: default → b → c → b"_s);
        row("an unknown credential_source", { .config = "[default]\nrole_arn = r\ncredential_source = environment\n" },
            u"credential_source is \"environment\""_s);
        row("a credential_source with nothing",
            { .config = "[default]\nrole_arn = r\ncredential_source = Environment\n" },
            u"AWS_ACCESS_KEY_ID is not set"_s);
        row("a duration too short",
            { .config = "[default]\nrole_arn = r\nsource_profile = default\nduration_seconds = 5\n" + keys },
            u"from 900 to 43200"_s);
        row("a session that is not there", { .config = "[default]\nsso_session = s\n" + sso },
            u"no section [sso-session s]"_s);
        row("a session that contradicts", { .config = "[default]\nsso_session = s\nsso_region = x\n" + sso + session },
            u"sso_region is another here than in [sso-session s]"_s);
        row("identity center without url", { .config = "[default]\n" + sso },
            u"sso_start_url, sso_region is missing"_s);
        row("web identity without role", { .config = "[default]\nweb_identity_token_file = /t\n" }, u"but no role"_s);
        row("an empty process", { .config = "[default]\ncredential_process =\n" }, u"credential_process is empty"_s);
        row("a container anywhere",
            { .variables = { { u"AWS_CONTAINER_CREDENTIALS_FULL_URI"_s, u"http://x.example/"_s } } },
            u"x.example, which may not"_s);
        row("a container hidden behind an at sign",
            { .variables = { { u"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"_s, u"@x.example/"_s } } },
            u"x.example, which may not"_s);
        row("a container that only looks like loopback",
            { .variables = { { u"AWS_CONTAINER_CREDENTIALS_FULL_URI"_s, u"http://127.0.0.1.x.example/"_s } } },
            u"which may not"_s);
        row("a token with a line break",
            { .variables = { { u"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"_s, u"/x"_s },
                  { u"AWS_CONTAINER_AUTHORIZATION_TOKEN"_s, u"a\nb"_s } } },
            u"line break"_s);
        row("a mode that is none",
            { .variables = with(keysInEnvironment, { { u"AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"_s, u"x"_s } }) },
            u"IPv4 or IPv6"_s);
        row("a metadata address that is none",
            { .variables = { { u"AWS_EC2_METADATA_SERVICE_ENDPOINT"_s, u"x y"_s } } },
            u"ec2_metadata_service_endpoint is no address"_s);
        row("a time limit that is none", { .variables = { { u"AWS_METADATA_SERVICE_TIMEOUT"_s, u"soon"_s } } },
            u"metadata_service_timeout is \"soon\""_s);
        row("a file that cannot be parsed, also with keys", { .config = "rubbish\n", .variables = keysInEnvironment },
            u"/c, line 1"_s);
    }
    void refuses()
    {
        QFETCH(Question, question);
        QFETCH(QString, expected);
        const auto plan = planOf(question);
        QVERIFY(!plan.has_value());
        QCOMPARE(plan.error().kind, Error::Kind::InvalidInput);
        QVERIFY2(plan.error().detail.contains(expected), qPrintable(plan.error().detail));
    }

    void missesProfiles_data()
    {
        QTest::addColumn<Question>("question");
        QTest::addColumn<QString>("expected");
        const QByteArray config = "[profile a]\nregion = x\n";
        QTest::newRow("asked for") << Question { .config = config, .asked = u"b"_s }
                                   << u"no profile b in /c or /k. There are: a."_s;
        QTest::newRow("AWS_PROFILE, also with keys")
            << Question { .config = config, .variables = with(keysInEnvironment, { { u"AWS_PROFILE"_s, u"b"_s } }) }
            << u"no profile b"_s;
        QTest::newRow("an empty AWS_PROFILE")
            << Question { .config = config, .variables = { { u"AWS_PROFILE"_s, u""_s } } } << u"set but empty"_s;
        QTest::newRow("default, asked for") << Question { .asked = u"default"_s } << u"There are no profiles"_s;
        QTest::newRow("in another case") << Question { .config = config, .asked = u"A"_s } << u"no profile A"_s;
    }
    void missesProfiles()
    {
        QFETCH(Question, question);
        QFETCH(QString, expected);
        const auto plan = planOf(question);
        QVERIFY(!plan.has_value());
        QCOMPARE(plan.error().kind, Error::Kind::NoCredentials);
        QVERIFY2(plan.error().detail.contains(expected), qPrintable(plan.error().detail));
    }

    void saysWhatWasPassedOver()
    {
        const auto plan = planOf(
            { .config = "[default]\nregion = x\n", .variables = { { u"AWS_EC2_METADATA_DISABLED"_s, u"true"_s } } });
        QVERIFY(plan.has_value());
        QCOMPARE(plan->steps.size(), 0);
        QCOMPARE(plan->passedOver.size(), 4);
        QVERIFY(plan->passedOver[0].startsWith(u"Environment: AWS_ACCESS_KEY_ID"));
        QVERIFY(plan->passedOver[1].startsWith(u"Profile default: neither"));
        QVERIFY(plan->passedOver[2].startsWith(u"Container: "));
        QVERIFY(plan->passedOver[3].startsWith(u"Instance: AWS_EC2_METADATA_DISABLED"));
    }

    void readsWhenKeysOfTheEnvironmentEnd()
    {
        const auto plan = planOf({ .variables = with(keysInEnvironment,
                                       { { u"AWS_CREDENTIAL_EXPIRATION"_s, u"2030-01-01T00:00:00Z"_s } }) });
        QVERIFY(plan.has_value());
        const auto &step = std::get<StaticKeysStep>(plan->steps.first().how);
        QCOMPARE(step.credentials.expires->time_since_epoch().count(), 1'893'456'000'000);
    }

    //! Whoever has keys in the environment does not need the files; whoever has not must hear about them.
    void anUnreadableFileMattersOnlyIfItIsNeeded()
    {
        SharedConfig config;
        config.fatal = Error { .kind = Error::Kind::Storage, .detail = u"/c cannot be read"_s };
        QVERIFY(planSignIn(config, Environment(keysInEnvironment), { .name = u"default"_s }).has_value());
        const auto plan = planSignIn(config, Environment(), { .name = u"default"_s });
        QVERIFY(!plan.has_value());
        QCOMPARE(plan.error().kind, Error::Kind::Storage);
    }

    void endsAtAChainWithoutEnd()
    {
        QByteArray config = "[default]\nrole_arn = r\nsource_profile = 0\n";
        for (int i = 0; i < 50'000; ++i)
            config += "[profile " + QByteArray::number(i)
                + "]\nrole_arn = r\nsource_profile = " + QByteArray::number(i + 1) + "\n";
        const auto plan = planOf({ .config = config });
        QVERIFY(!plan.has_value());
        QVERIFY2(plan.error().detail.contains(u"more than 100 roles"), qPrintable(plan.error().detail));
    }

    void tellsNoSecret()
    {
        const auto plan =
            planOf({ .credentials = "[default]\naws_secret_access_key = CANARY\naws_session_token = CANARY\n"
                                    "aws_access_key_id =\n" });
        QVERIFY(!plan.has_value());
        QVERIFY(!plan.error().detail.contains(u"CANARY"));
    }
};

QTEST_APPLESS_MAIN(TestSignInPlan)
#include "tst_signinplan.moc"
