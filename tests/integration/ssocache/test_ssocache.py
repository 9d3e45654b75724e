#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""The token cache of the AWS CLI, written by one and read by the other, both ways. The CLI's own code does its side; IAM
Identity Center is played on loopback. OPTOUT_SSO_PROBE names the program that does ours."""

import datetime
import http.server
import json
import os
import pathlib
import stat
import subprocess
import tempfile
import threading
import unittest
import urllib.parse

for name in [name for name in os.environ if name.startswith("AWS_")]:
    del os.environ[name]
os.environ["AWS_CONFIG_FILE"] = os.environ["AWS_SHARED_CREDENTIALS_FILE"] = "/nonexistent"

import awscli.clidriver  # noqa: E402,F401 (puts its own copy of botocore in place)
from awscli.botocore.credentials import SSOCredentialFetcher  # noqa: E402
from awscli.botocore.session import Session  # noqa: E402
from awscli.botocore.tokens import SSOTokenProvider  # noqa: E402
from awscli.botocore.utils import JSONFileCache, SSOTokenFetcher, SSOTokenLoader  # noqa: E402
from awscli.customizations.sso.utils import _sso_json_dumps  # noqa: E402

PROBE = os.environ["OPTOUT_SSO_PROBE"]
REGION = "eu-west-1"
START_URL = "https://corp.awsapps.com/start"
SCOPES = ["sso:account:access"]
HOUR = 3600


class IdentityCenter(http.server.ThreadingHTTPServer):
    """Grants each code at its second asking. `calls` are the paths asked for, `lifetime` that of the next token."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.calls, self.lifetime, self.tokens, self.pending = [], 8 * HOUR, 0, 1

    def answer(self, path, query, bearer, body):
        self.calls.append(path)
        if path == "/client/register":
            until = int(datetime.datetime.now().timestamp()) + 90 * 24 * HOUR
            return 200, {"clientId": "client-ü", "clientSecret": 'se"cr\\et', "clientSecretExpiresAt": until}
        if path == "/device_authorization":
            self.pending = 1
            return 200, {"deviceCode": "device-1", "userCode": "ABCD-EFGH", "verificationUri": f"{self.url}/v",
                         "verificationUriComplete": f"{self.url}/v?user_code=ABCD-EFGH", "expiresIn": 60, "interval": 1}
        if path == "/token":
            assert (body["clientId"], body["clientSecret"]) == ("client-ü", 'se"cr\\et'), body
            if body["grantType"] == "refresh_token":
                assert body["refreshToken"] == f"refresh-{self.tokens}", body
            elif self.pending:
                self.pending -= 1
                return 400, {"error": "authorization_pending", "error_description": "not yet"}
            self.tokens += 1
            return 200, {"accessToken": f"token-{self.tokens}", "expiresIn": self.lifetime,
                         "refreshToken": f"refresh-{self.tokens}"}
        if path == "/federation/credentials":
            assert query == {"role_name": ["Reader"], "account_id": ["111122223333"]}, query
            if bearer != f"token-{self.tokens}":
                return 401, {"message": "Session token not found or invalid"}
            return 200, {"roleCredentials": {"accessKeyId": "ASIAREADER", "secretAccessKey": "s", "sessionToken": bearer,
                                             "expiration": 1800000000000}}
        return 404, {}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    NAMES = {"authorization_pending": "AuthorizationPendingException"}

    def do_GET(self):
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
        url = urllib.parse.urlsplit(self.path)
        bearer = self.headers.get("x-amz-sso_bearer_token")
        status, answer = self.server.answer(url.path, urllib.parse.parse_qs(url.query), bearer, body)
        text = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        if status == 401:
            self.send_header("x-amzn-ErrorType", "UnauthorizedException")
        elif status != 200:
            self.send_header("x-amzn-ErrorType", self.NAMES.get(answer.get("error"), "InvalidRequestException"))
        self.end_headers()
        self.wfile.write(text)

    do_POST = do_GET

    def log_message(self, *arguments):
        pass


