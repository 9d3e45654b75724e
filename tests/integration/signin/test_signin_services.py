#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""AWS's own clients against the sign-in services of the demo: what these accept and refuse is what AWS does."""

import base64
import contextlib
import datetime
import json
import os
import subprocess
import sys
import tempfile
import time
import unittest

import boto3
import botocore.config
import botocore.session
from botocore.exceptions import ClientError, MetadataRetrievalError
from botocore.utils import ContainerMetadataFetcher, InstanceMetadataFetcher

from services import ACCOUNT, PROGRAM, REGION, Services, fetch

AWS = os.environ["OPTOUT_AWS_CLI"]
DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
NOBODY = {"aws_access_key_id": "AKIANOBODYNOBODYNOBO", "aws_secret_access_key": "x" * 40, "aws_session_token": None}


def keys_of(credentials):
    return {"aws_access_key_id": credentials["AccessKeyId"], "aws_secret_access_key": credentials["SecretAccessKey"],
            "aws_session_token": credentials["SessionToken"]}


class Case(unittest.TestCase):
    OPTIONS = ()

    @classmethod
    def setUpClass(cls):
        cls.services = cls.enterClassContext(Services(*cls.OPTIONS))
        cls.about = cls.services.about

    if sys.version_info < (3, 11):  # unittest has it since 3.11

        @classmethod
        def enterClassContext(cls, context):
            value = context.__enter__()
            cls.addClassCleanup(context.__exit__, None, None, None)
            return value

    def client(self, service, keys=None, services=None, region=REGION, **config):
        settings = {"retries": {"total_max_attempts": 1}, "parameter_validation": False, "proxies": {}} | config
        services = services or self.services
        session = boto3.session.Session(**(keys or services.keys()), region_name=region)
        client = session.client(service, endpoint_url=services.url, config=botocore.config.Config(**settings))
        self.addCleanup(client.close)
        return client

    def assume(self, role="Reader", keys=None, services=None, **parameters):
        services = services or self.services
        arguments = {"RoleArn": services.roles.get(role, role), "RoleSessionName": "tester"} | parameters
        return self.client("sts", keys, services).assume_role(**arguments)

    def read(self, keys, services=None):
        """The lists, as whoever reads them with these keys sees them."""
        return len(self.client("pinpoint-sms-voice-v2", keys, services).describe_opt_out_lists()["OptOutLists"])

    @contextlib.contextmanager
    def refused(self, code, words="", status=400):
        with self.assertRaises(ClientError) as caught:
            yield
        answer = caught.exception.response
        self.assertEqual((answer["Error"]["Code"], answer["ResponseMetadata"]["HTTPStatusCode"]), (code, status))
        self.assertIn(words, answer["Error"].get("Message", answer.get("error_description", "")))


