# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""`export --resume` goes on where an earlier run ended in whatever way, with the desktop's real keychain.

Run by with-keychain: OPTOUT_KEYCHAIN_SCENE tells whether there is one.
"""

import os
import pathlib
import random
import shutil
import signal
import subprocess
import time
import unittest

from lab import BROWSER, Case, Endpoint, rows_of_csv, SECONDS

SCENE = os.environ["OPTOUT_KEYCHAIN_SCENE"]
SESSION = {name: os.environ.get(name) for name in
           ("HOME", "DBUS_SESSION_BUS_ADDRESS", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")}
READS = pathlib.Path(os.environ["XDG_DATA_HOME"], "optout-browser", "reads")


class Resume(Case):
    def setUp(self):
        super().setUp()
        self.addCleanup(lambda: [file.unlink() for file in kept_files()])

    def export(self, endpoint, *options, to_file=True):
        output = ("--output", str(self.target)) if to_file else ()
        return endpoint.browse("export", "--list", "Default", "--resume", *output, *options, environment=SESSION)

    def begin(self, endpoint, pages, *options):
        """A run that has read so many pages, or more."""
        before = len(requests_of(endpoint))
        process = subprocess.Popen([BROWSER, "export", "--list", "Default", "--resume", "--output", str(self.target),
                                    *options], env=endpoint.environment(**SESSION), stdin=subprocess.DEVNULL,
                                   stderr=subprocess.PIPE,
                                   preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
        end = time.monotonic() + SECONDS
        while process.poll() is None and len(requests_of(endpoint)) < before + pages and time.monotonic() < end:
            time.sleep(0.002)
        return process

    def every_row_once(self, text, rows):
        ours = rows_of_csv(text)
        self.assertEqual((len(ours), len(set(ours))), (rows, rows))
        return ours


def requests_of(endpoint):
    return endpoint.log.read_text(encoding="utf-8").splitlines() if endpoint.log.exists() else []


def kept_files():
    return list(READS.glob("*.read")) if READS.exists() else []


@unittest.skipUnless(SCENE == "unlocked", "without a keychain")
class WithKeychain(Resume):
    def test_after_kills(self):
        chance = random.Random(4)
        with Endpoint("--latency", "10", rows=3000) as endpoint:
            killed = 0
            while killed < 6:
                process = self.begin(endpoint, chance.randint(3, 6))
                if process.poll() is not None:
                    break
                time.sleep(chance.uniform(0, 0.01))
                process.kill()
                process.communicate(timeout=SECONDS)
                killed += 1
            self.assertGreater(killed, 2)
            self.assertEqual(len(kept_files()), 1)
            content = kept_files()[0].read_bytes()
            before = len(requests_of(endpoint))
            done = self.export(endpoint)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertRegex(done.stderr, r"\Aoptout-browser: going on after \d{3,4} numbers[^\n]+\n\Z")
            self.assertLess(len(requests_of(endpoint)) - before, 30)
            ours = self.every_row_once(self.target.read_bytes().decode(), 3000)
            self.assertEqual(set(ours), set(rows_of_csv(endpoint.browse("export", "--list", "Default").stdout)))
        for number, _, _ in ours:
            self.assertNotIn(number.lstrip("+").encode(), content)
        self.assertEqual(kept_files(), [])

    def test_after_a_failure(self):
        with Endpoint("--fault", "denied@10") as endpoint:
            self.failed(self.export(endpoint, "--in-order"), 1, "AccessDeniedException",
                        "the same command with --resume goes on after the 900 numbers")
            self.assertFalse(self.target.exists())
            done = self.export(endpoint, "--in-order")
            self.assertIn("going on after 900 numbers", done.stderr)
            self.assertEqual(len(endpoint.requests()), 10 + 16)
        self.every_row_once(self.target.read_bytes().decode(), 2500)

    def test_after_tokens_given_twice_the_next_run_begins_anew(self):
        with Endpoint("--fault", "repeat-token@5", "--fault", "repeat-token@9") as endpoint:
            failed = self.export(endpoint, "--in-order")
            self.assertEqual(failed.returncode, 1)
            last = failed.stderr.splitlines()[-1]
            self.assertIn("RepeatedToken", last)
            self.assertNotIn("--resume", last)
            self.assertEqual(kept_files(), [])
            self.succeeded(self.export(endpoint, "--in-order"))
            self.assertEqual(len(endpoint.requests()), 9 + 25)
        self.every_row_once(self.target.read_bytes().decode(), 2500)

    def test_standard_output_gets_all_rows_again(self):
        with Endpoint("--fault", "denied@10") as endpoint:
            self.assertEqual(self.export(endpoint, to_file=False).returncode, 1)
            done = self.export(endpoint, "--quiet", to_file=False)
        self.succeeded(done)
        self.every_row_once(done.stdout, 2500)

    def test_ctrl_c_keeps_it(self):
        with Endpoint("--latency", "10") as endpoint:
            process = self.begin(endpoint, 5)
            process.send_signal(signal.SIGINT)
            said = process.communicate(timeout=SECONDS)[1].decode()
            self.assertEqual(process.returncode, 130)
            self.assertRegex(said, r"\Aoptout-browser: stopped; the same command with --resume goes on after the \d+ ")
            done = self.export(endpoint)
            self.assertIn("going on after", done.stderr)
        self.every_row_once(self.target.read_bytes().decode(), 2500)

    def test_sort_and_filters_are_of_one_run(self):
        with Endpoint("--fault", "denied@10") as endpoint:
            self.failed(self.export(endpoint, "--in-order", "--sort", "time", "--number", "+1"), 1,
                        "goes on after the 900 numbers")
            self.assertFalse(self.target.exists())
            done = self.export(endpoint, "--in-order", "--sort", "number:desc", "--from", "2023-01-01")
            self.assertIn("going on after 900 numbers", done.stderr)
            self.assertEqual(len(endpoint.requests()), 10 + 16)
            whole = rows_of_csv(endpoint.browse("export", "--list", "Default", "--in-order").stdout)
        wanted = sorted((row for row in whole if row[1] >= "2023"), key=lambda row: row[0].lstrip("+"), reverse=True)
        self.assertTrue(0 < len(wanted) < 2500)
        self.assertEqual(rows_of_csv(self.target.read_bytes().decode()), wanted)

    def test_ctrl_c_while_sorted_rows_are_written(self):
        with Endpoint(rows=20_000) as endpoint:
            reader, writer = os.pipe()
            process = subprocess.Popen([BROWSER, "export", "--list", "Default", "--resume", "--sort", "number"],
                                       env=endpoint.environment(**SESSION), stdin=subprocess.DEVNULL, stdout=writer,
                                       stderr=subprocess.PIPE,
                                       preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
            os.close(writer)
            self.assertTrue(os.read(reader, 100))
            process.send_signal(signal.SIGINT)
            with os.fdopen(reader, "rb") as file:
                file.read()
            self.assertIn(b"goes on after the 20000 numbers", process.communicate(timeout=SECONDS)[1])
            calls = len(requests_of(endpoint))
            done = self.export(endpoint, "--sort", "number")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(len(requests_of(endpoint)), calls)  # all had been read
        ours = self.every_row_once(self.target.read_bytes().decode(), 20_000)
        self.assertEqual(ours, sorted(ours, key=lambda row: row[0].lstrip("+")))

    def test_another_filter_is_another_read(self):
        with Endpoint("--fault", "denied@10") as endpoint:
            self.assertEqual(self.export(endpoint).returncode, 1)
            done = self.export(endpoint, "--end-user-opted-out", "true")
            self.succeeded(done)
            self.assertEqual({row[2] for row in rows_of_csv(self.target.read_bytes().decode())}, {"true"})
        self.assertEqual(len(kept_files()), 1)

    def test_damaged_file_is_not_believed(self):
        with Endpoint("--fault", "denied@10") as endpoint:
            self.assertEqual(self.export(endpoint).returncode, 1)
            content = bytearray(kept_files()[0].read_bytes())
            content[len(content) // 2] ^= 1
            kept_files()[0].write_bytes(content)
            done = self.export(endpoint)
        self.assertEqual(done.returncode, 0)
        self.assertIn("CheckpointDamaged", done.stderr)
        self.assertIn("reading from the start", done.stderr)
        self.every_row_once(self.target.read_bytes().decode(), 2500)

    def test_what_cannot_be_removed_is_told(self):
        with Endpoint("--latency", "20") as endpoint:
            process = self.begin(endpoint, 3)
            (kept,) = kept_files()
            kept.unlink()
            (kept / "inside").mkdir(parents=True)
            self.addCleanup(shutil.rmtree, kept)
            said = process.communicate(timeout=SECONDS)[1].decode()
        self.assertEqual(process.returncode, 0, said)
        # It was emptied: no row of it can come again.
        self.assertRegex(said, r"\Aoptout-browser: CheckpointFailed: [^\n;]+\n\Z")
        self.assertIn(f"{kept} cannot be removed: ", said)
        self.every_row_once(self.target.read_bytes().decode(), 2500)

    def test_only_one_at_a_time_keeps(self):
        with Endpoint("--latency", "50", rows=20_000) as endpoint:
            first = self.begin(endpoint, 3)
            second = subprocess.Popen([BROWSER, "export", "--list", "Default", "--resume", "--page-size", "1"],
                                      env=endpoint.environment(**SESSION), stdin=subprocess.DEVNULL,
                                      stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
            self.assertIn("CheckpointInUse", second.stderr.readline())
            for process in (first, second):
                process.kill()
                process.communicate(timeout=SECONDS)


@unittest.skipUnless(SCENE == "absent", "with a keychain")
class WithoutKeychain(Resume):
    def test_said_once_and_read_all_the_same(self):
        with Endpoint() as endpoint:
            done = self.export(endpoint)
        self.assertEqual(done.returncode, 0, done.stderr)
        ours = [line for line in done.stderr.splitlines() if line.startswith("optout-browser: ")]
        self.assertEqual(len(ours), 1, done.stderr)
        self.assertRegex(ours[0], "NoKeychain: No keychain is running.*nothing is kept for --resume")
        self.every_row_once(self.target.read_bytes().decode(), 2500)
        self.assertEqual(kept_files(), [])


if __name__ == "__main__":
    unittest.main()
