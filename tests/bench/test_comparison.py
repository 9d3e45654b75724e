#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""The bench's own judgement, and small runs of it: OPTOUT_BROWSER, OPTOUT_DEMO_ENDPOINT, OPTOUT_BENCH_BARE,
OPTOUT_BENCH_STORE and OPTOUT_BENCH_WINDOW name the programs."""

import csv
import io
import json
import os
import subprocess
import sys
import tempfile
import unittest

from comparison import bounds, figures, rows, runs, store, summary, tables
from comparison.cases import Case, all_cases
from comparison.clients import Client
from comparison.figures import Figure

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


def figure(part, what, value, count=10_000_000, unit="ms", compared_with="", other=None):
    return Figure(part, count, 5, what, value, unit, compared_with=compared_with, other=other)


def reached(found, summaries=()):
    """(must be, measured, met) by what."""
    section = bounds.section(found, summaries)
    return {row[0]: row[1:] for row in section.rows} if section else {}


class Bounds(unittest.TestCase):
    def test_at_most(self):
        def turn(value, count=10_000_000):
            found = [figure("append", "append under a sorted, filtered view: worst turn", value, count)]
            (row,) = reached(found).values()
            return row

        self.assertEqual(turn(16), ("at most 16 ms", "16 ms", "yes"))
        self.assertEqual(turn(16.1), ("at most 16 ms", "16.1 ms", "NO"))
        self.assertEqual(turn(3, 1000), ("at most 16 ms", "3 ms", "not judged: 1,000 rows"))

    def test_the_worst_of_several(self):
        times = {"5550": 200, "+1416": 260, "the last row": 90}
        found = [figure("find", f"find {text}: count", value) for text, value in times.items()]
        self.assertEqual(reached(found)["find: count, 10,000,000 rows"],
                         ("at most 250 ms", "260 ms (find +1416: count)", "NO"))
        # One of them is missing: nobody knows whether it would have been the worst.
        self.assertEqual(reached(found[:1])["find: count, 10,000,000 rows"], ("at most 250 ms", "200 ms", "NO"))

    def test_ratios(self):
        def sort(value, against="std::sort of the bare keys"):
            return list(reached([figure("store", "sort by time", value, compared_with=against, other=600)]).values())

        self.assertEqual(sort(900), [("at most 1.5 ×", "1.5 × (900 ms to 600 ms)", "yes")])
        self.assertEqual(sort(906), [("at most 1.5 ×", "1.51 × (906 ms to 600 ms)", "NO")])
        self.assertEqual(sort(900, "something else"), [])

    def test_speeds_to_be_beaten(self):
        def proxy(sorted_value):
            found = [figure("proxy", what, value, 1_000_000, compared_with="QSortFilterProxyModel anew", other=1000)
                     for what, value in (("filter by who, in the model", 2),
                                         ("filter by who, sorted, in the model", sorted_value))]
            (row,) = reached(found).values()
            return row

        self.assertEqual(proxy(20), ("at least 50 × its speed", "50 × its speed (20 ms to 1,000 ms)", "yes"))
        self.assertEqual(proxy(25), ("at least 50 × its speed", "40 × its speed (25 ms to 1,000 ms)", "NO"))

    def test_start_has_no_rows(self):
        found = [figure("start", "start to first row", 150, 0, compared_with="a bare window with a table", other=100)]
        self.assertEqual(list(reached(found).values()), [("at most 1.5 ×", "1.5 × (150 ms to 100 ms)", "yes")])

    def test_growth(self):
        def grown(part, what, *values):
            found = [figure(part, what, value, 10 ** (4 + i)) for i, value in enumerate(values)]
            return reached(found)

        title = "cost as rows grow: linear or better"
        self.assertEqual(grown("store", "sort by number", 1, 10, 100, 1000)[title],
                         ("rows to the power of 1.0", "1.00 (sort by number)", "yes"))
        self.assertEqual(grown("store", "sort by number", 1, 12, 150, 2000)[title][2], "NO")
        self.assertEqual(grown("store", "sort by number", 1, 20)[title][2], "not judged: 100,000 rows")
        title = "paint, scroll and key press: flat"
        self.assertEqual(grown("events", "paint", 2, 2.1, 2, 2.1)[title][2], "yes")
        self.assertEqual(grown("events", "paint", 2, 2.5, 3.1, 4)[title],
                         ("rows to the power of 0.0", "0.10 (paint)", "NO"))
        self.assertEqual(grown("events", "paint", 2), {})  # one size tells nothing of growth

    def test_reading_beside_clients(self):
        clients = [Client("program", "Program", "program", ()), Client("bare", "Bare", "bare", ()),
                   Client("boto3", "boto3", "boto3", ()), Client("boto3-standard", "boto3", "boto3", ())]
        taken = [runs.Run("million", name, seconds, 1, 10, 10, 0, 0, 1_000_000, True, "complete", "")
                 for name, seconds in (("program", 11), ("bare", 8), ("boto3", 71), ("boto3-standard", 51))]
        case = Case("million", "", 10_000)
        summaries = summary.summarise(case, clients, taken, dict.fromkeys((client.name for client in clients), 1))
        self.assertEqual(reached([], summaries), {
            "a list read to CSV, beside the bare client, 1,000,000 rows":
                ("at least 0.7 × its speed", "0.70 × its speed", "yes"),
            "a list read to CSV, beside boto3, 1,000,000 rows":
                ("at least 5 × its speed", "5.00 × its speed", "yes"),
        })
        summaries[0].complete = False
        self.assertEqual(reached([], summaries), {})

    def test_table_of_all_figures(self):
        lines = [{"part": "csv", "rows": 100, "runs": 5, "what": "CSV as read", "value": 12, "unit": "ms",
                  "remark": "4 MB", "compared_with": "the same bytes from memory", "other": 6},
                 {"part": "csv", "rows": 2000, "runs": 5, "what": "CSV as read", "value": 1234.5, "unit": "ms",
                  "compared_with": "the same bytes from memory", "other": 1000},
                 {"part": "events", "rows": 100, "runs": 5, "what": "paint", "value": 0.1234, "unit": "ms"}]
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "figures.json")
            with open(path, "w", encoding="utf-8") as file:
                file.writelines(json.dumps(line) + "\n" for line in lines)
            found = figures.read(path)
        text = tables.table(store.section(found, ""))
        self.assertIn("| figure | compared with | 100 rows | 2,000 rows |", text)
        self.assertIn("| csv: CSV as read | the same bytes from memory | 12 ms = 2.00 × | 1,234 ms = 1.23 × |", text)
        self.assertIn("| events: paint | – | 0.123 ms | – |", text)


class StorePart(unittest.TestCase):
    def test_a_part_that_fails_says_why(self):
        with tempfile.TemporaryDirectory() as folder:
            bench = os.path.join(folder, "bench")
            with open(bench, "w", encoding="utf-8") as file:
                file.write("#!/bin/sh\necho no memory >&2\nexit 3\n")
            os.chmod(bench, 0o700)
            case = store.StoreCase(bench, "", "", (1000,), 1)
            with self.assertRaisesRegex(SystemExit, "1,000 rows: store ended with 3: no memory"):
                case.measure(lambda text: None)


class SmallRun(unittest.TestCase):
    def run_bench(self, folder, *arguments):
        done = subprocess.run(
            [sys.executable, "-B", os.path.join(FOLDER, "compare.py"), "--quick",
             "--program", os.environ["OPTOUT_BROWSER"], "--endpoint", os.environ["OPTOUT_DEMO_ENDPOINT"],
             "--output", folder, *arguments],
            capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=100)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def compared(self, clients, *cases):
        """The results by case and client, and the report."""
        with tempfile.TemporaryDirectory() as folder:
            self.run_bench(folder, "--pages", "4", "--bare", os.environ["OPTOUT_BENCH_BARE"], "--clients", clients,
                           *cases)
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
        # Where nothing holds it up, the program goes over to the two halves of the list after three pages, and reads
        # those again: of 400 rows four fifths are of one kind.
        in_halves = 3 + 4 + 1
        for (case, client), row in told.items():
            self.assertEqual((row["outcome"], row["rows"]), ("complete", "400"), row)
            self.assertEqual(int(row["calls"]) - int(row["throttled"]),
                             in_halves if (case, client) == ("unthrottled", "program") else 4, row)

    def test_many_rows(self):
        with tempfile.TemporaryDirectory() as folder:
            said = self.run_bench(folder, "--store-bench", os.environ["OPTOUT_BENCH_STORE"],
                                  "--window", os.environ["OPTOUT_BENCH_WINDOW"], "--rows", "700", "--rows", "3000",
                                  "store")
            with open(os.path.join(folder, "results.json"), encoding="utf-8") as file:
                told = json.load(file)
        # A name that changes in one place must not drop a bound unseen.
        titles = [row["what"] for row in told["reached"]]
        self.assertEqual(len(titles), len(bounds.BOUNDS) + 2, titles)
        names = {(one["part"], one["what"], one["compared_with"]) for one in told["figures"]}
        plain = {name[:2] for name in names}
        for bound in bounds.BOUNDS:
            for what in bound.whats:
                self.assertIn((bound.part, what, bound.compared_with) if bound.compared_with else (bound.part, what),
                              names | plain)
        for _, part, what in bounds.GROWING + bounds.FLAT:
            self.assertIn((part, what), plain)
        self.assertEqual({one["rows"] for one in told["figures"]}, {0, 700, 3000})
        self.assertIn("| CSV, beside Python's csv module, 10,000,000 rows | at least 15 × its speed |", said)

    def test_all_cases_are_offered(self):
        done = subprocess.run([sys.executable, "-B", os.path.join(FOLDER, "compare.py"), "--help"], capture_output=True,
                              text=True, check=True)
        for name in (store.NAME, *all_cases()):
            self.assertIn(name, done.stdout)


if __name__ == "__main__":
    unittest.main()
