# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""Random pages and errors: how botocore's parser reads them against how the program does."""

import json
import random as random_module
import re

from botocore.parsers import create_parser

from model import service_model
from probe import SEED, Comparison, any_text, ask, b64

PAGES = 1200
ERRORS = 2500


def make_time(random):
    ms = random.choice([random.randrange(1_400_000_000_000, 1_800_000_000_000), random.randrange(0, 4_102_444_800_000), 0])
    plain = f"{ms // 1000}.{ms % 1000:03d}"
    digits = str(ms)
    exponent = len(digits) - 4
    mark = random.choice(["E", "e", "E+"]) if exponent >= 0 else "e"
    scientific = f"{digits[0]}.{digits[1:] or '0'}{mark}{exponent}"
    # Python's json writes numbers in one notation only: write() takes the marks and the quotes away.
    return "@" + random.choice([plain, scientific, plain + "0000", f"{ms}e-3"]) + "@"


def make_junk(random, depth=0):
    kind = random.randrange(6 if depth < 4 else 4)
    if kind == 0:
        return any_text(random, 0, 20)
    if kind == 1:
        return random.choice([None, True, False])
    if kind == 2:
        return random.randrange(-2**63, 2**64)
    if kind == 3:
        return random.uniform(-1e300, 1e300)
    if kind == 4:
        return [make_junk(random, depth + 1) for _ in range(random.randint(0, 4))]
    return {any_text(random, 0, 8): make_junk(random, depth + 1) for _ in range(random.randint(0, 4))}


def make_object(random, members, known):
    """The members in any order, with nulls and unknown ones between them."""
    for _ in range(random.choice([0, 0, 1, 3])):
        name = any_text(random, 0, 10)
        if name not in known:
            members[name] = make_junk(random)
    names = list(members)
    random.shuffle(names)
    return {name: members[name] for name in names}


def some(random, make, share=0.8):
    """A value, or null; both parsers take null as absent."""
    return make() if random.random() < share else None


def make_numbers(random):
    members = {}
    if random.random() < 0.8:
        members["OptOutListArn"] = some(random, lambda: any_text(random, 0, 80))
        members["OptOutListName"] = some(random, lambda: any_text(random, 0, 64))
    if random.random() < 0.9:
        members["OptedOutNumbers"] = some(random, lambda: [make_object(random, {
            "OptedOutNumber": random.choice(["+14165550123", "447700900123", any_text(random, 1, 20)]),
            "OptedOutTimestamp": some(random, lambda: make_time(random)),
            "EndUserOptedOut": some(random, lambda: random.random() < 0.5),
        }, ["OptedOutNumber", "OptedOutTimestamp", "EndUserOptedOut"]) for _ in range(random.randint(0, 12))])
    members["NextToken"] = some(random, lambda: any_text(random, 0, 100))
    return make_object(random, members, ["OptOutListArn", "OptOutListName", "OptedOutNumbers", "NextToken"])


def make_lists(random):
    members = {"OptOutLists": [make_object(random, {
        "OptOutListArn": any_text(random, 1, 80),
        "OptOutListName": any_text(random, 1, 64),
        "CreatedTimestamp": some(random, lambda: make_time(random)),
    }, ["OptOutListArn", "OptOutListName", "CreatedTimestamp"]) for _ in range(random.randint(0, 6))]}
    members["NextToken"] = some(random, lambda: any_text(random, 0, 100))
    return make_object(random, members, ["OptOutLists", "NextToken"])


def make_error(random):
    code = random.choice(["ThrottlingException", "AccessDeniedException", "ResourceNotFoundException",
                          "ValidationException", "InternalServerException", "UnrecognizedClientException", "Whatever"])
    members = {"__type": random.choice(["", "com.amazonaws.pinpointsmsvoicev2#", "com.amazon.coral.service#"]) + code
               + random.choice(["", "", ":http://internal.amazon.com/coral/"])}
    members[random.choice(["message", "Message"])] = any_text(random, 0, 100)
    if random.random() < 0.7:
        members["Reason"] = any_text(random, 1, 20)
    if random.random() < 0.5:
        members["ResourceType"] = random.choice(["opt-out-list", "opted-out-number", "new-thing"])
        members["ResourceId"] = any_text(random, 1, 20)
    if random.random() < 0.5:
        members["Fields"] = [{"Name": any_text(random, 1, 10), "Message": any_text(random, 0, 20)}
                             for _ in range(random.randint(1, 3))]
    return code, make_object(random, members, ["__type", "code", "Code", "message", "Message", "Reason", "ResourceType",
                                               "ResourceId", "Fields", "RequestId", "Output", "Error"])


