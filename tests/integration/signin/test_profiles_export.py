#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""`optout-browser export --profile`: signs in as a profile says, and says what is wrong when that fails."""

import datetime
import hashlib
import json
import sys
import time
import unittest

from scenario import Case
from services import ACCOUNT, fetch

REQUEST_ID = r"\(request id [0-9a-f-]{36}\)"


class Roles(Case):
    def setUp(self):
        super().setUp()
        self.start()

    def test_role_of_a_source_profile(self):
        self.config("[profile reader]\nrole_arn = {Reader}\nsource_profile = keys\nregion = us-east-1\n"
                    "role_session_name = ann\nduration_seconds = 900\n")
        self.succeeded(self.export("reader"))
        (call,) = self.services.calls("AssumeRole")
        self.assertEqual(call["body"] | {"RoleSessionName": "ann", "DurationSeconds": "900"}, call["body"])
        plain = self.home / "plain.csv"
        self.assertEqual(self.export("keys", target=plain).returncode, 0)
        self.assertEqual(self.target.read_bytes(), plain.read_bytes())

    def test_profile_named_by_the_environment(self):
        self.config("[profile reader]\nrole_arn = {Reader}\nsource_profile = keys\nregion = us-east-1\n")
        self.succeeded(self.export(None, AWS_PROFILE="reader"))
        self.assertEqual(len(self.services.calls("AssumeRole")), 1)

    def test_chain_of_roles(self):
        self.config("[profile inner]\nrole_arn = {Inner}\nsource_profile = reader\nregion = us-east-1\n"
                    "[profile reader]\nrole_arn = {Reader}\nsource_profile = keys\n")
        self.succeeded(self.export("inner"))
        self.assertEqual([call["body"]["RoleArn"].rpartition("/")[2] for call in self.services.calls("AssumeRole")],
                         ["Reader", "Inner"])

    def test_external_id(self):
        self.config("[profile partner]\nrole_arn = {Partner}\nsource_profile = keys\nregion = us-east-1\n"
                    "external_id = {id}\n", id=self.services.about["externalId"])
        self.succeeded(self.export("partner"))

    def test_credential_source(self):
        self.config("[profile env]\nrole_arn = {Reader}\ncredential_source = Environment\nregion = us-east-1\n")
        keys = self.services.about["keys"]
        self.succeeded(self.export("env", AWS_ACCESS_KEY_ID=keys["accessKeyId"],
                                   AWS_SECRET_ACCESS_KEY=keys["secretAccessKey"]))

    def test_refused_by_sts(self):
        self.config("[profile partner]\nrole_arn = {Partner}\nsource_profile = keys\nregion = us-east-1\n")
        last = self.failed(self.export("partner"), "AccessDenied", "partner", self.services.roles["Partner"], "STS",
                           "is not authorized to perform: sts:AssumeRole")
        self.assertRegex(last, REQUEST_ID)
        self.config("[profile long]\nrole_arn = {Partner}\nsource_profile = keys\nregion = us-east-1\n"
                    "external_id = {id}\nduration_seconds = 7200\n", id=self.services.about["externalId"])
        self.failed(self.export("long"), "ValidationError", "long", "MaxSessionDuration")

    def test_role_that_may_not_read(self):
        self.config("[profile nolists]\nrole_arn = {NoLists}\nsource_profile = keys\nregion = us-east-1\n")
        self.failed(self.export("nolists"), "AccessDeniedException", "assumed-role/NoLists/",
                    "sms-voice:DescribeOptedOutNumbers")

    def test_files_that_make_no_sense(self):
        self.config("[profile a]\nrole_arn = {Reader}\nsource_profile = b\nregion = us-east-1\n"
                    "[profile b]\nrole_arn = {Reader}\nsource_profile = a\n"
                    "[profile lost]\nrole_arn = {Reader}\nsource_profile = nowhere\nregion = us-east-1\n")
        self.failed(self.export("a"), "source profiles", "a", "b")
        self.failed(self.export("lost"), "lost", "nowhere")
        self.failed(self.export("nobody"), "nobody", str(self.home / ".aws" / "config"))
        self.assertEqual(self.services.requests(), [])

    def test_faults_of_sts(self):
        self.config("[profile reader]\nrole_arn = {Reader}\nsource_profile = keys\nregion = us-east-1\n")
        services = self.start("--sts-fault", "throttle@1", "--sts-fault", "internal@2")
        self.succeeded(self.export("reader"))
        self.assertEqual([call["status"] for call in services.calls("AssumeRole")], [400, 500, 200])
        self.target.unlink()
        self.start("--sts-fault", "html")
        last = self.failed(self.export("reader", "--give-up-after", "2"), "reader", "STS")
        self.assertRegex(last, r"; tried \d+ times in \d+ seconds\Z")
        self.assertGreater(len(self.services.calls("AssumeRole")), 2)


