# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""`lists` and `lookup` say what the AWS CLI says."""

import json
import unittest

from lab import Case, Endpoint, iso, rows_of_csv


class Lists(Case):
    def test_same_lists_as_the_aws_cli(self):
        with Endpoint() as endpoint:
            done = endpoint.browse("lists")
            self.succeeded(done)
            ours = [tuple(line.split("\t")) for line in done.stdout.splitlines()]
            theirs = endpoint.aws("describe-opt-out-lists")["OptOutLists"]
        self.assertEqual({(arn, name, created) for arn, name, _, created in ours},
                         {(item["OptOutListArn"], item["OptOutListName"], iso(item["CreatedTimestamp"]))
                          for item in theirs})
        self.assertEqual(len(ours), len(theirs))
        accounts = {owner: {arn.split(":")[4] for arn, _, who, _ in ours if who == owner} for owner in ("SELF", "SHARED")}
        self.assertEqual(len(accounts["SELF"]), 1)
        self.assertTrue(accounts["SHARED"])
        self.assertFalse(accounts["SELF"] & accounts["SHARED"])

    def test_one_owner(self):
        with Endpoint() as endpoint:
            everything = endpoint.browse("lists").stdout.splitlines()
            for owner in ("SELF", "SHARED"):
                done = endpoint.browse("lists", "--owner", owner)
                self.succeeded(done)
                self.assertEqual(done.stdout.splitlines(), [line for line in everything if f"\t{owner}\t" in line])

    def test_json_has_the_same(self):
        with Endpoint() as endpoint:
            lines = [line.split("\t") for line in endpoint.browse("lists").stdout.splitlines()]
            done = endpoint.browse("lists", "--format", "json")
            self.succeeded(done)
        self.assertEqual(json.loads(done.stdout),
                         [{"OptOutListArn": arn, "OptOutListName": name, "Owner": owner, "CreatedTimestamp": created}
                          for arn, name, owner, created in lines])

    def test_all_lists_under_the_default_quota(self):
        with Endpoint("--quota", "1", "--burst", "1") as endpoint:
            first = endpoint.browse("lists")
            self.succeeded(first)
            again = endpoint.browse("lists")  # the pace has been learnt, the quota spent
            self.succeeded(again)
        self.assertTrue(first.stdout)
        self.assertEqual(first.stdout, again.stdout)

    def test_nothing_is_printed_when_the_second_half_fails(self):
        with Endpoint("--fault", "denied@2") as endpoint:
            done = endpoint.browse("lists")
        self.failed(done, 1, "AccessDeniedException")
        self.assertEqual(done.stdout, "")


class Lookup(Case):
    ABSENT = ("+14165550999", "+447700900999")

    def rows(self, endpoint):
        return rows_of_csv(endpoint.browse("export", "--list", "Default").stdout)

    @staticmethod
    def line(row):
        return "\t".join((row[0], "opted-out", row[1], "end-user" if row[2] == "true" else "not-end-user"))

    def test_known_and_absent_in_the_order_asked(self):
        with Endpoint(rows=300) as endpoint:
            rows = self.rows(endpoint)[10:17]
            asked = [rows[0][0], self.ABSENT[0], *[row[0] for row in rows[1:]], self.ABSENT[1]]
            done = endpoint.browse("lookup", "--list", "Default", *asked)
            self.succeeded(done)
        absent = [f"{number}\tnot-opted-out\t-\t-" for number in self.ABSENT]
        self.assertEqual(done.stdout.splitlines(),
                         [self.line(rows[0]), absent[0], *[self.line(row) for row in rows[1:]], absent[1]])

    def test_absent_numbers_as_an_error_of_the_service(self):
        with Endpoint("--absent-number-error", rows=300) as endpoint:
            row = self.rows(endpoint)[5]
            done = endpoint.browse("lookup", "--list", "Default", self.ABSENT[0], row[0], self.ABSENT[1])
            self.succeeded(done)
        self.assertEqual(done.stdout.splitlines(), [f"{self.ABSENT[0]}\tnot-opted-out\t-\t-", self.line(row),
                                                    f"{self.ABSENT[1]}\tnot-opted-out\t-\t-"])

    def test_standard_input(self):
        with Endpoint(rows=300) as endpoint:
            rows = self.rows(endpoint)[:12]
            text = "\n\r\n".join(row[0] for row in rows[1:])
            done = endpoint.browse("lookup", "--list", "Default", rows[0][0], "-", text=text)
            self.succeeded(done)
            self.assertEqual(done.stdout.splitlines(), [self.line(row) for row in rows])
            nothing = endpoint.browse("lookup", "--list", "Default", "-", text="\n")
            self.succeeded(nothing)
            self.assertEqual(nothing.stdout, "")

    def test_punctuation_is_taken_out_for_asking_only(self):
        with Endpoint(rows=300) as endpoint:
            row = next(row for row in self.rows(endpoint) if row[0].startswith("+"))
            typed = f"{row[0][:4]} ({row[0][4:6]}) {row[0][6:9]}-{row[0][9:]}"
            done = endpoint.browse("lookup", "--list", "Default", typed)
            self.succeeded(done)
            self.assertEqual(endpoint.requests()[-1]["body"]["OptedOutNumbers"], [row[0]])
        self.assertEqual(done.stdout.split("\t")[:2], [typed, "opted-out"])

    def test_what_is_no_number_is_unknown(self):
        with Endpoint(rows=300) as endpoint:
            row = self.rows(endpoint)[5]
            done = endpoint.browse("lookup", "--list", "Default", row[0], "somebody", self.ABSENT[0])
        self.failed(done, 1, "number 2 of 3: InvalidInput: ")
        self.assertEqual(done.stdout.splitlines(), [self.line(row), "somebody\tunknown\t-\t-",
                                                    f"{self.ABSENT[0]}\tnot-opted-out\t-\t-"])

    def test_no_such_list_leaves_every_number_unknown(self):
        with Endpoint(rows=300) as endpoint:
            done = endpoint.browse("lookup", "--list", "Nowhere", *self.ABSENT)
        self.failed(done, 1, "ResourceNotFoundException", "optout-browser lists")
        self.assertEqual(done.stdout.splitlines(), [f"{number}\tunknown\t-\t-" for number in self.ABSENT])


if __name__ == "__main__":
    unittest.main()