def write(random, value):
    separators = random.choice([(",", ":"), (" , ", "\t:\n")])
    text = json.dumps(value, ensure_ascii=random.random() < 0.5, separators=separators)
    return re.sub('"@([^"@]*)@"', r"\1", text).encode()


def in_ms(time):
    """Of a datetime, in whole numbers: its timestamp() as a float would not be exact."""
    if time is None:
        return None
    return int(time.replace(microsecond=0).timestamp()) * 1000 + round(time.microsecond / 1000)


def compare_pages(random, comparison, model):
    parser = create_parser("json")
    kinds = [("numbers reply", make_numbers, "DescribeOptedOutNumbers"), ("lists reply", make_lists, "DescribeOptOutLists")]
    made = []
    for i in range(PAGES):
        what, make, operation = kinds[i % 2]
        made.append((what, write(random, make(random)), operation))
    for (what, body, operation), ours in zip(made, ask([{"do": w, "body": b64(b)} for w, b, _ in made])):
        shape = model.operation_model(operation).output_shape
        theirs = parser.parse({"body": body, "headers": {}, "status_code": 200}, shape)
        if operation == "DescribeOptedOutNumbers":
            items = [[n["OptedOutNumber"], in_ms(n.get("OptedOutTimestamp")), n.get("EndUserOptedOut", False)]
                     for n in theirs.get("OptedOutNumbers", [])]
            comparison.same("ARN", ours.get("arn"), theirs.get("OptOutListArn", ""), body)
            comparison.same("name", ours.get("name"), theirs.get("OptOutListName", ""), body)
        else:
            items = [[n["OptOutListArn"], n["OptOutListName"], in_ms(n.get("CreatedTimestamp"))]
                     for n in theirs["OptOutLists"]]
        comparison.same("items", ours.get("items"), items, body)
        comparison.same("token", ours.get("token"), theirs.get("NextToken") or None, body)


def compare_errors(random, comparison, model):
    parser = create_parser("json")
    made = []
    for i in range(ERRORS):
        code, members = make_error(random)
        made.append((code, write(random, members), random.choice([400, 403, 500]), f"id-{i}"))
    questions = [{"do": "error", "status": status, "body": b64(body), "headers": [["x-amzn-RequestId", request_id]]}
                 for _, body, status, request_id in made]
    for (code, body, status, request_id), ours in zip(made, ask(questions)):
        reply = {"body": body, "headers": {"x-amzn-requestid": request_id}, "status_code": status}
        theirs = parser.parse(reply, None)
        # Debian's botocore keeps the tail after the colon; newer ones do not.
        comparison.same("code", ours["code"], theirs["Error"]["Code"].split(":")[0], body)
        comparison.same("message", ours["message"], theirs["Error"]["Message"], body)
        comparison.same("request id", ours["requestId"], theirs["ResponseMetadata"]["RequestId"], body)
        modeled = parser.parse(reply, model.shape_for_error_code(code)) if model.shape_for_error_code(code) else {}
        members = dict(reversed(ours["members"]))  # of members of the same name the first
        for name in ["Reason", "ResourceType", "ResourceId"]:
            if name in modeled:
                comparison.same(name, members.get(name), modeled[name], body)
        if "Fields" in modeled:
            fields = [[name.removeprefix("Fields."), value] for name, value in ours["members"] if name.startswith("Fields.")]
            comparison.same("fields", fields, [[f["Name"], f["Message"]] for f in modeled["Fields"]], body)


def main():
    random = random_module.Random(SEED)
    comparison = Comparison()
    model = service_model()
    compare_pages(random, comparison, model)
    compare_errors(random, comparison, model)
    comparison.finish(at_least=PAGES * 2 + ERRORS * 3)


main()