class Mfa(Case):
    PROMPT = r"(?is)\bmfa\b.*?demo-reader"  # once in each question: its serial number

    def begin(self, *options):
        self.start(*options)
        self.config("[profile guarded]\nrole_arn = {Guarded}\nsource_profile = keys\nregion = us-east-1\n"
                    "mfa_serial = {serial}\n")
        return self.services.about["mfaCodes"]

    def test_asked_on_the_terminal(self):
        codes = self.begin()
        done = self.export_on_terminal("guarded", (self.PROMPT, codes[0]))
        self.succeeded(done)
        self.assertIn(self.services.about["mfaSerial"], done.stderr)
        (call,) = self.services.calls("AssumeRole")
        self.assertEqual(call["body"]["SerialNumber"], self.services.about["mfaSerial"])

    def test_refused_twice(self):
        codes = self.begin("--mfa-refusals", 2)
        done = self.export_on_terminal("guarded", *((self.PROMPT, code) for code in codes[:3]))
        self.succeeded(done)
        self.assertEqual([call["status"] for call in self.services.calls("AssumeRole")], [403, 403, 200])

    def test_refused_for_good(self):
        codes = self.begin("--mfa-refusals", 10)
        done = self.export_on_terminal("guarded", *((self.PROMPT, code) for code in codes[:3]))
        self.failed(done, "AccessDenied", "guarded", "MultiFactorAuthentication failed")

    def test_nobody_to_ask(self):
        self.begin()
        self.failed(self.export("guarded"), "MFA", "guarded")
        self.assertEqual(self.services.calls("AssumeRole"), [])


class WebIdentity(Case):
    def begin(self, token):
        self.start()
        file = self.home / "token"
        if token:
            file.write_text(self.services.about.get(token, token))
        self.config("[profile pod]\nrole_arn = {Web}\nweb_identity_token_file = {home}/token\nregion = us-east-1\n"
                    "role_session_name = pod\n")
        return file

    def test_profile(self):
        self.begin("webIdentityToken")
        self.succeeded(self.export("pod"))
        (call,) = self.services.calls("AssumeRoleWithWebIdentity")
        self.assertEqual((call["body"]["RoleSessionName"], call["scope"]), ("pod", ""))

    def test_environment(self):
        file = self.begin("webIdentityToken")
        self.succeeded(self.export(None, AWS_WEB_IDENTITY_TOKEN_FILE=file, AWS_ROLE_ARN=self.services.roles["Web"],
                                   AWS_REGION="us-east-1"))

    def test_wrong(self):
        self.begin("not.a.token")
        self.failed(self.export("pod"), "InvalidIdentityToken", "pod")

    def test_expired(self):
        self.begin("expiredWebIdentityToken")
        self.failed(self.export("pod"), "ExpiredTokenException", "pod", "Token expired")

    def test_no_file(self):
        file = self.begin(None)
        self.failed(self.export("pod"), "pod", str(file))


