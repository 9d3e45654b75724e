#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""`optout-browser export --profile`: keys that end in the middle of a read, wrong clocks, and networks in the way."""

import socket
import unittest

from scenario import Case, certificate, refusing_proxy, rows, tls_in_front


class Renewal(Case):
    PROFILE = "[profile reader]\nrole_arn = {Reader}\nsource_profile = keys\nregion = us-east-1\n"

    def test_two_thousand_pages_cross_four_renewals(self):
        # 2,000 pages of 100 at 8 ms or more each take 16 s or more, and a key lives for three.
        services = self.start("--lifetime", 3, "--latency", 8, rows=200_000)
        self.config(self.PROFILE)
        found = self.succeeded(self.export("reader", "--in-order"), 200_000)
        good = [call for call in services.calls("DescribeOptedOutNumbers") if call["status"] == 200]
        self.assertEqual(len(good), 2_000)
        self.assertGreaterEqual(len(services.calls("AssumeRole")), 5)  # the first, and four renewals

        self.start(rows=200_000)  # the same rows, and keys that do not expire
        plain = self.home / "plain.csv"
        self.assertEqual(self.export("keys", "--in-order", target=plain).returncode, 0)
        whole = rows(plain)
        self.assertEqual(set(found), set(whole))
        self.assertEqual(found, whole)

    def test_renewal_fails_once(self):
        services = self.start("--lifetime", 3, "--latency", 20, "--sts-fault", "throttle@2", rows=20_000)
        self.config(self.PROFILE)
        self.succeeded(self.export("reader"), 20_000)
        self.assertIn(400, [call["status"] for call in services.calls("AssumeRole")])

    def test_renewal_is_refused(self):
        self.start("--lifetime", 2, "--latency", 20, "--sts-fault", "denied@2x1000", rows=20_000)
        self.config(self.PROFILE)
        self.failed(self.export("reader"), "AccessDenied", "reader", "explicit deny")

    def test_clock_ten_minutes_off(self):
        for offset in (600, -600):
            with self.subTest(offset):
                services = self.start("--clock-offset", offset)
                self.config(self.PROFILE)
                self.succeeded(self.export("reader"))
                self.assertEqual([call["status"] for call in services.calls("AssumeRole")], [403, 200])
                self.target.unlink()


class Network(Case):
    PROFILE = "[profile tls]\nregion = us-east-1\nrole_arn = {Reader}\nsource_profile = keys\n"

    def test_certificate_that_nobody_trusts(self):
        self.start()
        self.config(self.PROFILE)
        pem = certificate(self.home)
        with tls_in_front(int(self.services.url.rpartition(":")[2]), pem) as tls:
            url = f"https://127.0.0.1:{tls.port}"
            self.failed(self.export("tls", AWS_ENDPOINT_URL=url), f"127.0.0.1:{tls.port}", "certificate")
            self.assertEqual(self.services.requests(), [])
            for where in ("environment", "profile"):
                with self.subTest(where):
                    self.config(self.PROFILE + (f"ca_bundle = {pem}.crt\n" if where == "profile" else ""))
                    bundle = {} if where == "profile" else {"AWS_CA_BUNDLE": f"{pem}.crt"}
                    self.succeeded(self.export("tls", AWS_ENDPOINT_URL=url, **bundle))
                    self.target.unlink()

    def test_proxy_that_refuses(self):
        self.start()
        self.config("")
        for answer, words in (
            (b"HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"office\"\r\n"
             b"Content-Length: 0\r\nConnection: close\r\n\r\n", ("password",)),
            (b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", ()),
        ):
            asked = []
            with self.subTest(answer), refusing_proxy(answer, asked) as proxy:
                address = f"127.0.0.1:{proxy.port}"
                done = self.export("keys", AWS_ENDPOINT_URL=None, HTTPS_PROXY=f"http://{address}")
                self.failed(done, "proxy", address, *words)
                self.assertTrue(asked[0].startswith("CONNECT sms-voice.us-east-1.amazonaws.com:443 "), asked)

    def test_nobody_listens_at_sts(self):
        self.start()
        self.config(self.PROFILE)
        with socket.socket() as nobody:  # bound, so that nobody else takes the port, and not listening
            nobody.bind(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{nobody.getsockname()[1]}"
            self.failed(self.export("tls", "--max-attempts", "3", AWS_ENDPOINT_URL_STS=url), "STS", "127.0.0.1",
                    "; tried 3 times in ")


class Secrets(Case):
    def test_verbose_tells_none(self):
        self.start()
        self.config("[profile reader]\nrole_arn = {Reader}\nsource_profile = keys\nregion = us-east-1\n")
        done = self.export("reader", "--verbose")
        self.succeeded(done)  # what must not stand there is looked for after each run
        self.assertIn("AssumeRole", done.stderr)


if __name__ == "__main__":
    unittest.main()
