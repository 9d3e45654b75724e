# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""What the tests of the commands without a window share: the program, the demo endpoint and the AWS CLI as processes.

CTest names the three in OPTOUT_BROWSER, OPTOUT_DEMO_ENDPOINT and OPTOUT_AWS_CLI.
"""

import csv
import datetime
import io
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

BROWSER = os.environ["OPTOUT_BROWSER"]
DEMO_ENDPOINT = os.environ["OPTOUT_DEMO_ENDPOINT"]
AWS_CLI = os.environ.get("OPTOUT_AWS_CLI", "/usr/bin/aws")
SECONDS = 120  # for one process; sanitizers and a busy machine included


class Endpoint:
    """optout-demo-endpoint, running for the time of a `with`."""

    def __init__(self, *options, rows=2500):
        self.folder = tempfile.mkdtemp()
        self.log = pathlib.Path(self.folder, "requests.jsonl")
        self.options = [str(option) for option in options] + ["--rows", str(rows), "--requests-log", str(self.log)]

    def __enter__(self):
        # It ends with this process, however that ends: its standard input closes then.
        self.process = subprocess.Popen([DEMO_ENDPOINT, "--print-env", "--until-stdin-closes", *self.options],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip()
        self.keys = {}
        while "AWS_SECRET_ACCESS_KEY" not in self.keys:
            name, _, value = self.process.stdout.readline().strip().removeprefix("export ").partition("=")
            self.keys[name] = value
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(SECONDS)
        self.process.stdout.close()
        shutil.rmtree(self.folder)

    def environment(self, **changes):
        """All that a child process gets: no display, no other account, nothing of the caller's."""
        environment = {"PATH": os.environ["PATH"], "HOME": self.folder, "LC_ALL": "C.UTF-8",
                       "QT_QPA_PLATFORM": "there-is-no-such-platform", "AWS_EC2_METADATA_DISABLED": "true",
                       "AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-1",
                       "AWS_ENDPOINT_URL": self.url, **self.keys}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS"):
            if name in os.environ:
                environment[name] = os.environ[name]
        environment.update(changes)
        return {name: value for name, value in environment.items() if value is not None}

    def requests(self):
        """Those whose line in the log is whole: it may be written right now."""
        lines = self.log.read_text(encoding="utf-8").splitlines(keepends=True)
        return [json.loads(line) for line in lines if line.endswith("\n")]

    def aws(self, *arguments):
        done = subprocess.run(
            [AWS_CLI, "pinpoint-sms-voice-v2", *arguments, "--endpoint-url", self.url, "--output", "json"],
            env=self.environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, timeout=SECONDS, check=True)
        return json.loads(done.stdout)

    def browse(self, *arguments, environment=None, stdin=subprocess.DEVNULL, text=None, **options):
        if text is not None:
            options["input"] = text.encode()
        else:
            options["stdin"] = stdin
        options.setdefault("stdout", subprocess.PIPE)
        done = subprocess.run([BROWSER, *arguments], env=self.environment(**(environment or {})),
                              stderr=subprocess.PIPE, timeout=SECONDS, check=False, **options)
        done.stderr = done.stderr.decode()
        done.stdout = done.stdout.decode() if done.stdout is not None else None
        return done


def rows_of_csv(text):
    """The rows as (number, time, end user), after a check of the form that scripts rely on."""
    assert text.endswith("\r\n"), "the last line has no end"
    assert text.count("\n") == text.count("\r\n"), "a line does not end in CR LF"
    lines = list(csv.reader(io.StringIO(text, newline="")))
    assert lines[0] == ["OptedOutNumber", "OptedOutTimestamp", "EndUserOptedOut"], lines[0]
    return [tuple(line) for line in lines[1:]]


def iso(text):
    """A time of the AWS CLI as our CSV writes it."""
    moment = datetime.datetime.fromisoformat(text).astimezone(datetime.timezone.utc)
    moment += datetime.timedelta(microseconds=500)  # rounded, not cut
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03}Z"


def rows_of_aws(answer):
    return [(item["OptedOutNumber"], iso(item["OptedOutTimestamp"]), "true" if item["EndUserOptedOut"] else "false")
            for item in answer["OptedOutNumbers"]]


class Case(unittest.TestCase):
    maxDiff = 2000

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.target = self.folder / "list.csv"

    def succeeded(self, done):
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def failed(self, done, status, *words):
        """One line on standard error, with these words."""
        self.assertEqual(done.returncode, status, done.stderr)
        self.assertRegex(done.stderr, r"\Aoptout-browser: [^\n]+\n\Z")
        for word in words:
            self.assertIn(word, done.stderr)