class Process(Case):
    def begin(self, program):
        self.start()
        script = self.home / "my keys.py"
        script.write_text("open(__file__ + '.runs', 'a').write('x')\n" + program, encoding="utf-8")
        self.runs = self.home / "my keys.py.runs"
        self.runs.unlink(missing_ok=True)
        self.config('[profile tool]\ncredential_process = "{python}" "{home}/my keys.py" --for "an account"\n'
                    "region = us-east-1\n", python=sys.executable)

    def keys(self, **changes):
        keys = self.services.about["keys"]
        return {"Version": 1, "AccessKeyId": keys["accessKeyId"], "SecretAccessKey": keys["secretAccessKey"]} | changes

    def test_prints_keys(self):
        self.begin("import os, sys\nassert sys.argv[1:] == ['--for', 'an account'], sys.argv\n"
                   "print(open(os.path.join(os.path.dirname(sys.argv[0]), 'keys.json')).read())\n")
        (self.home / "keys.json").write_text(json.dumps(self.keys()))
        self.succeeded(self.export("tool"))
        self.assertEqual(self.runs.read_text(), "x")

    def test_goes_wrong(self):
        for program, words in (
            ("import sys; sys.exit('the vault is closed')", ("status 1", "the vault is closed")),
            ("print('no JSON')", ()),
            ('print(\'{"Version": 2, "AccessKeyId": "A", "SecretAccessKey": "s"}\')', ("Version",)),
            ('print(\'{"Version": 1, "AccessKeyId": "A"}\')', ("SecretAccessKey",)),
            ("import sys\nwhile True: sys.stdout.write('x' * 1048576)", ()),
        ):
            with self.subTest(program):
                self.begin(program)
                self.failed(self.export("tool"), "tool", "credential_process", *words)
                # It would do the same again: nobody should wait for that, or see its dialogs ten times.
                self.assertEqual(self.runs.read_text(), "x")

    def test_is_not_there(self):
        self.begin("")
        self.config("[profile tool]\ncredential_process = {home}/nowhere\nregion = us-east-1\n")
        self.failed(self.export("tool"), "tool", str(self.home / "nowhere"))


