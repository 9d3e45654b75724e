# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""The program's signatures for random requests against botocore's, stage by stage."""

import datetime
import random as random_module

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from probe import SEED, Comparison, any_text, ask, b64

REQUESTS = 4000
BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/+"
REGIONS = ["us-east-1", "eu-central-1", "ap-southeast-6", "us-gov-west-1", "cn-north-1", "eusc-de-east-1", "us-isob-east-1"]
#: As they stand in a URL; a path's percent signs are encoded once more for the signature.
URL_PIECES = list("abcXYZ019-._~!$&'()*+,;=:@") + ["%20", "%2F", "%C3%A9", "%F0%9F%98%80", "%25", "%3D", "%26"]


def make_text(random, alphabet, fewest, most):
    return "".join(random.choice(alphabet) for _ in range(random.randint(fewest, most)))


def make_url(random, region):
    host = random.choice([
        f"https://sms-voice.{region}.amazonaws.com", f"https://sms-voice-fips.{region}.api.aws", "http://localhost:8080",
        f"http://127.0.0.1:{random.randint(1024, 65535)}", "http://[::1]:4566", "https://[2001:db8::1]",
        "https://proxy.example:8443", "https://proxy.example:80", "https://xn--bcher-kva.example"])
    if random.random() < 0.5:
        return host + random.choice(["", "/"])
    segments = [random.choice([".", "..", "", make_text(random, URL_PIECES, 1, 8)]) for _ in range(random.randint(1, 5))]
    # One slash at the start: two would begin a host name.
    url = host + "/" + "/".join(segments).lstrip("/")
    if random.random() < 0.5:
        pieces = [piece for piece in URL_PIECES if piece not in "&="]
        pairs = [make_text(random, pieces, 1, 4) + random.choice(["", "=", "=" + make_text(random, pieces, 0, 4)])
                 for _ in range(random.randint(1, 5))]
        url += "?" + "&".join(pairs)
    return url


def make_body(random):
    kind = random.randrange(4)
    if kind == 0:
        return b"{}"
    if kind == 1:
        return b""
    if kind == 2:
        return random.randbytes(random.randint(1, 2000))
    return ('{"OptOutListName":"' + any_text(random, 0, 300) + '"}').encode()


def make_question(random):
    region = random.choice(REGIONS) if random.random() < 0.7 else "x" + make_text(random, "abcz019-", 1, 40) + "9"
    headers = [["Content-Type", "application/x-amz-json-1.0"],
               ["X-Amz-Target", "PinpointSMSVoiceV2.Describe" + random.choice(["OptedOutNumbers", "OptOutLists"])]]
    for _ in range(random.choice([0, 0, 1, 3])):
        name = random.choice(["X-Amz-Meta", "x-amz-meta", "Accept", "X-B", "X-A"])
        headers.insert(random.randint(0, len(headers)), [name, make_text(random, "ab \t=,;", 0, 12)])
    return {
        "do": "sign",
        "method": random.choice(["POST", "POST", "POST", "GET"]),
        "url": make_url(random, region),
        "region": region,
        "service": random.choice(["sms-voice", "sms-voice", "sts"]),
        "accessKeyId": random.choice(["AKIA", "ASIA"]) + make_text(random, "ABCXYZ234567", 12, 124),
        "secret": make_text(random, BASE64, 1, 120) + random.choice(["", "=", "=="]),
        "token": random.choice(["", make_text(random, BASE64, 1, 1200) + random.choice(["", "=="])]),
        "ms": random.randrange(0, 4102444800000),
        "headers": headers,
    }


def sign_with_botocore(question, body):
    credentials = Credentials(question["accessKeyId"], question["secret"], question["token"] or None)
    auth = SigV4Auth(credentials, question["service"], question["region"])
    request = AWSRequest(method=question["method"], url=question["url"], data=body)
    for name, value in question["headers"]:
        request.headers.add_header(name, value)
    # What add_auth() does, with a time of our own.
    seconds = datetime.datetime.fromtimestamp(question["ms"] // 1000, datetime.timezone.utc)
    request.context["timestamp"] = seconds.strftime("%Y%m%dT%H%M%SZ")
    auth._modify_request_before_signing(request)
    canonical = auth.canonical_request(request)
    to_sign = auth.string_to_sign(request, canonical)
    signature = auth.signature(to_sign, request)
    auth._inject_signature_to_request(request, signature)
    return canonical, to_sign, signature, request.headers


def main():
    random = random_module.Random(SEED)
    questions = []
    bodies = []
    for _ in range(REQUESTS):
        bodies.append(make_body(random))
        questions.append(dict(make_question(random), body=b64(bodies[-1])))
    comparison = Comparison()
    for question, body, ours in zip(questions, bodies, ask(questions)):
        canonical, to_sign, signature, headers = sign_with_botocore(question, body)
        # What is signed has to be what is sent: the URL must leave the program as it came in.
        comparison.same("URL", ours["url"], question["url"], question)
        comparison.same("canonical request", ours["canonicalRequest"], canonical, question)
        comparison.same("string to sign", ours["stringToSign"], to_sign, question)
        comparison.same("signature", ours["signature"], signature, question)
        comparison.same("headers", sorted(map(tuple, ours["headers"])), sorted(headers.items()), question)
    comparison.finish(at_least=REQUESTS * 5)


main()
