# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""Starts optout-demo-endpoint, and reads what it tells."""

import io
import json
import os
import shlex
import subprocess

from . import rows


class Endpoint:
    """with Endpoint(program, log, ["--rows", "500"]) as endpoint: ...  Ends with this program, however that ends."""

    def __init__(self, program, log, options):
        self._log = log
        self._process = subprocess.Popen(
            [program, "--until-stdin-closes", "--print-env", "--requests-log", log, *options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        self.url = self._process.stdout.readline().strip()
        if not self.url.startswith("http://127.0.0.1:"):
            raise RuntimeError(f"{program} did not start")
        self.variables = {}
        for line in self._process.stdout:
            word, _, rest = line.partition(" ")
            if word == "export":
                self.variables |= dict(part.split("=", 1) for part in shlex.split(rest))
            elif word != "unset":
                break  # the example
        self._process.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.stdin.close()
        self._process.wait(timeout=30)

    def statuses(self):
        """The HTTP status of each call so far, in their order."""
        if not os.path.exists(self._log):
            return []
        with open(self._log, encoding="utf-8") as file:
            return [json.loads(line)["status"] for line in file]


def dump(program, name, options):
    """The rows that whoever reads this list must have."""
    done = subprocess.run([program, "--dump", name, *options], check=True, capture_output=True, text=True)
    return rows.from_csv(io.StringIO(done.stdout))
