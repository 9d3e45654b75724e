#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""boto3 against the demo endpoint: it must not be able to tell it from the service."""

import contextlib
import datetime
import json
import os
import unittest
from unittest import mock

import botocore.exceptions
from endpoint import DENIED, LISTS, READER, SHARED_ARN, VISITOR, Endpoint, clean_environment, dump

os.environ.clear()
os.environ.update(clean_environment())

ROWS = ("--rows", "1234", "--seed", "5")


def as_dumped(item):
    """An item of boto3 in the form in which --dump tells it."""
    time = item["OptedOutTimestamp"].astimezone(datetime.timezone.utc)
    # boto3 makes a double of the time, and microseconds of that: half a millisecond either way is the same moment.
    time += datetime.timedelta(microseconds=500)
    return item["OptedOutNumber"], time.strftime("%Y-%m-%dT%H:%M:%S.") + f"{time.microsecond // 1000:03}Z", item["EndUserOptedOut"]


def by_whom(*values):
    return [{"Name": "end-user-opted-out", "Values": list(values)}]


class Lists(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.endpoint = Endpoint(*ROWS)
        cls.client = cls.endpoint.client()

    @classmethod
    def tearDownClass(cls):
        cls.endpoint.close()

    @contextlib.contextmanager
    def adding(self, **members):
        """Adds members that this version of the client has not heard of, before it signs."""

        def add(params, **_):
            params["body"] = json.dumps(json.loads(params["body"]) | members).encode()

        event = "before-call.pinpoint-sms-voice-v2"
        self.client.meta.events.register(event, add)
        yield
        self.client.meta.events.unregister(event, add)

    def names(self, **query):
        pages = self.client.get_paginator("describe_opt_out_lists").paginate(**query)
        return {item["OptOutListName"]: item["OptOutListArn"] for page in pages for item in page["OptOutLists"]}

    def rows(self, size=None, **query):
        pages = self.client.get_paginator("describe_opted_out_numbers").paginate(
            **query, PaginationConfig={"PageSize": size} if size else {}
        )
        return [as_dumped(item) for page in pages for item in page["OptedOutNumbers"]]

    def test_lists_all_lists(self):
        self.assertEqual(self.names(), LISTS)
        self.assertEqual(self.names(PaginationConfig={"PageSize": 1}), LISTS)

    def test_lists_by_name_and_arn(self):
        found = self.names(OptOutListNames=["Marketing", SHARED_ARN])
        self.assertEqual(found, {"Marketing": LISTS["Marketing"], "PartnerNetwork": SHARED_ARN})

    def test_lists_by_owner(self):
        own = {name: arn for name, arn in LISTS.items() if arn != SHARED_ARN}
        for owner, expected in {"SELF": own, "SHARED": {"PartnerNetwork": SHARED_ARN}}.items():
            with self.subTest(owner), self.adding(Owner=owner):
                self.assertEqual(self.names(PaginationConfig={"PageSize": 2}), expected)
        with self.adding(Owner="SELF"), self.assertRaises(self.client.exceptions.ValidationException) as raised:
            self.names(OptOutListNames=["Default"])
        self.assertEqual(raised.exception.response["Reason"], "PARAMETERS_CANNOT_BE_USED_TOGETHER")

    def test_tells_when_a_list_was_made(self):
        page = self.client.describe_opt_out_lists(OptOutListNames=["Default"])
        created = page["OptOutLists"][0]["CreatedTimestamp"].astimezone(datetime.timezone.utc)
        self.assertEqual(created.strftime("%Y-%m-%d %H:%M:%S"), "2021-01-04 09:28:43")

    def test_reads_whole_lists(self):
        for name in LISTS:
            with self.subTest(name):
                asked = SHARED_ARN if name == "PartnerNetwork" else name
                self.assertEqual(self.rows(OptOutListName=asked), dump(asked, *ROWS))

    def test_reads_a_list_in_small_pages(self):
        self.assertEqual(self.rows(OptOutListName="Default", size=17), dump("Default", *ROWS))

    def test_names_the_list_on_each_page(self):
        page = self.client.describe_opted_out_numbers(OptOutListName=SHARED_ARN, MaxResults=1)
        self.assertEqual((page["OptOutListName"], page["OptOutListArn"]), ("PartnerNetwork", SHARED_ARN))

    def test_filters_by_whom(self):
        rows = dump("Default", *ROWS)
        query = {"OptOutListName": "Default"}
        self.assertEqual(self.rows(**query, Filters=by_whom("true")), [row for row in rows if row[2]])
        self.assertEqual(self.rows(**query, Filters=by_whom("false")), [row for row in rows if not row[2]])
        self.assertEqual(self.rows(**query, Filters=by_whom("true", "false")), rows)

    def test_looks_numbers_up(self):
        rows = dump("Default", *ROWS)
        wanted = [rows[i] for i in (1, 2, 600, 1233)]
        numbers = [row[0] for row in wanted] + ["+14165559999"]
        self.assertEqual(self.rows(OptOutListName="Default", OptedOutNumbers=numbers), wanted)
        self.assertEqual(self.rows(OptOutListName="Default", OptedOutNumbers=["+14165559999"]), [])
        # The plus sign is optional in the pattern.
        self.assertEqual(self.rows(OptOutListName="Default", OptedOutNumbers=[rows[0][0].lstrip("+")]), rows[:1])

    def test_signs_with_a_session_token(self):
        page = self.endpoint.client(VISITOR).describe_opt_out_lists()
        self.assertEqual(len(page["OptOutLists"]), len(LISTS))

    def test_tells_its_request_id_and_the_time(self):
        answer = self.client.describe_opt_out_lists()["ResponseMetadata"]
        self.assertEqual(answer["HTTPStatusCode"], 200)
        self.assertRegex(answer["RequestId"], "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
        now = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)
        told = datetime.datetime.strptime(answer["HTTPHeaders"]["date"], "%a, %d %b %Y %H:%M:%S GMT")
        self.assertLess(abs((now - told).total_seconds()), 5)

    def test_pages_through_a_hundred_thousand_without_loss_or_repeat(self):
        rows = ("--rows", "100000")
        with Endpoint(*rows) as endpoint:
            seen = set()
            for page in endpoint.client().get_paginator("describe_opted_out_numbers").paginate(OptOutListName="Default"):
                for item in page["OptedOutNumbers"]:
                    seen.add(item["OptedOutNumber"])
        self.assertEqual(seen, {row[0] for row in dump("Default", *rows)})
        self.assertEqual(len(seen), 100000)


class Errors(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.endpoint = Endpoint(*ROWS)
        cls.client = cls.endpoint.client()

    @classmethod
    def tearDownClass(cls):
        cls.endpoint.close()

    def refusal(self, client=None, call="describe_opted_out_numbers", **query):
        with self.assertRaises(botocore.exceptions.ClientError) as raised:
            getattr(client or self.client, call)(**query)
        self.assertTrue(raised.exception.response["ResponseMetadata"]["RequestId"])
        return raised.exception

    def code(self, *arguments, **query):
        return self.refusal(*arguments, **query).response["Error"]["Code"]

    def test_validation(self):
        refused = self.refusal(OptOutListName="Default", MaxResults=101)
        self.assertIsInstance(refused, self.client.exceptions.ValidationException)
        response = refused.response
        self.assertEqual(response["ResponseMetadata"]["HTTPStatusCode"], 400)
        self.assertEqual(response["Reason"], "FIELD_VALIDATION_FAILED")
        self.assertEqual([field["Name"] for field in response["Fields"]], ["MaxResults"])
        self.assertTrue(response["Fields"][0]["Message"])
        self.assertIn("MaxResults", response["Error"]["Message"])

    def test_validation_reasons(self):
        for reason, query in {
            "MISSING_PARAMETER": {},
            "FIELD_VALIDATION_FAILED": {"OptOutListName": "Default", "OptedOutNumbers": ["+1"] * 6},
            "INVALID_PARAMETER": {"OptOutListName": "Default", "Filters": [{"Name": "x", "Values": ["true"]}]},
            "INVALID_FILTER_VALUES": {"OptOutListName": "Default", "Filters": by_whom("TRUE")},
            "INVALID_NEXT_TOKEN": {"OptOutListName": "Default", "NextToken": "c3RhbGU="},
            "INVALID_ARN": {"OptOutListName": "arn:aws:sms-voice:us-east-1:1:pool/x"},
        }.items():
            with self.subTest(reason):
                self.assertEqual(self.refusal(**query).response["Reason"], reason)

    def test_a_token_belongs_to_its_query(self):
        token = self.client.describe_opted_out_numbers(OptOutListName="Default")["NextToken"]
        refused = self.refusal(OptOutListName="Marketing", NextToken=token)
        self.assertEqual(refused.response["Reason"], "INVALID_NEXT_TOKEN")

    def test_not_found(self):
        refused = self.refusal(OptOutListName="PartnerNetwork")  # shared: by ARN only
        self.assertIsInstance(refused, self.client.exceptions.ResourceNotFoundException)
        self.assertEqual(refused.response["ResourceType"], "opt-out-list")
        self.assertEqual(refused.response["ResourceId"], "PartnerNetwork")

    def test_absent_numbers_can_be_an_error(self):
        with Endpoint("--absent-number-error") as endpoint:
            refused = self.refusal(endpoint.client(), OptOutListName="Default", OptedOutNumbers=["+14165559999"])
        self.assertEqual(refused.response["ResourceType"], "opted-out-number")

    def test_denied_by_a_policy(self):
        refused = self.refusal(self.endpoint.client(DENIED), OptOutListName="Default")
        self.assertEqual(refused.response["Error"]["Code"], "AccessDeniedException")
        self.assertIn("not authorized to perform: sms-voice:DescribeOptedOutNumbers", refused.response["Error"]["Message"])

    def test_ordered_errors(self):
        faults = ["throttle@1", "internal@2", "denied@3", "expired-credentials@4"]
        with Endpoint(*(word for fault in faults for word in ("--fault", fault))) as endpoint:
            client = endpoint.client()
            throttled = self.refusal(client, OptOutListName="Default")
            self.assertIsInstance(throttled, client.exceptions.ThrottlingException)
            self.assertEqual(throttled.response["ResponseMetadata"]["HTTPStatusCode"], 400)
            failed = self.refusal(client, OptOutListName="Default")
            self.assertIsInstance(failed, client.exceptions.InternalServerException)
            self.assertEqual(failed.response["ResponseMetadata"]["HTTPStatusCode"], 500)
            self.assertEqual(failed.response["RequestId"], failed.response["ResponseMetadata"]["RequestId"])
            denied = self.refusal(client, OptOutListName="Default")
            self.assertIsInstance(denied, client.exceptions.AccessDeniedException)
            self.assertEqual(denied.response["Reason"], "ACCOUNT_DISABLED")
            self.assertEqual(self.code(client, OptOutListName="Default"), "ExpiredTokenException")
            client.describe_opt_out_lists()

    def test_quota(self):
        with Endpoint("--quota", "0.001", "--burst", "2") as endpoint:
            client = endpoint.client()
            client.describe_opt_out_lists()
            client.describe_opt_out_lists()
            self.assertEqual(self.code(client, "describe_opt_out_lists"), "ThrottlingException")
            client.describe_opted_out_numbers(OptOutListName="Default")  # each action has its own

    def test_retries_when_throttled(self):
        with Endpoint("--fault", "throttle@every2", "--rows", "300") as endpoint:
            client = endpoint.client(retries={"total_max_attempts": 5, "mode": "standard"})
            pages = client.get_paginator("describe_opted_out_numbers").paginate(OptOutListName="Default")
            self.assertEqual(sum(len(page["OptedOutNumbers"]) for page in pages), 300)

    def test_wrong_keys(self):
        wrong_secret = (READER[0], "x" * 40)
        self.assertEqual(self.code(self.endpoint.client(wrong_secret), OptOutListName="Default"), "InvalidSignatureException")
        nobody = ("AKIAOPTOUTDEMONOBODY", READER[1])
        self.assertEqual(self.code(self.endpoint.client(nobody), OptOutListName="Default"), "UnrecognizedClientException")
        stale = (*VISITOR[:2], "another")
        self.assertEqual(self.code(self.endpoint.client(stale), OptOutListName="Default"), "UnrecognizedClientException")

    def test_wrong_region(self):
        refused = self.refusal(self.endpoint.client(region="eu-west-1"), OptOutListName="Default")
        self.assertEqual(refused.response["Error"]["Code"], "InvalidSignatureException")
        self.assertIn("valid region", refused.response["Error"]["Message"])

    def test_wrong_clock(self):
        for hours, words in {-1: "Signature expired", 1: "Signature not yet current"}.items():
            real = datetime.datetime.utcnow()

            class Skewed(datetime.datetime):
                @classmethod
                def utcnow(cls):
                    return real + datetime.timedelta(hours=hours)

            with self.subTest(hours=hours), mock.patch("botocore.auth.datetime.datetime", Skewed):
                refused = self.refusal(OptOutListName="Default")
            self.assertEqual(refused.response["Error"]["Code"], "InvalidSignatureException")
            self.assertIn(words, refused.response["Error"]["Message"])


if __name__ == "__main__":
    unittest.main()