class IdentityCenter(Case):
    SESSION = "demo"

    def begin(self, *options, account=ACCOUNT):
        self.start("--poll-interval", 1, *options)
        about = self.services.about
        self.config("[profile sso]\nsso_session = {session}\nsso_account_id = {account}\nsso_role_name = {role}\n"
                    "region = us-east-1\n[sso-session {session}]\nsso_start_url = {url}\nsso_region = us-east-1\n"
                    "sso_registration_scopes = sso:account:access\n",
                    session=self.SESSION, account=account, role=about["ssoRole"], url=about["ssoStartUrl"])

    @property
    def cache(self):
        return self.home / ".aws" / "sso" / "cache" / (hashlib.sha1(self.SESSION.encode()).hexdigest() + ".json")

    def write_cache(self, hours, **changes):
        """As the AWS CLI writes it."""
        expires = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=hours)
        about = self.services.about
        self.cache.parent.mkdir(parents=True, exist_ok=True)
        token = {"startUrl": about["ssoStartUrl"], "region": "us-east-1", "accessToken": about["ssoToken"],
                 "expiresAt": expires.strftime("%Y-%m-%dT%H:%M:%SZ")}
        self.cache.write_text(json.dumps(token | changes))

    def approve(self, match):
        self.assertEqual(fetch(match[0])[0], 200)

    def refuse(self, match):
        self.assertEqual(fetch(match[0] + "&answer=deny")[0], 200)

    @property
    def page(self):
        """The address with the code in it, as the program prints it."""
        return self.services.url + r"/device\?user_code=[A-Z]{4}-[A-Z]{4}"

    def test_token_of_the_cli(self):
        self.begin()
        self.write_cache(hours=1)
        self.succeeded(self.export("sso"))
        self.assertEqual(self.services.calls("/device_authorization"), [])

    def test_legacy_keys_in_the_profile(self):
        self.begin()
        about = self.services.about
        self.SESSION = about["ssoStartUrl"]  # what the file is named after
        self.write_cache(hours=1)
        self.config("[profile old]\nsso_start_url = {url}\nsso_region = us-east-1\nsso_account_id = {account}\n"
                    "sso_role_name = {role}\nregion = us-east-1\n",
                    url=about["ssoStartUrl"], account=ACCOUNT, role=about["ssoRole"])
        self.succeeded(self.export("old"))

    def test_signs_in_by_device_and_keeps_the_token(self):
        self.begin()
        self.write_cache(hours=-1)
        done = self.export_on_terminal("sso", (self.page, self.approve))
        self.succeeded(done)
        cached = json.loads(self.cache.read_text())
        self.assertEqual((cached["startUrl"], cached["region"]), (self.services.about["ssoStartUrl"], "us-east-1"))
        self.assertRegex(cached["expiresAt"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        self.assertTrue({"accessToken", "refreshToken", "clientId", "clientSecret"} <= set(cached))
        self.assertEqual(self.cache.stat().st_mode & 0o777, 0o600)
        self.assertNotIn(cached["accessToken"], done.stderr)
        self.target.unlink()
        self.succeeded(self.export("sso"))  # no terminal: nobody is asked
        self.assertEqual(len(self.services.calls("/device_authorization")), 1)

        # The next time the token has expired, it is refreshed without a person.
        cached["expiresAt"] = "2026-01-01T00:00:00Z"
        self.cache.write_text(json.dumps(cached))
        self.target.unlink()
        self.succeeded(self.export("sso"))
        self.assertNotEqual(json.loads(self.cache.read_text())["refreshToken"], cached["refreshToken"])
        self.assertEqual(len(self.services.calls("/device_authorization")), 1)

    def test_asks_until_it_is_approved(self):
        self.begin("--approve-after", 1)
        done = self.export_on_terminal("sso", (self.page, None))
        self.succeeded(done)
        self.assertEqual([call["status"] for call in self.services.calls("/token")], [400, 200])

    def test_slows_down_when_told(self):
        self.begin("--approve-after", 0, "--slow-downs", 1)
        start = time.monotonic()
        self.succeeded(self.export_on_terminal("sso", (self.page, None)))
        self.assertGreater(time.monotonic() - start, 6)  # five seconds more (RFC 8628, section 3.5)
        self.assertEqual([call["status"] for call in self.services.calls("/token")], [400, 200])

    def test_person_refuses(self):
        self.begin()
        done = self.export_on_terminal("sso", (self.page, self.refuse))
        last = self.failed(done, "AccessDeniedException", "sso", "refused")
        self.assertNotIn("sms-voice:", last)  # no permission is missing

    def test_nobody_approves_in_time(self):
        self.begin("--device-lifetime", 2)
        done = self.export_on_terminal("sso", (self.page, None))
        self.failed(done, "ExpiredTokenException", "sso")

    def test_no_such_account(self):
        self.begin(account="999988887777")
        self.write_cache(hours=1)
        self.failed(self.export("sso"), "ForbiddenException", "sso", "999988887777", "No access")

    def test_cache_of_another_version(self):
        self.begin()
        self.write_cache(hours=1, accessToken=None, version=7)
        self.failed(self.export("sso"), "sso")  # without a terminal, nothing can be done about it


class Metadata(Case):
    def setUp(self):
        super().setUp()
        self.start()
        (self.home / ".aws" / "config").write_text("[default]\nregion = us-east-1\n")

    def test_container(self):
        about = self.services.about
        self.succeeded(self.export(None, AWS_CONTAINER_CREDENTIALS_FULL_URI=about["containerUrl"],
                                   AWS_CONTAINER_AUTHORIZATION_TOKEN=about["containerToken"]))
        self.target.unlink()
        (self.home / "token").write_text(about["containerToken"])
        self.succeeded(self.export(None, AWS_CONTAINER_CREDENTIALS_FULL_URI=about["containerUrl"],
                                   AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE=self.home / "token"))

    def test_container_refuses(self):
        done = self.export(None, AWS_CONTAINER_CREDENTIALS_FULL_URI=self.services.about["containerUrl"],
                           AWS_CONTAINER_AUTHORIZATION_TOKEN="wrong")
        self.failed(done, "401")

    def test_instance(self):
        self.succeeded(self.export(None, AWS_EC2_METADATA_DISABLED=None,
                                   AWS_EC2_METADATA_SERVICE_ENDPOINT=self.services.url))
        self.assertEqual([(call["method"], call["status"]) for call in self.services.requests()][:3],
                         [("PUT", 200), ("GET", 200), ("GET", 200)])

    def test_instance_switched_off(self):
        done = self.export(None, AWS_EC2_METADATA_SERVICE_ENDPOINT=self.services.url)
        self.failed(done)
        self.assertEqual(self.services.requests(), [])


if __name__ == "__main__":
    unittest.main()
