# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""Random calls: what a whole botocore client would send against what the program writes."""

import base64
import json
import random as random_module
import re

from botocore.awsrequest import AWSResponse

from model import client
from probe import SEED, Comparison, any_text, ask

CALLS = 1500
NAME = "abcXYZ019_:/-"


def text(random, alphabet, fewest, most):
    return "".join(random.choice(alphabet) for _ in range(random.randint(fewest, most)))


def maybe(random, members, name, make):
    if random.random() < 0.5:
        members[name] = make()


def make_call(random):
    members = {}
    maybe(random, members, "NextToken", lambda: any_text(random, 1, 200))
    maybe(random, members, "MaxResults", lambda: random.randint(1, 100))
    if random.random() < 0.5:
        if random.random() < 0.5:
            members["OptOutListNames"] = [text(random, NAME, 1, 64) for _ in range(random.randint(1, 5))]
        else:
            maybe(random, members, "Owner", lambda: random.choice(["SELF", "SHARED"]))
        return "DescribeOptOutLists", members
    members["OptOutListName"] = text(random, NAME, 1, 256)
    maybe(random, members, "OptedOutNumbers", lambda: [
        random.choice(["", "+"]) + text(random, "123456789", 1, 1) + text(random, "0123456789", 1, 18)
        for _ in range(random.randint(1, 5))])
    maybe(random, members, "Filters", lambda: [
        {"Name": "end-user-opted-out",
         "Values": [text(random, "aZ09/.:+_-", 1, 128) for _ in range(random.randint(1, 20))]}
        for _ in range(random.randint(1, 3))])
    return "DescribeOptedOutNumbers", members


class Recorder:
    """Takes the place of the network: keeps what would be sent and answers with an empty page."""

    def __init__(self):
        self.request = None

    def __call__(self, request, **_):
        self.request = request

        class Raw:
            def stream(self):
                return [b"{}"]

        return AWSResponse(request.url, 200, {}, Raw())


def main():
    random = random_module.Random(SEED)
    calls = [make_call(random) for _ in range(CALLS)]
    answers = ask([{"do": operation, "input": members} for operation, members in calls])

    recorder = Recorder()
    botocore_client = client(region_name="us-east-1", endpoint_url="http://127.0.0.1:9", aws_access_key_id="AKIDEXAMPLE",
                             aws_secret_access_key="secret")
    botocore_client.meta.events.register("before-send", recorder)
    methods = {"DescribeOptOutLists": botocore_client.describe_opt_out_lists,
               "DescribeOptedOutNumbers": botocore_client.describe_opted_out_numbers}

    comparison = Comparison()
    for (operation, members), ours in zip(calls, answers):
        methods[operation](**members)
        theirs = recorder.request
        headers = {name.lower(): value.decode() if isinstance(value, bytes) else value
                   for name, value in theirs.headers.items()}
        comparison.same("body", json.loads(base64.b64decode(ours.get("body", "bnVsbA=="))), json.loads(theirs.body), members)
        comparison.same("target", ours.get("target"), headers["x-amz-target"], members)
        comparison.same("method and content type", ("POST", "application/x-amz-json-1.0"),
                        (theirs.method, headers["content-type"]), members)
        scope = re.search(r"Credential=AKIDEXAMPLE/\d{8}/([^,]*),", headers["authorization"]).group(1)
        comparison.same("scope", "us-east-1/sms-voice/aws4_request", scope, members)
    comparison.finish(at_least=CALLS * 4)


main()
