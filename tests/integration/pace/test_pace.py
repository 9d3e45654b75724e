#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""The pace over real sockets: what calls that a quota refuses teach, and two processes that keep to one quota together.

Times are not judged here, nor how often one is refused who knows the rate, as the machine may be busy: a call that
is sent late makes the next one too soon. tst_sharedpace judges that, in simulated time; optout-bench-pace without
arguments measures it.
"""

import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import unittest

PACE = os.environ["OPTOUT_BENCH_PACE"]
DEMO_ENDPOINT = os.environ["OPTOUT_DEMO_ENDPOINT"]
SECONDS = 60


class Endpoint:
    def __init__(self, *options):
        self.options = options

    def __enter__(self):
        self.process = subprocess.Popen([DEMO_ENDPOINT, "--until-stdin-closes", "--rows", "1000", *self.options],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip()
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(SECONDS)
        self.process.stdout.close()

    def reader(self, pages, folder=None, *options):
        share = ["--share", str(folder)] if folder else []
        return subprocess.Popen([PACE, "--url", self.url, "--pages", str(pages), *share, *options],
                                stdout=subprocess.PIPE, text=True)


def result(process):
    out, _ = process.communicate(timeout=SECONDS)
    return json.loads(out)


class Pace(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name, "pace")

    def test_a_quota_refuses_few(self):
        with Endpoint("--quota", "20", "--burst", "5") as endpoint:
            done = result(endpoint.reader(100))
        self.assertEqual((done["pages"], done["failed"], done["shared"]), (100, 0, False))
        self.assertGreater(done["throttled"], 0)  # that is how it learns
        self.assertLess(done["throttled"], 50)

    def test_without_a_quota_nothing_is_refused(self):
        with Endpoint() as endpoint:
            done = result(endpoint.reader(300, self.folder))
        self.assertEqual((done["pages"], done["throttled"], done["failed"]), (300, 0, 0))

    def test_what_is_learned_is_left_for_the_next(self):
        with Endpoint("--quota", "8") as endpoint:
            first = result(endpoint.reader(25, self.folder))
            second = result(endpoint.reader(5, self.folder))
        self.assertTrue(first["shared"] and second["shared"])
        self.assertIsNone(first["rateFound"])
        self.assertGreaterEqual(first["throttled"], 3)
        self.assertIsNotNone(first["rateLeft"])
        self.assertEqual(second["rateFound"], first["rateLeft"])

    def test_two_at_once_have_one_pace(self):
        with Endpoint("--quota", "8") as endpoint:
            result(endpoint.reader(25, self.folder))
            both = [endpoint.reader(20, self.folder) for _ in range(2)]
            done = [result(process) for process in both]
            last = result(endpoint.reader(1, self.folder))
        self.assertTrue(all(one["shared"] and one["pages"] == 20 for one in done))
        self.assertNotIn(None, [one["rateFound"] for one in done])
        self.assertIsNotNone(last["rateFound"])

    def test_one_that_is_killed_holds_up_nobody(self):
        with Endpoint("--quota", "20") as endpoint:
            for _ in range(5):
                victim = endpoint.reader(10_000, self.folder)
                while not list(self.folder.glob("pace-*")) and victim.poll() is None:
                    pass
                result(endpoint.reader(5, self.folder))
                victim.send_signal(signal.SIGKILL)
                victim.communicate()
            self.assertEqual(result(endpoint.reader(20, self.folder))["pages"], 20)

    @unittest.skipUnless(sys.platform == "linux", "shared on Linux only")
    def test_the_file_is_private_and_tells_nothing(self):
        with Endpoint("--quota", "20") as endpoint:
            result(endpoint.reader(5, self.folder))
            files = list(self.folder.iterdir())
            self.assertEqual(len(files), 1)
            self.assertEqual((self.folder.stat().st_mode & 0o777, files[0].stat().st_mode & 0o777), (0o700, 0o600))
            self.assertRegex(files[0].name, r"^pace-[0-9a-f]{32}$")
            self.assertNotIn(b"127.0.0.1", files[0].read_bytes())
            self.assertLess(files[0].stat().st_size, 1000)
            for spoiled in (b"", b"\xff" * 5000, files[0].read_bytes()[:-1] + b"?"):
                files[0].write_bytes(spoiled)
                self.assertEqual(result(endpoint.reader(3, self.folder))["pages"], 3)
            self.folder.chmod(0o755)  # others could look in: not used
            self.assertFalse(result(endpoint.reader(3, self.folder))["shared"])


if __name__ == "__main__":
    unittest.main()
