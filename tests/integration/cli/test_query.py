# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""`export` with --sort, --number, --from and --until writes the rows that a plain reckoning of them gives."""

import collections
import datetime
import fnmatch
import os
import random
import re
import signal
import subprocess
import time
import unittest

from lab import BROWSER, Case, Endpoint, rows_of_csv, SECONDS
from rowserver import RowServer

START_OF_1 = -62_135_596_800_000  # the first year that Python knows
END_OF_9999 = 253_402_300_799_999
FIELDS = ("number", "time", "who")
SORTS = [field + direction for field in FIELDS for direction in ("", ":desc")]


def odd_rows():
    """Whatever the service may send, in no order; many compare equal."""
    chance = random.Random(7)
    numbers = ["9999999999999999999", "+9999999999999999999", "+1234567890123456789", "1000000000000000000",
               "14165550123", "447700900123", "+1", "10", "+10", "100",
               "ACME", "acme-alerts", "+1416555CALL", "0123", "+0123456789", "007", "+0049301234567", "0", "00",
               "10000000000000000000", "+10000000000000000001", "18446744073709551615", "+18446744073709551616",
               "99999999999999999999", '1,"2"', "=1+1", "+", " ", "  ", "+ 1"]
    numbers += [f"+1416555{n:04}" for n in range(150)] + [f"3319900{n:04}" for n in range(50)]
    times = [None, START_OF_1, -86_400_001, -86_400_000, -1_000, -1, 0, 1, 86_399_999, 86_400_000, END_OF_9999,
             END_OF_9999 - 86_400_000, 1_700_000_000_000]
    times += [1_600_000_000_000 + 1_000 * n for n in range(12)]
    rows = [(number, chance.choice(times), chance.random() < 0.5) for number in numbers]
    chance.shuffle(rows)
    return rows


def as_written(row):
    number, milliseconds, by_end_user = row
    when = ""
    if milliseconds is not None:
        moment = datetime.datetime(1970, 1, 1) + datetime.timedelta(milliseconds=milliseconds)
        when = f"{moment:%Y-%m-%dT%H:%M:%S}.{milliseconds % 1000:03}Z"
        when = when.rjust(24, "0")  # Python leaves the zeros of early years out
    return number, when, "true" if by_end_user else "false"


def bare(number):
    return number.removeprefix("+")


def matches(pattern, number):
    text = bare(number).lower()
    if re.search("[A-Za-z]", pattern):
        return pattern.lower() in text
    if "*" in pattern or "?" in pattern:
        return fnmatch.fnmatchcase(text, bare(pattern))
    return text.startswith(pattern[1:]) if pattern.startswith("+") else pattern in text


def sort_key(field, row):
    number, milliseconds, by_end_user = row
    if field == "time":
        return float("-inf") if milliseconds is None else milliseconds
    if field == "who":
        return by_end_user
    is_text = not re.fullmatch("[1-9][0-9]{0,18}", bare(number))  # stands behind the numbers
    return is_text, bare(number).encode()


def in_order(rows, sort):
    field, _, direction = sort.partition(":")
    # Rows that compare equal stay in the order read either way, as reverse= has it.
    return sorted(rows, key=lambda row: sort_key(field, row), reverse=direction == "desc")


