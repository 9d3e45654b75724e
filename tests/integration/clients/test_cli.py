#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""The AWS CLI against the demo endpoint. Each start of it takes a second or more, so calls that can run side by side do."""

import concurrent.futures
import json
import unittest

from endpoint import DENIED, LISTS, READER, SHARED_ARN, VISITOR, Endpoint, dump

ROWS = ("--rows", "450", "--seed", "9")
NUMBERS = ("describe-opted-out-numbers", "--opt-out-list-name")
ALL_LISTS = ("describe-opt-out-lists",)
BY_END_USER = ("--filters", "Name=end-user-opted-out,Values=true")
NOT_BY_END_USER = ("--filters", "Name=end-user-opted-out,Values=false")


class Answers:
    """The answers to all calls, made once, two at a time."""

    def __init__(self):
        number = dump("Default", *ROWS)[321][0]
        absent = "+14165559999"
        calls = {
            "lists": ALL_LISTS,
            "lists by name": (*ALL_LISTS, "--opt-out-list-names", "Marketing", SHARED_ARN),
            "visitor": (*ALL_LISTS, "--max-items", "1"),
            "whole": (*NUMBERS, "Default"),
            "small pages": (*NUMBERS, "Default", "--page-size", "90", *BY_END_USER),
            "not by end user": (*NUMBERS, "Default", *NOT_BY_END_USER),
            "shared": (*NUMBERS, SHARED_ARN),
            "looked up": (*NUMBERS, "Default", "--opted-out-numbers", number, absent),
            "invalid": (*NUMBERS, "Default", "--filters", "Name=end-user-opted-out,Values=yes"),
            "not found": (*NUMBERS, "PartnerNetwork"),
            "denied": (*NUMBERS, "Default"),
            "wrong secret": ALL_LISTS,
            "unknown key": ALL_LISTS,
        }
        keys = {"denied": DENIED, "visitor": VISITOR, "wrong secret": (READER[0], "x" * 40), "unknown key": ("A" * 20, "x")}
        faults = {"throttled": "throttle", "failed": "internal", "expired": "clock-skew:3600"}
        with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool, Endpoint(*ROWS) as endpoint:
            pending = {
                name: pool.submit(endpoint.aws, *arguments, keys=keys.get(name, READER)) for name, arguments in calls.items()
            }
            pending |= {name: pool.submit(self._faulty, fault) for name, fault in faults.items()}
            self.answers = {name: future.result() for name, future in pending.items()}

    @staticmethod
    def _faulty(fault):
        with Endpoint("--fault", fault) as endpoint:
            return endpoint.aws(*ALL_LISTS)


class Cli(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.answers = Answers().answers

    def output(self, name):
        status, out, err = self.answers[name]
        self.assertEqual((status, err), (0, ""))
        return json.loads(out)

    def rows(self, name):
        return [(item["OptedOutNumber"], item["EndUserOptedOut"]) for item in self.output(name)["OptedOutNumbers"]]

    def assert_refused(self, name, *words):
        status, out, err = self.answers[name]
        self.assertEqual((status, out), (254, ""), err)  # the CLI's status for an error that the service answered
        for word in words:
            self.assertIn(word, err)

    def test_lists_the_lists(self):
        found = {item["OptOutListName"]: item["OptOutListArn"] for item in self.output("lists")["OptOutLists"]}
        self.assertEqual(found, LISTS)
        named = [item["OptOutListArn"] for item in self.output("lists by name")["OptOutLists"]]
        self.assertEqual(named, [LISTS["Marketing"], SHARED_ARN])
        self.assertEqual(len(self.output("visitor")["OptOutLists"]), 1)

    def test_reads_whole_lists(self):
        for name, asked in {"whole": "Default", "shared": SHARED_ARN}.items():
            self.assertEqual(self.rows(name), [(number, by) for number, _, by in dump(asked, *ROWS)])
        self.assertEqual(self.output("whole")["OptOutListArn"], LISTS["Default"])

    def test_tells_the_times(self):
        for item, (_, time, _) in zip(self.output("whole")["OptedOutNumbers"], dump("Default", *ROWS), strict=True):
            told = item["OptedOutTimestamp"]  # "2023-01-04T23:53:04.858000+00:00", without the fraction if there is none
            self.assertEqual(told[:19], time[:19])
            self.assertEqual(told[19:].removesuffix("+00:00") or ".000000", f"{time[19:23]}000")

    def test_filters_by_whom(self):
        rows = [(number, by) for number, _, by in dump("Default", *ROWS)]
        self.assertEqual(self.rows("small pages"), [row for row in rows if row[1]])
        self.assertEqual(self.rows("not by end user"), [row for row in rows if not row[1]])

    def test_looks_numbers_up(self):
        number, _, by = dump("Default", *ROWS)[321]
        self.assertEqual(self.rows("looked up"), [(number, by)])

    def test_meets_the_errors(self):
        self.assert_refused("throttled", "(ThrottlingException)")
        self.assert_refused("failed", "(InternalServerException)")
        self.assert_refused("denied", "(AccessDeniedException)", "sms-voice:DescribeOptedOutNumbers", "user/demo-denied")
        self.assert_refused("not found", "(ResourceNotFoundException)", "PartnerNetwork")
        self.assert_refused("invalid", "(ValidationException)", "Filters[0].Values[0] must be true or false")

    def test_meets_the_errors_of_signing(self):
        self.assert_refused("wrong secret", "(InvalidSignatureException)", "signature we calculated does not match")
        self.assert_refused("unknown key", "(UnrecognizedClientException)")
        self.assert_refused("expired", "(InvalidSignatureException)", "Signature expired")


if __name__ == "__main__":
    unittest.main()
