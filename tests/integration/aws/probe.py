# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""What the comparisons with botocore share: asking the program, random text, counting differences."""

import base64
import json
import os
import subprocess
import sys

SEED = 20260801  # the same input in every run

for name in [name for name in os.environ if name.startswith("AWS_") and not name.endswith(("_FILE", "_DISABLED"))]:
    del os.environ[name]


def ask(questions):
    """Hands all questions to the program and returns its answers, in order."""
    text = "".join(json.dumps(question) + "\n" for question in questions)
    run = subprocess.run([sys.argv[1]], input=text.encode(), stdout=subprocess.PIPE, check=True, timeout=240)
    answers = [json.loads(line) for line in run.stdout.split(b"\n") if line]
    assert len(answers) == len(questions), f"{len(questions)} questions, {len(answers)} answers"
    return answers


def b64(data):
    return base64.b64encode(data).decode()


ALPHABET = "abcXYZ019 -_/+='\"\\\n\t\x01\x7f&<>%éßΩ中☎😀\u2028\ufeff"


def any_text(random, fewest, most):
    return "".join(random.choice(ALPHABET) for _ in range(random.randint(fewest, most)))


class Comparison:
    """Counts what was compared, and tells the first few differences."""

    def __init__(self):
        self.equal = 0
        self.different = 0

    def same(self, what, ours, theirs, of):
        if ours == theirs:
            self.equal += 1
            return
        self.different += 1
        if self.different <= 5:
            print(f"{what} differs\n  ours:     {ours!r:.500}\n  botocore: {theirs!r:.500}\n  of:       {of!r:.2000}")

    def finish(self, at_least):
        print(f"{self.equal} values equal, {self.different} different")
        if self.equal < at_least:
            print(f"expected at least {at_least}")
        sys.exit(self.different > 0 or self.equal < at_least)
