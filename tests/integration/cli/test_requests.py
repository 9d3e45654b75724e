# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""For the same call, the program and boto3 send the same: method, target, body as JSON, and scope of the signature."""

import contextlib
import unittest

import boto3
import botocore.config

from lab import Case, Endpoint


def essence(request):
    # The date of the scope may change while the test runs.
    _, scope = request["scope"].split("/", 1)
    return {"method": request["method"], "path": request["path"], "target": request["target"],
            "contentType": request["contentType"], "body": request["body"], "scope": scope, "status": request["status"]}


class SameRequests(Case):
    def client(self, endpoint):
        return contextlib.closing(boto3.client(
            "pinpoint-sms-voice-v2", region_name="us-east-1", endpoint_url=endpoint.url,
            aws_access_key_id=endpoint.keys["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=endpoint.keys["AWS_SECRET_ACCESS_KEY"],
            config=botocore.config.Config(retries={"total_max_attempts": 1})))

    def compare(self, arguments, call):
        with Endpoint("--seed", "3", rows=450) as endpoint:
            self.succeeded(endpoint.browse(*arguments))
            ours = endpoint.requests()
        with Endpoint("--seed", "3", rows=450) as endpoint:
            with self.client(endpoint) as client:
                call(client)
            theirs = endpoint.requests()
        self.assertEqual([essence(request) for request in ours], [essence(request) for request in theirs])
        for request in ours:
            # What the service needs signed, and each header of the request that is ours to choose.
            for header in ("content-type", "host", "x-amz-date", "x-amz-target"):
                self.assertIn(header, request["signedHeaders"])
        return ours

    @staticmethod
    def read_all(client, **arguments):
        token = {}
        while True:
            page = client.describe_opted_out_numbers(**arguments, **token)
            if not page.get("NextToken"):
                return
            token = {"NextToken": page["NextToken"]}

    def test_whole_list(self):
        requests = self.compare(["export", "--list", "Default", "--in-order"],
                                lambda client: self.read_all(client, OptOutListName="Default", MaxResults=100))
        self.assertEqual(len(requests), 5)
        self.assertEqual(requests[0]["body"], {"OptOutListName": "Default", "MaxResults": 100})
        self.assertTrue(requests[0]["scope"].endswith("/us-east-1/sms-voice/aws4_request"))

    def test_filtered_list(self):
        self.compare(["export", "--list", "Default", "--end-user-opted-out", "false", "--page-size", "33"],
                     lambda client: self.read_all(client, OptOutListName="Default", MaxResults=33, Filters=[
                         {"Name": "end-user-opted-out", "Values": ["false"]}]))

    def test_lookup(self):
        numbers = ["+14165550123", "447700900123", "+14165550199"]
        self.compare(["lookup", "--list", "Default", *numbers],
                     lambda client: client.describe_opted_out_numbers(OptOutListName="Default", OptedOutNumbers=numbers))

    def test_lists(self):
        # The model of this boto3 may be older than the member Owner; but for that the calls are equal.
        with Endpoint() as endpoint:
            self.succeeded(endpoint.browse("lists"))
            ours = [essence(request) for request in endpoint.requests()]
        with Endpoint() as endpoint:
            with self.client(endpoint) as client:
                client.describe_opt_out_lists(MaxResults=100)
            theirs = [essence(request) for request in endpoint.requests()]
        self.assertEqual([request["body"].pop("Owner") for request in ours], ["SELF", "SHARED"])
        self.assertEqual(ours, theirs * 2)

    def test_scope_names_the_region_asked_for(self):
        with Endpoint() as endpoint:
            endpoint.browse("lists", "--owner", "SELF", "--region", "eu-west-3")
            self.assertIn("/eu-west-3/sms-voice/aws4_request", endpoint.requests()[0]["scope"])


if __name__ == "__main__":
    unittest.main()