class OddRows(Case):
    def setUp(self):
        super().setUp()
        self.rows = odd_rows()
        self.endpoint = self.enterContext(Endpoint(rows=0))
        self.server = self.enterContext(RowServer(self.rows))

    def enterContext(self, context):  # unittest has it from Python 3.11 on
        self.addCleanup(context.__exit__, None, None, None)
        return context.__enter__()

    def export(self, *options, output="-", order=("--in-order",)):
        done = self.endpoint.browse("export", "--list", "Odd", "--endpoint-url", self.server.url, *order,
                                    "--page-size", "7", "--output", str(output), *options)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done

    def check(self, wanted, *options):
        with self.subTest(options):
            done = self.export(*options, "--quiet")
            self.assertEqual(done.stderr, "")
            self.assertEqual(rows_of_csv(done.stdout), [as_written(row) for row in wanted])

    def test_as_read(self):
        self.check(self.rows)
        self.export(output=self.target)
        self.assertEqual(rows_of_csv(self.target.read_bytes().decode()), [as_written(row) for row in self.rows])

    def test_who(self):
        for value in ("true", "false"):
            wanted = [row for row in self.rows if row[2] == (value == "true")]
            self.check(wanted, "--end-user-opted-out", value)
            self.check(in_order(wanted, "number"), "--end-user-opted-out", value, "--sort", "number")
            self.check([row for row in wanted if matches("0", row[0])], "--end-user-opted-out", value, "--number", "0")

    def test_read_in_halves(self):
        # The halves come mixed; each number comes once, as it was given.
        with RowServer(self.rows, seconds=0.02) as self.server:
            for options in ((), ("--sort", "number")):
                done = self.export(*options, order=())
                wanted = [as_written(row) for row in self.rows]
                self.assertEqual(collections.Counter(rows_of_csv(done.stdout)), collections.Counter(wanted))
                self.assertEqual(self.server.filters, {None, "true", "false"})
            keys = [sort_key("number", (number, None, False)) for number, _, _ in rows_of_csv(done.stdout)]
            self.assertEqual(keys, sorted(keys))

    def test_every_sort(self):
        for sort in SORTS:
            self.check(in_order(self.rows, sort), "--sort", sort)

    def test_every_pattern(self):
        for pattern in ("+1416", "1416", "+99", "9999999999999999999", "1?", "*0123", "+1416*1", "CALL", "acme",
                        "0123", "+0", "007", "?", "+1000000000000000000", "10000000000000000000",
                        "+18446744073709551616", "?" * 19, "?" * 20):
            wanted = [row for row in self.rows if matches(pattern, row[0])]
            self.assertTrue(0 < len(wanted) < len(self.rows), pattern)
            self.check(wanted, "--number", pattern)
            self.check(in_order(wanted, "number:desc"), "--number", pattern, "--sort", "number:desc")

    def test_dates(self):
        day = 86_400_000
        for since, until, first, end in (
            ("0001-01-01", "0001-01-01 00:00", START_OF_1, START_OF_1 + 60_000),
            (None, "1969-12-30", None, -day),
            ("1969-12-31", "1969-12-31", -day, 0),
            ("1969-12-31 23:59:59", None, -1_000, None),
            ("1970-01-01", "1970-01-01", 0, day),
            ("1970-01-02", None, day, None),
            (None, "1970-01-01 00:00:00", None, 1_000),
            ("1970-01-01T23:59", "1970-01-01 23:59", day - 60_000, day),
            ("9999-12-31", None, END_OF_9999 + 1 - day, None),
            ("9999-12-31 23:59:59", "9999-12-31", END_OF_9999 - 999, None),
            (None, "9999-12-30", None, END_OF_9999 + 1 - day),
            ("2020-09-13 12:26:45Z", "2020-09-13T12:26:48.000Z", 1_600_000_005_000, 1_600_000_009_000),
        ):
            wanted = [row for row in self.rows if row[1] is not None
                      and (first is None or row[1] >= first) and (end is None or row[1] < end)]
            self.assertTrue(0 < len(wanted) < len(self.rows), (since, until))
            bounds = (("--from", since) if since else ()) + (("--until", until) if until else ())
            self.check(wanted, *bounds)
            self.check(in_order(wanted, "time"), *bounds, "--sort", "time")

    def test_all_at_once(self):
        wanted = [row for row in self.rows
                  if matches("+1416", row[0]) and row[1] is not None and 1_600_000_000_000 <= row[1]]
        self.assertGreater(len(wanted), 10)
        options = ("--number", "+1416", "--from", "2020-09-13", "--sort", "who:desc")
        self.check(in_order(wanted, "who:desc"), *options)
        self.export(*options, output=self.target)
        self.assertEqual(rows_of_csv(self.target.read_bytes().decode()),
                         [as_written(row) for row in in_order(wanted, "who:desc")])

    def test_nothing_passes(self):
        self.check([], "--number", "+000")
        self.check([], "--number", "+000", "--sort", "time")

    def test_letters_are_told_of(self):
        self.assertRegex(self.export("--number", "acme").stderr, r"\Aoptout-browser: --number: Letters are looked for")


