# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""Starts optout-demo-endpoint for a test, and calls it with AWS's own clients and with bare bytes.

OPTOUT_DEMO_ENDPOINT and OPTOUT_AWS_CLI name the programs. Nothing of the user's own AWS configuration is read.
"""

import csv
import io
import json
import os
import socket
import subprocess

PROGRAM = os.environ["OPTOUT_DEMO_ENDPOINT"]
AWS = os.environ["OPTOUT_AWS_CLI"]
REGION = "us-east-1"
ACCOUNT = "111122223333"
READER = ("AKIAOPTOUTDEMOREADER", "demo/key+that/opens/nothing/but/the/demo")
DENIED = ("AKIAOPTOUTDEMODENIED", "demo/key+that/is/refused/by/a/policy/now")
VISITOR = (
    "ASIAOPTOUTDEMOREADER",
    "demo/key+of/a/session/that/opens/nothing",
    "demo/session+token/of/nobody/in/particular/that/opens/nothing/but/the/demo==",
)
SHARED_ARN = "arn:aws:sms-voice:us-east-1:444455556666:opt-out-list/PartnerNetwork"
LISTS = {
    "OneTimePasswords": f"arn:aws:sms-voice:us-east-1:{ACCOUNT}:opt-out-list/OneTimePasswords",
    "Default": f"arn:aws:sms-voice:us-east-1:{ACCOUNT}:opt-out-list/Default",
    "Marketing": f"arn:aws:sms-voice:us-east-1:{ACCOUNT}:opt-out-list/Marketing",
    "Pilot-2026": f"arn:aws:sms-voice:us-east-1:{ACCOUNT}:opt-out-list/Pilot-2026",
    "Appointment-reminders_of_all_clinics_in_the_North-East_and_Wales": f"arn:aws:sms-voice:us-east-1:{ACCOUNT}"
    ":opt-out-list/Appointment-reminders_of_all_clinics_in_the_North-East_and_Wales",
    "PartnerNetwork": SHARED_ARN,
}


def clean_environment(keys=READER, url=None):
    """An environment in which the AWS clients find these keys and nothing else."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("AWS_") and not k.lower().endswith("_proxy")}
    environment |= {
        "AWS_ACCESS_KEY_ID": keys[0],
        "AWS_SECRET_ACCESS_KEY": keys[1],
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_MAX_ATTEMPTS": "1",
        "AWS_PAGER": "",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    if len(keys) > 2:
        environment["AWS_SESSION_TOKEN"] = keys[2]
    if url:
        environment["AWS_ENDPOINT_URL"] = url
    return environment


def dump(name, *arguments):
    """The rows of a list as the program tells them: (number, milliseconds since 1970 as ISO text, by the end user)."""
    text = subprocess.run([PROGRAM, "--dump", name, *arguments], check=True, capture_output=True, text=True).stdout
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["OptedOutNumber", "OptedOutTimestamp", "EndUserOptedOut"], rows[0]
    return [(number, time, {"true": True, "false": False}[by]) for number, time, by in rows[1:]]


class Endpoint:
    """with Endpoint("--rows", "500") as endpoint: ...; ends with the test, also if the test is killed."""

    def __init__(self, *arguments):
        self.clients = []
        self.process = subprocess.Popen(
            [PROGRAM, "--until-stdin-closes", *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.url = self.process.stdout.readline().strip()
        assert self.url.startswith("http://127.0.0.1:"), self.url
        self.port = int(self.url.rsplit(":", 1)[1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        for client in self.clients:
            client.close()
        self.process.stdin.close()
        status = self.process.wait(timeout=10)
        self.process.stdout.close()
        assert status == 0, f"the endpoint ended with {status}"

    def client(self, keys=READER, region=REGION, **config):
        """A boto3 client; one attempt, and no checking of its own, so that the service does the checking."""
        import boto3
        import botocore.config

        session = boto3.session.Session(
            aws_access_key_id=keys[0],
            aws_secret_access_key=keys[1],
            aws_session_token=keys[2] if len(keys) > 2 else None,
            region_name=region,
        )
        settings = {"retries": {"total_max_attempts": 1}, "parameter_validation": False, "proxies": {}} | config
        client = session.client(
            "pinpoint-sms-voice-v2", endpoint_url=self.url, config=botocore.config.Config(**settings)
        )
        self.clients.append(client)
        return client

    def aws(self, *arguments, keys=READER):
        """Runs the AWS CLI. Returns its exit status, what it printed, and what it said on standard error."""
        done = subprocess.run(
            [AWS, "--no-cli-pager", "--no-cli-auto-prompt", "--endpoint-url", self.url, "--output", "json",
             "pinpoint-sms-voice-v2", *arguments],
            env=clean_environment(keys),
            capture_output=True,
            text=True,
            timeout=60,
        )
        return done.returncode, done.stdout, done.stderr

    def connect(self):
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection


def signed_head(endpoint, operation, body, keys=READER, length=True, further=(), method="POST", path="/",
                content_type="application/x-amz-json-1.0"):
    """The head of a request that botocore signed, to be sent byte by byte as a test likes."""
    from botocore.auth import SigV4Auth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials

    request = AWSRequest(
        method=method,
        url=endpoint.url + path,
        data=body,
        headers={
            "Content-Type": content_type,
            "X-Amz-Target": "PinpointSMSVoiceV2." + operation,
            "Host": f"127.0.0.1:{endpoint.port}",
        },
    )
    SigV4Auth(Credentials(*keys), "sms-voice", REGION).add_auth(request)
    lines = [f"{method} {path} HTTP/1.1"] + [f"{name}: {value}" for name, value in request.headers.items()]
    if length:
        lines.append(f"Content-Length: {len(body)}")
    return ("\r\n".join([*lines, *further]) + "\r\n\r\n").encode()


class Reader:
    """Reads HTTP answers from a socket, one after the other, without help from any library."""

    def __init__(self, connection):
        self.connection = connection
        self.left = b""

    def _more(self):
        data = self.connection.recv(65536)
        if not data:
            raise EOFError(self.left)
        self.left += data

    def head(self):
        while b"\r\n\r\n" not in self.left:
            self._more()
        head, self.left = self.left.split(b"\r\n\r\n", 1)
        first, *lines = head.decode().split("\r\n")
        headers = {name.lower(): value.strip() for name, value in (line.split(":", 1) for line in lines)}
        return int(first.split()[1]), headers

    def take(self, size):
        while len(self.left) < size:
            self._more()
        data, self.left = self.left[:size], self.left[size:]
        return data

    def answer(self):
        status, headers = self.head()
        return status, headers, self.take(int(headers["content-length"]))

    def json(self):
        status, headers, body = self.answer()
        return status, headers, json.loads(body)

    def until_end(self):
        """Everything until the other side ends the connection in order."""
        try:
            while True:
                self._more()
        except EOFError:
            return self.left