class Sts(Case):
    def test_roles_keys_read_the_lists_and_know_themselves(self):
        answer = self.assume(RoleSessionName="ann@example.com")
        keys = keys_of(answer["Credentials"])
        self.assertRegex(keys["aws_access_key_id"], r"^ASIA[A-Z2-7]{16}$")
        # As published: Tal Be'ery, "A short note on AWS KEY ID" (2023).
        first = int.from_bytes(base64.b32decode(keys["aws_access_key_id"][4:])[:6], "big")
        self.assertEqual(f"{(first & 0x7fffffffff80) >> 7:012}", ACCOUNT)
        arn = f"arn:aws:sts::{ACCOUNT}:assumed-role/Reader/ann@example.com"
        self.assertEqual(answer["AssumedRoleUser"]["Arn"], arn)
        identity = self.client("sts", keys).get_caller_identity()
        self.assertEqual((identity["Arn"], identity["Account"]), (arn, ACCOUNT))
        self.assertEqual(identity["UserId"], answer["AssumedRoleUser"]["AssumedRoleId"])
        left = answer["Credentials"]["Expiration"] - datetime.datetime.now(datetime.timezone.utc)
        self.assertAlmostEqual(left.total_seconds(), 3600, delta=30)
        self.assertEqual(self.read(keys), 6)
        self.assertNotEqual(keys, keys_of(self.assume()["Credentials"]))

    def test_identity_of_users(self):
        for keys, name in (("keys", "demo-reader"), ("temporaryKeys", "demo-reader"), ("deniedKeys", "demo-denied")):
            identity = self.client("sts", self.services.keys(keys)).get_caller_identity()
            self.assertEqual(identity["Arn"], f"arn:aws:iam::{ACCOUNT}:user/{name}")

    def test_the_wrong_caller(self):
        for keys, code in (
            (NOBODY, "InvalidClientTokenId"),
            (self.services.keys() | {"aws_secret_access_key": "x" * 40}, "SignatureDoesNotMatch"),
            (self.services.keys("temporaryKeys") | {"aws_session_token": None}, "InvalidClientTokenId"),
        ):
            with self.refused(code, status=403):
                self.client("sts", keys).get_caller_identity()
        with self.refused("MissingAuthenticationToken", status=403):
            self.client("sts", signature_version=botocore.UNSIGNED).get_caller_identity()
        with self.refused("SignatureDoesNotMatch", "valid region", status=403):
            self.client("sts", region="eu-west-1").get_caller_identity()

    def test_who_may_assume_what(self):
        denied = "is not authorized to perform: sts:AssumeRole on resource: "
        reader = keys_of(self.assume()["Credentials"])
        for role, keys, parameters in (
            (f"arn:aws:iam::{ACCOUNT}:role/Nowhere", None, {}),
            ("Partner", None, {}),
            ("Partner", None, {"ExternalId": "another"}),
            ("Guarded", None, {}),
            ("Inner", None, {}),
            ("Web", None, {}),
            ("Reader", self.services.keys("deniedKeys"), {}),
        ):
            with self.subTest(role), self.refused("AccessDenied", denied + self.services.roles.get(role, role), 403):
                self.assume(role, keys, **parameters)
        self.assume("Partner", ExternalId=self.about["externalId"])
        inner = self.assume("Inner", reader)["AssumedRoleUser"]["Arn"]
        self.assertEqual(inner, f"arn:aws:sts::{ACCOUNT}:assumed-role/Inner/tester")

    def test_limits_of_the_model(self):
        for parameters, words in (
            ({"DurationSeconds": 899}, "'durationSeconds' failed to satisfy constraint: Member must have value greater "
                                       "than or equal to 900"),
            ({"DurationSeconds": 43201}, "less than or equal to 43200"),
            ({"RoleSessionName": "x"}, "'roleSessionName' failed to satisfy constraint: Member must have length"),
            ({"RoleSessionName": "a b"}, "regular expression pattern: [\\w+=,.@-]*"),
            ({"TokenCode": "12345", "SerialNumber": "x"}, "2 validation errors detected"),
            ({"RoleArn": "arn:aws:iam"}, "'roleArn'"),
        ):
            with self.subTest(parameters), self.refused("ValidationError", words):
                self.assume(**parameters)
        with self.refused("ValidationError", "MaxSessionDuration"):
            self.assume("Partner", ExternalId=self.about["externalId"], DurationSeconds=3601)
        with self.refused("ValidationError", "role chaining"):
            self.assume("Inner", keys_of(self.assume()["Credentials"]), DurationSeconds=3601)
        left = self.assume(DurationSeconds=43200)["Credentials"]["Expiration"].timestamp() - time.time()
        self.assertAlmostEqual(left, 43200, delta=30)

    def test_mfa_codes_work_once(self):
        device = {"SerialNumber": self.about["mfaSerial"]}
        codes = self.about["mfaCodes"]
        self.assume("Guarded", **device, TokenCode=codes[0])
        wrong = next(code for code in map("{:06}".format, range(100)) if code not in codes)
        for code in (codes[0], wrong):
            with self.refused("AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass", 403):
                self.assume("Guarded", **device, TokenCode=code)
        with self.refused("AccessDenied", "verify your MFA serial number", 403):
            self.assume("Guarded", SerialNumber="arn:aws:iam::111122223333:mfa/nobody", TokenCode=codes[1])
        self.assume("Guarded", **device, TokenCode=codes[1])

    def test_web_identity(self):
        def assume(token, role="Web"):
            client = self.client("sts", signature_version=botocore.UNSIGNED)
            return client.assume_role_with_web_identity(RoleArn=self.services.roles[role], RoleSessionName="pod",
                                                        WebIdentityToken=token)

        answer = assume(self.about["webIdentityToken"])
        self.assertEqual(answer["AssumedRoleUser"]["Arn"], f"arn:aws:sts::{ACCOUNT}:assumed-role/Web/pod")
        self.assertEqual(self.read(keys_of(answer["Credentials"])), 6)
        with self.refused("InvalidIdentityToken"):
            assume("wrong.token")
        with self.refused("ExpiredTokenException", "Token expired"):
            assume(self.about["expiredWebIdentityToken"])
        with self.refused("AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity", 403):
            assume(self.about["webIdentityToken"], "Reader")

    def test_role_that_may_not_read(self):
        keys = keys_of(self.assume("NoLists")["Credentials"])
        with self.refused("AccessDeniedException", f"User: arn:aws:sts::{ACCOUNT}:assumed-role/NoLists/tester is not "
                                                   "authorized to perform: sms-voice:DescribeOptOutLists"):
            self.read(keys)

    def test_the_cli(self):
        environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        environment |= {"AWS_ACCESS_KEY_ID": self.about["keys"]["accessKeyId"], "AWS_CONFIG_FILE": os.devnull,
                        "AWS_SECRET_ACCESS_KEY": self.about["keys"]["secretAccessKey"], "AWS_REGION": REGION,
                        "AWS_SHARED_CREDENTIALS_FILE": os.devnull, "AWS_MAX_ATTEMPTS": "1", "AWS_PAGER": ""}

        def aws(*arguments):
            return subprocess.run([AWS, "--endpoint-url", self.services.url, "--output", "json", *arguments],
                                  env=environment, capture_output=True, text=True, timeout=60, check=False)

        assume = ("sts", "assume-role", "--role-session-name", "cli", "--role-arn")
        done = aws(*assume, self.services.roles["Reader"])
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        arn = json.loads(done.stdout)["AssumedRoleUser"]["Arn"]
        self.assertEqual(arn, f"arn:aws:sts::{ACCOUNT}:assumed-role/Reader/cli")
        done = aws(*assume, self.services.roles["Guarded"])
        self.assertEqual(done.returncode, 254)
        self.assertIn("(AccessDenied) when calling the AssumeRole operation", done.stderr)
        done = aws("--no-sign-request", "sso", "get-role-credentials", "--account-id", ACCOUNT, "--role-name",
                   self.about["ssoRole"], "--access-token", self.about["ssoToken"])
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertTrue(json.loads(done.stdout)["roleCredentials"]["accessKeyId"].startswith("ASIA"))