class SsoCache(unittest.TestCase):
    def setUp(self):
        self.service = IdentityCenter()
        threading.Thread(target=self.service.serve_forever, daemon=True).start()
        self.addCleanup(self.service.server_close)
        self.addCleanup(self.service.shutdown)
        home = tempfile.TemporaryDirectory()
        self.addCleanup(home.cleanup)
        self.home = pathlib.Path(home.name)
        self.folder = self.home / ".aws/sso/cache"
        self.cache = JSONFileCache(str(self.folder), dumps_func=_sso_json_dumps)

    def probe(self, session="corp", scopes=SCOPES):
        run = subprocess.run([PROBE, str(self.home), self.service.url, session, START_URL, REGION, *scopes],
                             stdout=subprocess.PIPE, check=True, timeout=60)
        answer = json.loads(run.stdout)
        self.assertNotIn("error", answer)
        return answer

    def client(self, name, config=None, **_):
        return Session().create_client(name, region_name=REGION, config=config, endpoint_url=self.service.url)

    def fetcher(self):
        return SSOTokenFetcher(REGION, self.client, cache=self.cache, sleep=lambda seconds: None)

    def calls(self):
        calls, self.service.calls = self.service.calls, []
        return calls

    def refresh_by_cli(self):
        class Configured(Session):
            full_config = {"profiles": {"dev": {"sso_session": "corp"}},
                           "sso_sessions": {"corp": {"sso_start_url": START_URL, "sso_region": REGION}}}
            create_client = staticmethod(self.client)

        provider = SSOTokenProvider(Configured(profile="dev"), cache=self.cache)
        return provider.load_token().get_frozen_token().token

    def test_what_we_write_is_what_the_cli_reads(self):
        for session, scopes in (("corp", SCOPES), ("büro \"2\"", ["a", "b"]), ("", [])):
            with self.subTest(session=session):
                answer = self.probe(session, scopes)
                self.assertEqual(answer["userCode"], "ABCD-EFGH")
                self.assertEqual(self.calls(), ["/client/register", "/device_authorization", "/token", "/token",
                                                "/federation/credentials"])
                # The CLI finds token and registration, takes them for valid, and so calls nobody.
                name, wanted = session or None, scopes or None
                token = self.fetcher().fetch_token(START_URL, session_name=name, registration_scopes=wanted)
                self.assertEqual(token["accessToken"], f"token-{self.service.tokens}")
                self.assertEqual((token["startUrl"], token["region"]), (START_URL, REGION))
                registration = self.fetcher()._registration(START_URL, name, wanted)
                self.assertEqual(registration["clientId"], "client-ü")
                self.assertEqual(registration.get("scopes"), wanted)
                self.assertEqual(self.calls(), [])
                loaded = SSOTokenLoader(cache=self.cache)(START_URL, session_name=name)
                self.assertEqual(loaded, token)

    def test_the_cli_gets_keys_with_our_token(self):
        self.probe("", [])
        fetcher = SSOCredentialFetcher(START_URL, REGION, "Reader", "111122223333", self.client,
                                       token_loader=SSOTokenLoader(cache=self.cache))
        self.assertEqual(fetcher.fetch_credentials()["access_key"], "ASIAREADER")

    def test_the_cli_refreshes_our_token(self):
        self.service.lifetime = 60
        self.probe()
        self.calls()
        self.service.lifetime = 8 * HOUR
        self.assertEqual(self.refresh_by_cli(), "token-2")
        self.assertEqual(self.calls(), ["/token"])
        self.assertEqual(self.probe()["sessionToken"], "token-2")
        self.assertEqual(self.calls(), ["/federation/credentials"])

    def test_what_the_cli_writes_is_what_we_read(self):
        for session, scopes in (("corp", SCOPES), ("büro \"2\"", ["a", "b"]), ("", [])):
            with self.subTest(session=session):
                self.fetcher().fetch_token(START_URL, session_name=session or None, registration_scopes=scopes or None,
                                           force_refresh=True)
                before = {path.name for path in self.folder.iterdir()}
                self.calls()
                answer = self.probe(session, scopes)
                self.assertEqual(answer["sessionToken"], f"token-{self.service.tokens}")
                self.assertEqual(self.calls(), ["/federation/credentials"])
                self.assertLessEqual({answer["tokenFile"], answer["registrationFile"]}, before)

    def test_we_refresh_the_clis_token_and_the_cli_reads_it(self):
        self.service.lifetime = 60
        self.fetcher().fetch_token(START_URL, session_name="corp", registration_scopes=SCOPES)
        self.calls()
        self.service.lifetime = 8 * HOUR
        self.assertEqual(self.probe()["sessionToken"], "token-2")
        self.assertEqual(self.calls(), ["/token", "/federation/credentials"])
        self.assertEqual(self.refresh_by_cli(), "token-2")
        self.assertEqual(self.calls(), [])

    def test_we_sign_in_with_the_clis_registration(self):
        answer = self.probe()
        (self.folder / answer["tokenFile"]).unlink()
        (self.folder / answer["registrationFile"]).unlink()
        self.fetcher()._registration(START_URL, "corp", SCOPES)
        self.calls()
        self.probe()
        self.assertNotIn("/client/register", self.calls())

    def test_nobody_else_may_read_it(self):
        os.umask(0o022)
        self.probe()
        for path in self.folder.iterdir():
            self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600, path)
        self.assertEqual(stat.S_IMODE(self.folder.stat().st_mode), 0o700)


if __name__ == "__main__":
    unittest.main(warnings="ignore")  # the CLI leaves its connections open
