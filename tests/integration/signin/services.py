# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""Starts optout-demo-signin for a test. OPTOUT_DEMO_SIGNIN names the program."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import urllib.error
import urllib.request

PROGRAM = os.environ["OPTOUT_DEMO_SIGNIN"]
REGION = "us-east-1"
ACCOUNT = "111122223333"


class Services:
    """with Services("--lifetime", 3) as services: ...; ends with the test, also if the test is killed.

    What the program says of itself stands in `about`: url, keys, roles, codes and tokens.
    """

    def __init__(self, *arguments):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.log = self.folder / "requests.jsonl"
        self.process = subprocess.Popen(
            [PROGRAM, "--until-stdin-closes", "--requests-log", str(self.log), *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.about = json.loads(self.process.stdout.readline())
        self.url = self.about["url"]
        self.roles = self.about["roles"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        status = self.process.wait(timeout=10)
        self.process.stdout.close()
        shutil.rmtree(self.folder)
        assert status == 0, f"the services ended with {status}"

    def requests(self):
        lines = self.log.read_text(encoding="utf-8").splitlines(keepends=True)
        return [json.loads(line) for line in lines if line.endswith("\n")]  # the last may be written right now

    def calls(self, name):
        """The logged calls of an STS action, of an operation of the lists, or to a path."""
        return [call for call in self.requests()
                if name in ((call["body"] or {}).get("Action"), call["target"].rpartition(".")[2],
                            call["path"].partition("?")[0])]

    def keys(self, name="keys"):
        """As boto3 takes them."""
        keys = self.about[name]
        return {"aws_access_key_id": keys["accessKeyId"], "aws_secret_access_key": keys["secretAccessKey"],
                "aws_session_token": keys.get("sessionToken")}


def fetch(url, method="GET", **headers):
    """Status and text of an answer."""
    request = urllib.request.Request(url, method=method,
                                     headers={name.replace("_", "-"): value for name, value in headers.items()})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()
