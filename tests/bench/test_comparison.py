#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""The bench's own judgement, and small runs of it: OPTOUT_BROWSER, OPTOUT_DEMO_ENDPOINT and OPTOUT_BENCH_BARE name the
programs."""

import csv
import io
import json
import os
import subprocess
import sys
import tempfile
import unittest

from comparison import rows, runs, summary, tables
from comparison.cases import Case, all_cases
from comparison.clients import Client

FOLDER = os.path.dirname(os.path.abspath(__file__))
HEAD = "OptedOutNumber,OptedOutTimestamp,EndUserOptedOut\n"
ROWS = [("+14165550100", 1672876384858, True), ("447700900123", 1672876384859, False)]


def run(client, seconds, complete=True, outcome="complete", throttled=0):
    return runs.Run("c", client, seconds, 0.1, 10, 10 + throttled, throttled, 0, 1000, complete, outcome, "")


class Judgement(unittest.TestCase):
    def test_limits(self):
        self.assertEqual(Case("c", "", 300, quota=1).limit(), 299)
        self.assertEqual(Case("c", "", 300, quota=10, burst=10).limit(), 29)
        self.assertEqual(Case("c", "", 300, latency=50).limit(), 15)
        self.assertIsNone(Case("c", "", 300).limit())
        self.assertIsNone(Case("c", "", 5, quota=10, burst=10).limit())
        self.assertEqual(Case("c", "", 300, quota=8).endpoint_options(),
                         ["--rows", "30000", "--quota", "8", "--burst", "1"])

    def test_rows_of_all_forms_are_the_same(self):
        as_program = HEAD + "447700900123,2023-01-04T23:53:04.859Z,false\n+14165550100,2023-01-04T23:53:04.858Z,true\n"
        as_boto3 = as_program.replace("04.859Z", "04.858999+00:00").replace("04.858Z", "04.858000+00:00")
        items = [{"OptedOutNumber": "447700900123", "OptedOutTimestamp": "2023-01-04T23:53:04.859000+00:00",
                  "EndUserOptedOut": False},
                 {"OptedOutNumber": "+14165550100", "OptedOutTimestamp": "2023-01-04T23:53:04.858000+00:00",
                  "EndUserOptedOut": True}]
        self.assertEqual(rows.from_csv(io.StringIO(as_program)), ROWS)
        self.assertEqual(rows.from_csv(io.StringIO(as_boto3)), ROWS)
        self.assertEqual(rows.from_json(io.StringIO(json.dumps({"OptedOutNumbers": items}))), ROWS)
        self.assertEqual(rows.from_json(io.StringIO("")), [])

    def test_outcomes(self):
        def judged(status, got, timed_out=False):
            return runs.outcome(status, timed_out, 7, got, ROWS, 3)

        self.assertEqual(judged(0, ROWS), (True, "complete"))
        self.assertEqual(judged(0, ROWS[:1]), (False, "WRONG: says it is done, with 1 rows of 2"))
        self.assertEqual(judged(0, [ROWS[0], (ROWS[1][0], ROWS[1][1], True)])[0], False)
        self.assertEqual(judged(0, [*ROWS, ROWS[0]])[0], False)
        self.assertEqual(judged(255, []), (False, "gave up after 3 pages, nothing kept"))
        self.assertEqual(judged(-9, ROWS[:1], True), (False, "ended after 7 s, 3 pages got, 1 rows kept"))

    def test_throttled_after_the_first_pages(self):
        self.assertEqual(runs.throttled_later([400, 200] * 20), 0)
        self.assertEqual(runs.throttled_later([400, 200] * 20 + [400, 200, 400]), 2)

    def test_summaries(self):
        clients = [Client("program", "Program", "program", ()), Client("other", "Other", "cli", ()),
                   Client("failing", "Failing", "cli", ())]
        taken = [run("program", s) for s in (30, 32, 40)] + [run("other", 65), run("other", 5, False, "gave up", 9)]
        taken += [run("failing", 3, False, "gave up", 15)]
        case = Case("c", "A case", 61, quota=2)
        program, other, failing = summary.summarise(case, clients, taken, {"program": 2, "other": 5, "failing": 1})
        self.assertEqual((program.seconds, program.fastest, program.slowest, program.ratio), (32, 30, 40, 1.0))
        self.assertEqual((other.seconds, other.ratio, other.complete, other.to_program), (65, 2.0, False, None))
        self.assertEqual(other.outcome, "1 of 2 complete; gave up")
        self.assertEqual((failing.ratio, failing.throttled, failing.outcome), (None, 15, "gave up"))
        text = tables.markdown("T", {"Fact": "a|b"}, "", [tables.client_section(case, [program, failing], "c.svg")])
        self.assertIn("| Fact | a\\|b |", text)
        self.assertIn("| Program | 32.00 (30.00–40.00) | 2.00 | 30.00 | 1.000 |", text)
        self.assertIn("(61 pages − burst 1) ÷ 2/s = 30.0 s", text)


class SmallRun(unittest.TestCase):
    def compared(self, clients, *cases):
        """The results by case and client, and the report."""
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(
                [sys.executable, "-B", os.path.join(FOLDER, "compare.py"), "--quick", "--pages", "4",
                 "--program", os.environ["OPTOUT_BROWSER"], "--endpoint", os.environ["OPTOUT_DEMO_ENDPOINT"],
                 "--bare", os.environ["OPTOUT_BENCH_BARE"], "--clients", clients, "--output", folder, *cases],
                capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=100)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            with open(os.path.join(folder, "results.csv"), encoding="utf-8", newline="") as file:
                told = {(row["case"], row["client"]): row for row in csv.DictReader(file)}
            with open(os.path.join(folder, "results.md"), encoding="utf-8") as file:
                return told, file.read()

    def test_bare_client_only_where_there_is_no_quota(self):
        told, _ = self.compared("program,bare", "unthrottled", "quota8")
        self.assertEqual(sorted(told), [("quota8", "program"), ("unthrottled", "bare"), ("unthrottled", "program")])
        bare = told["unthrottled", "bare"]
        self.assertEqual((bare["outcome"], bare["rows"], bare["calls"]), ("complete", "400", "4"))

    def test_program_and_boto3(self):
        # boto3's default: its standard mode gives up after three attempts, which happens once in some hundred pages.
        told, report = self.compared("program,boto3", "unthrottled", "quota8")
        self.assertIn("| boto3, default (legacy) |", report)
        self.assertEqual(sorted(told), [(case, client) for case in ("quota8", "unthrottled")
                                        for client in ("boto3", "program")])
        for row in told.values():
            self.assertEqual((row["outcome"], row["rows"]), ("complete", "400"), row)
            self.assertEqual(int(row["calls"]) - int(row["throttled"]), 4, row)

    def test_all_cases_are_offered(self):
        done = subprocess.run([sys.executable, "-B", os.path.join(FOLDER, "compare.py"), "--help"], capture_output=True,
                              text=True, check=True)
        for name in all_cases():
            self.assertIn(name, done.stdout)


if __name__ == "__main__":
    unittest.main()
