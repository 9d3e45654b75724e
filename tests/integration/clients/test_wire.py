#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""Bare bytes against the demo endpoint: HTTP as any client may speak it, and each way a connection can fail."""

import concurrent.futures
import gzip
import json
import os
import pathlib
import signal
import socket
import subprocess
import tempfile
import time
import unittest

from endpoint import PROGRAM, READER, Endpoint, Reader, dump, signed_head

BODY = b'{"OptOutListName":"Default"}'
LISTS = "DescribeOptOutLists"
NUMBERS = "DescribeOptedOutNumbers"


def exchange(endpoint, operation=NUMBERS, body=BODY, **kind):
    """One request on a connection of its own; returns the reader of the answer."""
    connection = endpoint.connect()
    connection.sendall(signed_head(endpoint, operation, body, **kind) + body)
    return Reader(connection)


class Http(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.endpoint = Endpoint("--rows", "300")

    @classmethod
    def tearDownClass(cls):
        cls.endpoint.close()

    def setUp(self):
        self.connection = self.endpoint.connect()
        self.addCleanup(self.connection.close)
        self.reader = Reader(self.connection)

    def assert_page(self, rows=100):
        status, headers, page = self.reader.json()
        self.assertEqual((status, len(page["OptedOutNumbers"])), (200, rows))
        self.assertEqual(headers["content-type"], "application/x-amz-json-1.0")
        self.assertIn("x-amzn-requestid", headers)
        return page

    def test_keeps_the_connection(self):
        for _ in range(3):
            self.connection.sendall(signed_head(self.endpoint, NUMBERS, BODY) + BODY)
            self.assert_page()

    def test_answers_pipelined_requests_in_order(self):
        first, second = b'{"OptOutListName":"Default","MaxResults":1}', b'{"OptOutListName":"Default","MaxResults":2}'
        self.connection.sendall(
            b"".join(signed_head(self.endpoint, NUMBERS, body) + body for body in (first, second) * 5)
        )
        for _ in range(5):
            self.assert_page(1)
            self.assert_page(2)

    def test_waits_for_pieces(self):
        data = signed_head(self.endpoint, NUMBERS, BODY) + BODY
        for i in range(0, len(data), 40):
            self.connection.sendall(data[i : i + 40])
            time.sleep(0.002)
        self.assert_page()

    def test_takes_chunks(self):
        head = signed_head(self.endpoint, NUMBERS, BODY, length=False, further=["Transfer-Encoding: chunked"])
        self.connection.sendall(head + b"5\r\n" + BODY[:5] + b"\r\n%x\r\n" % len(BODY[5:]) + BODY[5:] + b"\r\n0\r\n\r\n")
        self.assert_page()

    def test_says_continue(self):
        self.connection.sendall(signed_head(self.endpoint, NUMBERS, BODY, further=["Expect: 100-continue"]))
        self.assertEqual(self.reader.head()[0], 100)
        self.connection.sendall(BODY)
        self.assert_page()

    def test_closes_when_asked(self):
        self.connection.sendall(signed_head(self.endpoint, NUMBERS, BODY, further=["Connection: close"]) + BODY)
        self.assert_page()
        self.assertEqual(self.reader.until_end(), b"")

    def test_refuses_garbage(self):
        self.connection.sendall(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n")
        self.assertEqual(self.reader.answer()[0], 400)
        self.assertEqual(self.reader.until_end(), b"")

    def test_refuses_large_headers(self):
        self.connection.sendall(b"POST / HTTP/1.1\r\nX: " + b"x" * 17000)
        self.assertEqual(self.reader.answer()[0], 431)

    def test_refuses_a_large_body(self):
        self.connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1048577\r\n\r\n")
        self.assertEqual(self.reader.answer()[0], 413)

    def test_takes_a_body_at_the_limit(self):
        body = BODY[:-1] + b" " * (1048576 - len(BODY)) + b"}"
        self.connection.sendall(signed_head(self.endpoint, NUMBERS, body) + body)
        self.assert_page()

    def test_knows_no_other_path_method_or_type(self):
        unknown = "com.amazon.coral.service#UnknownOperationException"
        for status, code, change in (
            (404, unknown, {"path": "/x"}),
            (404, unknown, {"path": "/a%20b/../c"}),
            (404, unknown, {"method": "PUT"}),
            (200, None, {"path": "/?x=y%20z&a"}),
            (200, None, {"content_type": "application/x-amz-json-1.0; charset=utf-8"}),
            (415, "com.amazon.coral.service#UnsupportedMediaTypeException", {"content_type": "application/json"}),
        ):
            with self.subTest(change):
                self.connection.sendall(signed_head(self.endpoint, LISTS, b"{}", **change) + b"{}")
                answered, _, body = self.reader.json()
                self.assertEqual((answered, body.get("__type")), (status, code))

    def test_sees_changes_on_the_way(self):
        head = signed_head(self.endpoint, LISTS, b"{}")
        for change in ((b"POST / ", b"POST /x "), (b"POST / ", b"PUT / "), (b"PinpointSMS", b"pinpointSMS")):
            with self.subTest(change):
                self.connection.sendall(head.replace(*change) + b"{}")
                status, _, error = self.reader.json()
                self.assertEqual((status, error["__type"]), (400, "com.amazon.coral.service#InvalidSignatureException"))

    def test_survives_clients_that_leave(self):
        data = signed_head(self.endpoint, NUMBERS, BODY) + BODY
        for size in (0, 1, 100, len(data) - 1, len(data)):
            for how in (socket.SHUT_WR, socket.SHUT_RDWR, None):
                with self.endpoint.connect() as connection:
                    connection.sendall(data[:size])
                    if how is not None:
                        connection.shutdown(how)
        self.connection.sendall(data)
        self.assert_page()

    def test_serves_many_at_once(self):
        with concurrent.futures.ThreadPoolExecutor(max_workers=40) as pool:
            readers = list(pool.map(lambda _: exchange(self.endpoint), range(200)))
            for reader in readers:
                self.assertEqual(reader.answer()[0], 200)
                reader.connection.close()


class Faults(unittest.TestCase):
    """Each fault meets the first call; the second must be served as ever."""

    def faulty(self, fault, *arguments):
        endpoint = Endpoint("--rows", "300", "--fault", fault + "@1", *arguments)
        self.addCleanup(endpoint.close)
        reader = exchange(endpoint)
        self.addCleanup(reader.connection.close)
        self.addCleanup(self.assert_served, endpoint)
        return reader

    def assert_served(self, endpoint):
        reader = exchange(endpoint)
        status, _, page = reader.json()
        reader.connection.close()
        self.assertEqual((status, len(page["OptedOutNumbers"])), (200, 100))

    def test_reset(self):
        with self.assertRaises(ConnectionResetError):
            self.faulty("reset").head()

    def test_reset_after(self):
        reader = self.faulty("reset-after:500")
        self.assertGreater(int(reader.head()[1]["content-length"]), 500)
        self.assertEqual(len(reader.take(500)), 500)
        with self.assertRaises(ConnectionResetError):
            reader.take(1)

    def test_cut(self):
        reader = self.faulty("cut:500")
        self.assertGreater(int(reader.head()[1]["content-length"]), 500)
        self.assertEqual(len(reader.until_end()), 500)

    def test_cut_chunked(self):
        reader = self.faulty("cut-chunked:500")
        self.assertEqual(reader.head()[1]["transfer-encoding"], "chunked")
        rest = reader.until_end()
        self.assertTrue(rest.startswith(b"1f4\r\n") and rest.endswith(b"\r\n"))
        self.assertEqual(len(rest), 500 + 7)

    def test_cut_without_length(self):
        reader = self.faulty("cut-no-length:500")
        headers = reader.head()[1]
        self.assertFalse({"content-length", "transfer-encoding"} & set(headers))
        self.assertEqual(len(reader.until_end()), 500)

    def test_stall(self):
        reader = self.faulty("stall")
        reader.connection.settimeout(0.3)
        with self.assertRaises(TimeoutError):
            reader.head()
        reader.connection.sendall(b"x" * 200000)  # taken and forgotten

    def test_stall_after(self):
        reader = self.faulty("stall-after:500")
        reader.head()
        reader.take(500)
        reader.connection.settimeout(0.3)
        with self.assertRaises(TimeoutError):
            reader.take(1)

    def test_slow(self):
        reader = self.faulty("slow:20000")
        begin = time.monotonic()
        status, _, body = reader.answer()
        seconds = time.monotonic() - begin
        self.assertEqual(status, 200)
        self.assertEqual(len(json.loads(body)["OptedOutNumbers"]), 100)
        self.assertGreater(seconds, 0.8 * len(body) / 20000)

    def test_latency(self):
        begin = time.monotonic()
        self.assertEqual(self.faulty("overlap", "--latency", "200").answer()[0], 200)
        self.assertGreaterEqual(time.monotonic() - begin, 0.2)

    def test_huge(self):
        reader = self.faulty("huge:5000000")
        status, headers, body = reader.answer()
        self.assertEqual((status, len(body)), (200, 5000000))
        self.assertEqual(list(json.loads(body)), ["Padding"])

    def test_gzip(self):
        status, headers, body = self.faulty("gzip").answer()
        self.assertEqual((status, headers["content-encoding"]), (200, "gzip"))
        self.assertEqual(len(json.loads(gzip.decompress(body))["OptedOutNumbers"]), 100)

    def test_bad_json(self):
        _, _, body = self.faulty("bad-json").answer()
        with self.assertRaises(json.JSONDecodeError):
            json.loads(body)

    def test_html(self):
        status, headers, body = self.faulty("html").answer()
        self.assertEqual((status, headers["content-type"]), (200, "text/html; charset=utf-8"))
        self.assertIn(b"<html>", body)

    def test_redirect(self):
        status, headers, _ = self.faulty("redirect").answer()
        self.assertEqual(status, 302)
        self.assertTrue(headers["location"].endswith(".invalid/"))

    def test_status(self):
        status, _, body = self.faulty("status:503").answer()
        self.assertEqual((status, body), (503, b""))

    def test_clock_skew(self):
        status, headers, error = self.faulty("clock-skew:-86400").json()
        self.assertEqual(status, 400)
        self.assertTrue(error["message"].startswith("Signature not yet current"))
        # What a client needs to correct its clock is in the same answer.
        told = time.strptime(headers["date"], "%a, %d %b %Y %H:%M:%S GMT")
        self.assertAlmostEqual(time.time() - 86400, time.mktime(told) - time.timezone, delta=60)


class Program(unittest.TestCase):
    def run_program(self, *arguments):
        return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=30, stdin=subprocess.DEVNULL)

    def test_logs_requests_without_secrets(self):
        with tempfile.TemporaryDirectory() as folder:
            log = pathlib.Path(folder, "requests")
            with Endpoint("--requests-log", log) as endpoint:
                for reader in (exchange(endpoint), exchange(endpoint, LISTS, b"{}", keys=(READER[0], "wrong"))):
                    reader.answer()
                    reader.connection.close()
            text = log.read_text()
        first, second = map(json.loads, text.splitlines())
        self.assertEqual(
            (first["call"], first["method"], first["path"], first["target"], first["body"], first["status"]),
            (1, "POST", "/", "PinpointSMSVoiceV2." + NUMBERS, json.loads(BODY), 200),
        )
        self.assertRegex(first["scope"], "^[0-9]{8}/us-east-1/sms-voice/aws4_request$")
        self.assertEqual(first["signedHeaders"], ["content-type", "host", "x-amz-date", "x-amz-target"])
        self.assertEqual((second["target"], second["status"]), ("PinpointSMSVoiceV2." + LISTS, 400))
        for secret in (READER[0], READER[1], "Signature=", "Credential="):
            self.assertNotIn(secret, text)

    def test_ends_on_signals(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            endpoint = Endpoint()
            endpoint.process.send_signal(number)
            self.assertEqual(endpoint.process.wait(timeout=10), 0)
            endpoint.close()

    def test_prints_what_to_paste(self):
        process = subprocess.Popen([PROGRAM, "--print-env", "--until-stdin-closes"], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, text=True)
        out, _ = process.communicate(timeout=30)
        lines = out.splitlines()
        self.assertIn("export AWS_ACCESS_KEY_ID=" + READER[0], lines)
        self.assertIn("export AWS_SECRET_ACCESS_KEY=" + READER[1], lines)
        self.assertIn("export AWS_ENDPOINT_URL=" + lines[0], lines)
        self.assertTrue(lines[-1].startswith("aws pinpoint-sms-voice-v2 describe-opted-out-numbers --opt-out-list-name Default"))
        self.assertTrue(lines[-1].endswith("--endpoint-url " + lines[0]))

    def test_tells_wrong_usage(self):
        for arguments in (["--rows", "many"], ["--port", "65536"], ["--fault", "explode"], ["--quota", "-1"],
                          ["--quota-change", "4"], ["--quota-change", "-1@3"], ["--quota-change", "4@0"],
                          ["--burst", "0"], ["--rows", "100000001"], ["here"], ["--latency", "-5"], ["--no-such"]):
            with self.subTest(arguments):
                done = self.run_program(*arguments)
                self.assertEqual((done.returncode, done.stdout), (2, ""))
                self.assertTrue(done.stderr.startswith("optout-demo-endpoint: "))

    def test_fails_when_it_cannot_serve(self):
        with Endpoint() as endpoint:
            done = self.run_program("--port", str(endpoint.port))
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn("cannot listen", done.stderr)
        self.assertEqual(self.run_program("--requests-log", os.devnull + "/x").returncode, 1)
        self.assertEqual(self.run_program("--dump", "Nowhere").returncode, 1)

    def test_explains_itself(self):
        self.assertRegex(self.run_program("--version").stdout, r"^optout-demo-endpoint [0-9.]+\n$")
        for word in ("--rows", "--fault", "clock-skew:SECONDS", "--requests-log"):
            self.assertIn(word, self.run_program("--help").stdout)

    def test_dumps_the_same_rows_for_a_seed(self):
        self.assertEqual(dump("Default", "--seed", "3"), dump("Default", "--seed", "3"))
        self.assertNotEqual(dump("Default", "--seed", "3"), dump("Default", "--seed", "4"))
        self.assertEqual(dump("Pilot-2026"), [])


if __name__ == "__main__":
    unittest.main()
