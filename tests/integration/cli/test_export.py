# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""`export` writes exactly what the AWS CLI gets, and nothing under the asked name before it is whole."""

import os
import pty
import unittest

from lab import BROWSER, Case, Endpoint, iso, rows_of_aws, rows_of_csv, SECONDS
import subprocess


class Export(Case):
    def test_same_rows_as_the_aws_cli(self):
        with Endpoint(rows=4321) as endpoint:
            self.succeeded(endpoint.browse("export", "--list", "Default", "--in-order", "--output", str(self.target)))
            ours = rows_of_csv(self.target.read_bytes().decode())
            theirs = rows_of_aws(endpoint.aws("describe-opted-out-numbers", "--opt-out-list-name", "Default"))
        self.assertEqual(len(ours), 4321)
        self.assertEqual(len(set(ours)), 4321)
        self.assertEqual(set(ours), set(theirs))
        self.assertEqual(ours, theirs, "the rows are not in the order read")
        self.assertEqual(os.listdir(self.folder), ["list.csv"])

    def test_filter_of_the_service(self):
        with Endpoint() as endpoint:
            everything = endpoint.browse("export", "--list", "Default", "--in-order")
            self.succeeded(everything)
            for value in ("true", "false"):
                done = endpoint.browse("export", "--list", "Default", "--end-user-opted-out", value)
                self.succeeded(done)
                theirs = endpoint.aws("describe-opted-out-numbers", "--opt-out-list-name", "Default",
                                      "--filters", f"Name=end-user-opted-out,Values={value}")
                self.assertEqual(rows_of_csv(done.stdout), rows_of_aws(theirs))
                self.assertEqual(rows_of_csv(done.stdout),
                                 [row for row in rows_of_csv(everything.stdout) if row[2] == value])
                self.assertGreater(len(rows_of_csv(done.stdout)), 0)

    def test_shared_list_by_its_arn(self):
        with Endpoint() as endpoint:
            arn = endpoint.browse("lists", "--owner", "SHARED").stdout.split("\t")[0]
            done = endpoint.browse("export", "--list", arn, "--in-order")
            self.succeeded(done)
            theirs = endpoint.aws("describe-opted-out-numbers", "--opt-out-list-name", arn)
            self.assertEqual(rows_of_csv(done.stdout), rows_of_aws(theirs))
            # By its name there is no such list in the own account.
            self.failed(endpoint.browse("export", "--list", arn.rpartition("/")[2]), 1, "ResourceNotFoundException")

    def test_empty_list_is_a_header(self):
        with Endpoint(rows=0) as endpoint:
            done = endpoint.browse("export", "--list", "Default")
            self.succeeded(done)
            self.assertEqual(rows_of_csv(done.stdout), [])

    def test_page_size_is_asked_for(self):
        with Endpoint(rows=50) as endpoint:
            self.succeeded(endpoint.browse("export", "--list", "Default", "--page-size", "7", "--in-order"))
            requests = endpoint.requests()
        self.assertEqual([request["body"]["MaxResults"] for request in requests], [7] * 8)

    def test_file_is_replaced_when_whole(self):
        self.target.write_text("what was there before, and longer than a header\n" * 1000)
        with Endpoint(rows=10) as endpoint:
            self.succeeded(endpoint.browse("export", "--list", "Default", "--output", str(self.target)))
        self.assertEqual(len(rows_of_csv(self.target.read_bytes().decode())), 10)
        self.assertEqual(os.listdir(self.folder), ["list.csv"])

    def test_link_stays_a_link(self):
        (self.folder / "real.csv").write_text("old")
        self.target.symlink_to("real.csv")
        with Endpoint(rows=10) as endpoint:
            self.succeeded(endpoint.browse("export", "--list", "Default", "--output", str(self.target)))
        self.assertTrue(self.target.is_symlink())
        self.assertEqual(len(rows_of_csv((self.folder / "real.csv").read_bytes().decode())), 10)

    def test_named_pipe_is_written_into(self):
        os.mkfifo(self.target)
        with Endpoint(rows=10) as endpoint:
            reader = subprocess.Popen(["cat", str(self.target)], stdout=subprocess.PIPE)
            self.succeeded(endpoint.browse("export", "--list", "Default", "--output", str(self.target)))
            text = reader.communicate(timeout=SECONDS)[0].decode()
        self.assertEqual(len(rows_of_csv(text)), 10)
        self.assertTrue(self.target.is_fifo())

    def test_transient_faults_cost_time_and_no_rows(self):
        with Endpoint("--fault", "throttle@3", "--fault", "reset@5", "--fault", "cut:100@7",
                      "--fault", "internal@9", "--fault", "empty-page@11") as endpoint:
            self.succeeded(endpoint.browse("export", "--list", "Default", "--in-order", "--output", str(self.target)))
            theirs = rows_of_aws(endpoint.aws("describe-opted-out-numbers", "--opt-out-list-name", "Default"))
        self.assertEqual(rows_of_csv(self.target.read_bytes().decode()), theirs)

    def test_read_that_begins_again_has_every_row_once(self):
        for fault in ("invalid-token@7", "repeat-token@7"):
            with self.subTest(fault), Endpoint("--fault", fault) as endpoint:
                done = endpoint.browse("export", "--list", "Default", "--output", str(self.target))
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertIn("the list is read from its start again", done.stderr)
                ours = rows_of_csv(self.target.read_bytes().decode())  # the file was emptied
                self.assertEqual((len(ours), len(set(ours))), (2500, 2500))
            with self.subTest(fault + " to a pipe"), Endpoint("--fault", fault) as endpoint:
                done = endpoint.browse("export", "--list", "Default")  # what was written cannot be taken back
                self.assertIn("the list is read from its start again", done.stderr)
                ours = rows_of_csv(done.stdout)
                self.assertEqual((len(ours), len(set(ours))), (2500, 2500))

    def test_read_that_begins_again_and_again_has_every_row_once(self):
        faults = [word for call in (8, 28, 50) for word in ("--fault", f"invalid-token@{call}")]
        with Endpoint(*faults, rows=3000) as endpoint:
            done = endpoint.browse("export", "--list", "Default", "--in-order")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stderr.count("the list is read from its start again"), 3)
        ours = rows_of_csv(done.stdout)
        self.assertEqual((len(ours), len(set(ours))), (3000, 3000))

    def test_slow_answers_are_read_in_halves(self):
        with Endpoint("--latency", "30") as endpoint:
            self.succeeded(endpoint.browse("export", "--list", "Default", "--output", str(self.target)))
            filtered = [request for request in endpoint.requests() if "Filters" in request["body"]]
        self.assertGreater(len(filtered), 10)
        ours = rows_of_csv(self.target.read_bytes().decode())
        self.assertEqual((len(ours), len(set(ours))), (2500, 2500))

    def test_rate_is_kept_to(self):
        with Endpoint("--quota", "10", "--burst", "1", rows=1000) as endpoint:
            self.succeeded(endpoint.browse("export", "--list", "Default", "--max-rate", "5"))
            self.assertEqual([request["status"] for request in endpoint.requests()], [200] * 10)

    def test_demo_needs_no_account(self):
        with Endpoint() as endpoint:
            bare = {name: None for name in endpoint.environment() if name.startswith("AWS_")}
            bare["AWS_CA_BUNDLE"] = "/nowhere.pem"  # for the real service; says nothing about the demo
            done = endpoint.browse("export", "--demo", "--demo-rows", "321", "--list", "Default", environment=bare)
            self.succeeded(done)
            self.assertEqual(len(rows_of_csv(done.stdout)), 321)
            self.assertFalse(endpoint.log.exists() and endpoint.requests(), "another endpoint was asked")