class IdentityCenter(Case):
    OPTIONS = ("--poll-interval", "1", "--sso-lifetime", "1000")

    def oidc(self, services=None):
        return self.client("sso-oidc", services=services, signature_version=botocore.UNSIGNED)

    def portal(self, token, services=None, **changes):
        about = (services or self.services).about
        arguments = {"accountId": ACCOUNT, "roleName": about["ssoRole"], "accessToken": token} | changes
        client = self.client("sso", services=services, signature_version=botocore.UNSIGNED)
        return client.get_role_credentials(**arguments)["roleCredentials"]

    def begin(self, services=None, **parameters):
        oidc = self.oidc(services)
        client = oidc.register_client(clientName="tester", clientType="public", scopes=["sso:account:access"])
        who = {"clientId": client["clientId"], "clientSecret": client["clientSecret"]}
        about = (services or self.services).about
        device = oidc.start_device_authorization(**({"startUrl": about["ssoStartUrl"]} | who | parameters))
        return oidc, who, device

    def token(self, oidc, who, device):
        return oidc.create_token(**who, grantType=DEVICE_GRANT, deviceCode=device["deviceCode"])

    def test_keys_for_a_token(self):
        found = self.portal(self.about["ssoToken"])
        keys = {"aws_access_key_id": found["accessKeyId"], "aws_secret_access_key": found["secretAccessKey"],
                "aws_session_token": found["sessionToken"]}
        self.assertEqual(self.read(keys), 6)
        self.assertAlmostEqual(found["expiration"] / 1000, time.time() + 3600, delta=30)
        self.assertIn("assumed-role/AWSReservedSSO_SsoReader_", self.client("sts", keys).get_caller_identity()["Arn"])
        with self.refused("UnauthorizedException", "Session token not found or invalid", 401):
            self.portal("wrong")
        with self.refused("ForbiddenException", "No access", 403):
            self.portal(self.about["ssoToken"], roleName="Administrator")

    def test_device_approved_on_the_page_then_refreshed(self):
        oidc, who, device = self.begin()
        self.assertRegex(device["userCode"], r"^[B-Z]{4}-[B-Z]{4}$")
        self.assertEqual(device["interval"], 1)
        with self.refused("AuthorizationPendingException"):
            self.token(oidc, who, device)
        with self.refused("SlowDownException"):
            self.token(oidc, who, device)
        self.assertEqual(fetch(device["verificationUri"] + "?user_code=XXXX-XXXX")[0], 404)
        status, page = fetch(device["verificationUriComplete"])
        self.assertEqual(status, 200)
        self.assertIn("Approved", page)
        time.sleep(1)
        granted = self.token(oidc, who, device)
        self.assertEqual((granted["tokenType"], granted["expiresIn"]), ("Bearer", 1000))
        self.portal(granted["accessToken"])
        with self.refused("InvalidGrantException"):
            self.token(oidc, who, device)  # it serves once

        again = oidc.create_token(**who, grantType="refresh_token", refreshToken=granted["refreshToken"])
        self.assertNotEqual(again["accessToken"], granted["accessToken"])
        self.portal(again["accessToken"])
        with self.refused("InvalidGrantException"):
            oidc.create_token(**who, grantType="refresh_token", refreshToken=granted["refreshToken"])
        with self.refused("InvalidClientException", status=401):
            oidc.create_token(clientId=who["clientId"], clientSecret="x", grantType="refresh_token",
                              refreshToken=again["refreshToken"])

    def test_person_refuses(self):
        oidc, who, device = self.begin()
        fetch(device["verificationUriComplete"] + "&answer=deny")
        with self.refused("AccessDeniedException"):
            self.token(oidc, who, device)

    def test_what_is_not_known(self):
        with self.refused("InvalidRequestException"):
            self.begin(startUrl="https://another.awsapps.com/start")
        with self.refused("InvalidClientException", status=401):
            self.begin(clientSecret="wrong")
        with self.refused("InvalidClientMetadataException"):
            self.oidc().register_client(clientName="tester", clientType="confidential")
        oidc, who, _ = self.begin()
        with self.refused("UnsupportedGrantTypeException"):
            oidc.create_token(**who, grantType="password")

    def test_told_to_be_slow_and_to_approve_by_itself(self):
        with Services("--slow-downs", 1, "--approve-after", 1, "--poll-interval", 0) as services:
            oidc, who, device = self.begin(services)
            with self.refused("SlowDownException"):
                self.token(oidc, who, device)
            with self.refused("AuthorizationPendingException"):
                self.token(oidc, who, device)
            self.portal(self.token(oidc, who, device)["accessToken"], services)

    def test_what_expires(self):
        with Services("--sso-lifetime", 1, "--device-lifetime", 1, "--approve-after", 0) as services:
            oidc, who, device = self.begin(services)
            token = self.token(oidc, who, device)["accessToken"]
            late = self.begin(services)
            time.sleep(1.2)
            for expired in (token, services.about["ssoToken"]):
                with self.refused("UnauthorizedException", status=401):
                    self.portal(expired, services)
            with self.refused("ExpiredTokenException"):
                self.token(*late)