class DemoRows(Case):
    def test_read_that_begins_again(self):
        with Endpoint("--fault", "invalid-token@7") as endpoint:
            whole = rows_of_csv(endpoint.browse("export", "--list", "Default", "--in-order").stdout)
        wanted = sorted(whole, key=lambda row: bare(row[0]).encode())
        for output in ("-", self.target):
            with self.subTest(output), Endpoint("--fault", "invalid-token@7") as endpoint:
                done = endpoint.browse("export", "--list", "Default", "--sort", "number", "--output", str(output))
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertIn("the list is read from its start again", done.stderr)
                text = done.stdout if output == "-" else self.target.read_bytes().decode()
                self.assertEqual(rows_of_csv(text), wanted)

    def test_failure_writes_nothing(self):
        self.target.write_text("the list of yesterday")
        with Endpoint("--fault", "denied@5") as endpoint:
            done = endpoint.browse("export", "--list", "Default", "--sort", "time")
            self.failed(done, 1, "AccessDeniedException")
            self.assertEqual(done.stdout, "")
            self.assertNotIn("incomplete", done.stderr)
        with Endpoint("--fault", "denied@5") as endpoint:
            done = endpoint.browse("export", "--list", "Default", "--sort", "time", "--output", str(self.target))
            self.failed(done, 1, "AccessDeniedException")
        self.assertEqual(self.target.read_text(), "the list of yesterday")

    def test_ctrl_c_writes_nothing(self):
        with Endpoint("--latency", "20", rows=100_000) as endpoint:
            process = subprocess.Popen([BROWSER, "export", "--list", "Default", "--sort", "time"],
                                       env=endpoint.environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                       stderr=subprocess.PIPE,
                                       preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
            deadline = time.monotonic() + SECONDS
            while not endpoint.log.exists() or len(endpoint.requests()) < 20:
                self.assertLess(time.monotonic(), deadline)
                time.sleep(0.01)
            process.send_signal(signal.SIGINT)
            output, error = process.communicate(timeout=SECONDS)
        self.assertEqual((process.returncode, output, error), (130, b"", b"optout-browser: stopped\n"))

    def test_ctrl_c_while_it_is_written(self):
        reader, writer = os.pipe()
        with Endpoint(rows=20_000) as endpoint:
            process = subprocess.Popen([BROWSER, "export", "--list", "Default", "--sort", "number"],
                                       env=endpoint.environment(), stdin=subprocess.DEVNULL, stdout=writer,
                                       stderr=subprocess.PIPE,
                                       preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
            os.close(writer)
            self.assertTrue(os.read(reader, 100))  # it writes, and cannot go on: a pipe holds 64 KB
            process.send_signal(signal.SIGINT)
            with os.fdopen(reader, "rb") as file:
                written = file.read()
            self.assertIn(b"incomplete", process.communicate(timeout=SECONDS)[1])
        self.assertEqual(process.returncode, 130)
        self.assertLess(written.count(b"\n"), 20_000)


class WrongUsage(Case):
    def test_words_of_the_filter_bar(self):
        with Endpoint(rows=0) as endpoint:
            for options, words in {
                ("--number", "+1,2"): "--number: Numbers are looked for by digits, a leading +, * and ?;",
                ("--number", "1" * 65): "--number: Numbers are looked for by up to 64 characters;",
                ("--number", " "): '--number: Nothing is looked for by " "; leave it out to write all numbers;',
                ("--number", "+"): '--number: Nothing is looked for by "+"; leave it out to write all numbers;',
                ("--from", "1.3.2024"): "--from: Dates: YYYY-MM-DD, or with a time: 2024-03-01 10:02;",
                ("--until", "2024-02-30"): "--until: Dates: YYYY-MM-DD",
                ("--until", ""): "--until: Dates: YYYY-MM-DD",
                ("--from", "2024-03-02", "--until", "2024-03-01"): '"From" is after "until": no number can pass;',
                ("--sort", "country"): "--sort takes number, time or who, and :desc behind it",
                ("--sort", "time:asc"): "--sort takes number",
            }.items():
                with self.subTest(options):
                    self.failed(endpoint.browse("export", "--list", "Default", *options), 2, words)
            self.assertFalse(endpoint.log.exists() and endpoint.requests())


if __name__ == "__main__":
    unittest.main()