class Progress(Case):
    def stderr_on_a_terminal(self, endpoint, *options):
        ours, theirs = pty.openpty()
        with subprocess.Popen([BROWSER, "export", "--list", "Default", "--output", str(self.target), *options],
                              env=endpoint.environment(), stdin=subprocess.DEVNULL, stderr=theirs) as process:
            os.close(theirs)
            shown = b""
            try:
                while chunk := os.read(ours, 4096):
                    shown += chunk
            except OSError:  # how Linux tells that the other side is closed
                pass
            os.close(ours)
            self.assertEqual(process.wait(SECONDS), 0)
        return shown.decode()

    def test_one_line_is_rewritten(self):
        with Endpoint("--latency", "40", rows=2000) as endpoint:
            shown = self.stderr_on_a_terminal(endpoint, "--in-order")
        self.assertRegex(shown, r"\r\x1b\[K[\d,]+ numbers, \d+ calls, [\d.]+/s, 00:00:0\d")
        self.assertIn("2,000 numbers, 20 calls", shown)
        self.assertEqual(shown.count("\n"), 1, shown)

    def test_how_many_of_them_were_written_is_told(self):
        with Endpoint("--latency", "40", rows=2000) as endpoint:
            shown = self.stderr_on_a_terminal(endpoint, "--in-order", "--number", "+1", "--sort", "time")
        passed = len(rows_of_csv(self.target.read_bytes().decode()))
        self.assertTrue(0 < passed < 2000)
        self.assertRegex(shown, rf"2,000 numbers, 20 calls, \S+, \S+, {passed:,} of them written to {self.target}")
        self.assertEqual(shown.count("\n"), 1, shown)

    def test_waiting_for_the_quota_is_told(self):
        with Endpoint("--quota", "2", rows=400) as endpoint:
            shown = self.stderr_on_a_terminal(endpoint, "--max-rate", "1.5")
        self.assertRegex(shown, r"\d calls, [\d.]+/s, 00:00:\d\d, waiting for the quota, next call in 0\.\d s")

    def test_quiet(self):
        with Endpoint("--latency", "40", rows=2000) as endpoint:
            self.assertEqual(self.stderr_on_a_terminal(endpoint, "--quiet"), "")


class Times(unittest.TestCase):
    def test_times_of_the_aws_cli_are_understood(self):
        self.assertEqual(iso("2023-01-05T00:53:04.858000+01:00"), "2023-01-04T23:53:04.858Z")


if __name__ == "__main__":
    unittest.main()