class Metadata(Case):
    def test_instance(self):
        fetcher = InstanceMetadataFetcher(timeout=5, num_attempts=1, base_url=self.services.url)
        found = fetcher.retrieve_iam_role_credentials()
        self.assertEqual(found["role_name"], self.about["instanceRole"])
        keys = {"aws_access_key_id": found["access_key"], "aws_secret_access_key": found["secret_key"],
                "aws_session_token": found["token"]}
        self.assertEqual(self.read(keys), 6)
        self.assertIn("assumed-role/InstanceReader/i-", self.client("sts", keys).get_caller_identity()["Arn"])
        self.assertEqual([call["method"] for call in self.services.calls("/latest/api/token")], ["PUT"])

    def test_instance_without_a_token(self):
        url = self.services.url + "/latest/"
        self.assertEqual(fetch(url + "meta-data/iam/security-credentials/")[0], 401)
        self.assertEqual(fetch(url + "meta-data/iam/security-credentials/", X_aws_ec2_metadata_token="x")[0], 401)
        self.assertEqual(fetch(url + "api/token", "PUT")[0], 400)
        wanted = {"X_aws_ec2_metadata_token_ttl_seconds": "21601"}
        self.assertEqual(fetch(url + "api/token", "PUT", **wanted)[0], 400)
        wanted = {"X_aws_ec2_metadata_token_ttl_seconds": "1"}
        self.assertEqual(fetch(url + "api/token", "PUT", **wanted, X_Forwarded_For="192.0.2.1")[0], 403)
        status, token = fetch(url + "api/token", "PUT", **wanted)
        self.assertEqual(status, 200)
        roles = url + "meta-data/iam/security-credentials/"
        self.assertEqual(fetch(roles, X_aws_ec2_metadata_token=token), (200, "InstanceReader"))
        self.assertEqual(fetch(roles + "Nobody", X_aws_ec2_metadata_token=token)[0], 404)
        time.sleep(1.1)
        self.assertEqual(fetch(roles, X_aws_ec2_metadata_token=token)[0], 401)

    def test_container(self):
        fetcher = ContainerMetadataFetcher(sleep=lambda _: None)
        found = fetcher.retrieve_full_uri(self.about["containerUrl"],
                                          headers={"Authorization": self.about["containerToken"]})
        keys = {"aws_access_key_id": found["AccessKeyId"], "aws_secret_access_key": found["SecretAccessKey"],
                "aws_session_token": found["Token"]}
        self.assertEqual(self.read(keys), 6)
        self.assertIn("AccessKeyId", fetcher.retrieve_full_uri(self.about["containerUrl"] + "/open"))
        with self.assertRaisesRegex(MetadataRetrievalError, "401"):
            fetcher.retrieve_full_uri(self.about["containerUrl"], headers={"Authorization": "wrong"})


