# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""Memory exhausted in the middle of an export: one line that says it, and no half file under the asked name.

packaging/test-install runs it against the installed program: where CTest does, sanitizers forbid it as a rule.
"""

import os
import pathlib
import re
import resource
import subprocess
import time
import unittest

from lab import BROWSER, Case, Endpoint, SECONDS

SANITIZED = os.environ.get("OPTOUT_SANITIZE")


@unittest.skipIf(SANITIZED, "a sanitizer needs address space without end")
@unittest.skipUnless(hasattr(resource, "prlimit"), "needs Linux")
class MemoryExhausted(Case):
    def export(self, *options):
        """Lets the program have no more memory than it has once it reads, and a little."""
        with Endpoint(rows=600_000) as endpoint, open(self.folder / "output", "wb") as output:
            process = subprocess.Popen([BROWSER, "export", "--list", "Default", *options],
                                       env=endpoint.environment(), stdin=subprocess.DEVNULL, stdout=output,
                                       stderr=subprocess.PIPE)
            deadline = time.monotonic() + SECONDS
            while not endpoint.log.exists() or len(endpoint.log.read_bytes().splitlines()) < 20:
                self.assertLess(time.monotonic(), deadline)
                self.assertIsNone(process.poll())
                time.sleep(0.01)
            status = pathlib.Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
            limit = (int(re.search(r"VmSize:\s+(\d+) kB", status)[1]) + 2048) * 1024
            resource.prlimit(process.pid, resource.RLIMIT_AS, (limit, limit))
            error = process.communicate(timeout=SECONDS)[1].decode()
        (self.folder / "output").unlink()
        self.assertEqual(process.returncode, 1, error)
        self.assertRegex(error, r"\Aoptout-browser: Storage: memory is exhausted[^\n]+\n\Z")
        return error

    def test_sort(self):
        self.target.write_text("the list of yesterday")
        error = self.export("--sort", "time", "--output", str(self.target))
        # Most of it is for the rows; but a page, which is small, may be what there is no room for.
        self.assertRegex(error, r"not enough to sort the \d+ numbers read so far; without --sort|this is not complete")
        self.assertEqual(self.target.read_text(), "the list of yesterday")
        self.assertEqual(os.listdir(self.folder), ["list.csv"])

    def test_numbers_that_cannot_be_taken_back(self):
        # Which ones were written is kept, in case the read begins again.
        self.assertIn("not complete", self.export())


if __name__ == "__main__":
    unittest.main()