class Expiry(Case):
    OPTIONS = ("--lifetime", "2")

    def test_keys_end_when_they_say(self):
        answer = self.assume(DurationSeconds=900)
        keys = keys_of(answer["Credentials"])
        self.assertEqual(self.read(keys), 6)
        time.sleep(2.1)
        with self.refused("ExpiredTokenException", "The security token included in the request is expired"):
            self.read(keys)
        with self.refused("ExpiredToken", "The security token included in the request is expired", 403):
            self.client("sts", keys).get_caller_identity()
        with self.refused("InvalidSignatureException"):
            self.read(keys | {"aws_secret_access_key": "x" * 40})
        self.assertEqual(self.read(keys_of(self.assume()["Credentials"])), 6)

    def test_profile_renews_by_itself(self):
        class Session(botocore.session.Session):  # this botocore knows no AWS_ENDPOINT_URL
            def create_client(session, *arguments, **options):
                return super().create_client(*arguments, **(options | {"endpoint_url": self.services.url}))

        with tempfile.TemporaryDirectory() as folder:
            config = os.path.join(folder, "config")
            with open(config, "w", encoding="utf-8") as file:
                file.write(f"[profile reader]\nrole_arn = {self.services.roles['Inner']}\nsource_profile = outer\n"
                           f"[profile outer]\nrole_arn = {self.services.roles['Reader']}\nsource_profile = keys\n"
                           f"[profile keys]\naws_access_key_id = {self.about['keys']['accessKeyId']}\n"
                           f"aws_secret_access_key = {self.about['keys']['secretAccessKey']}\n")
            session = Session(profile="reader")
            session.set_config_variable("config_file", config)
            session.set_config_variable("credentials_file", os.devnull)
            session.set_config_variable("region", REGION)
            before = len(self.services.calls("AssumeRole"))
            client = session.create_client("pinpoint-sms-voice-v2")
            self.addCleanup(client.close)
            for _ in range(3):
                self.assertEqual(len(client.describe_opt_out_lists()["OptOutLists"]), 6)
                time.sleep(2.1)
            calls = self.services.calls("AssumeRole")[before:]
        self.assertGreaterEqual(len([c for c in calls if c["body"]["RoleArn"].endswith("/Inner")]), 3)


class Faults(Case):
    def test_sts_faults_count_its_own_calls(self):
        with Services("--sts-fault", "throttle@1x2", "--sts-fault", "internal@3", "--mfa-refusals", 1) as services:
            self.assertEqual(self.read(services.keys(), services), 6)
            for _ in range(2):
                with self.refused("Throttling", "Rate exceeded"):
                    self.assume(services=services)
            with self.refused("InternalFailure", status=500):
                self.assume(services=services)
            self.assume(services=services)
            mfa = {"SerialNumber": services.about["mfaSerial"], "TokenCode": services.about["mfaCodes"][0]}
            with self.refused("AccessDenied", "one time pass code", 403):
                self.assume("Guarded", services=services, **mfa)
            self.assume("Guarded", services=services, **mfa)

    def test_clock_of_all_services(self):
        with Services("--clock-offset", -600) as services:
            with self.refused("SignatureDoesNotMatch", "Signature not yet current", 403):
                self.assume(services=services)
            with self.refused("InvalidSignatureException", "Signature not yet current"):
                self.read(services.keys(), services)

    def test_sso_and_metadata_faults(self):
        with Services("--sso-fault", "throttle@1", "--metadata-fault", "status:503@1") as services:
            client = self.client("sso", services=services, signature_version=botocore.UNSIGNED)
            with self.refused("TooManyRequestsException", status=429):
                client.get_role_credentials(accountId=ACCOUNT, roleName="SsoReader", accessToken="x")
            self.assertEqual(fetch(services.about["containerUrl"] + "/open")[0], 503)
            self.assertEqual(fetch(services.about["containerUrl"] + "/open")[0], 200)

    def test_log_holds_no_secret(self):
        with Services("--approve-after", 0) as services:
            mfa = {"SerialNumber": services.about["mfaSerial"], "TokenCode": services.about["mfaCodes"][0]}
            self.assume("Guarded", services=services, **mfa)
            sts = self.client("sts", services=services)
            sts.assume_role_with_web_identity(RoleArn=services.roles["Web"], RoleSessionName="pod",
                                              WebIdentityToken=services.about["webIdentityToken"])
            oidc = self.client("sso-oidc", services=services, signature_version=botocore.UNSIGNED)
            who = oidc.register_client(clientName="tester", clientType="public", scopes=["sso:account:access"])
            who = {name: who[name] for name in ("clientId", "clientSecret")}
            device = oidc.start_device_authorization(**who, startUrl=services.about["ssoStartUrl"])
            token = oidc.create_token(**who, grantType=DEVICE_GRANT, deviceCode=device["deviceCode"])
            text = services.log.read_text(encoding="utf-8")
            for secret in (mfa["TokenCode"], services.about["webIdentityToken"], who["clientSecret"],
                           device["deviceCode"], token["accessToken"], services.about["keys"]["secretAccessKey"]):
                self.assertNotIn(secret, text)
            self.assertEqual([call["status"] for call in services.requests()], [200] * 5)

    def test_wrong_options(self):
        for options in (["--lifetime", "x"], ["--sts-fault", "nonsense"], ["--clock-offset", "soon"], ["stray"]):
            done = subprocess.run([PROGRAM, *options], capture_output=True, text=True, timeout=10, check=False)
            self.assertEqual((done.returncode, done.stdout), (2, ""), options)
            self.assertRegex(done.stderr, r"\Aoptout-demo-signin: [^\n]+\n\Z")


if __name__ == "__main__":
    unittest.main()
