# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""A read survives `kill -9` at any moment: started again until it is complete, it has every row once.

    test_kills.py [KILLS]     40 unless told; CTest names the programs in the environment.

Half of the kills come at a random time after the start, half within milliseconds after a random page: while that page
is being written, mostly.
"""

import os
import pathlib
import random
import secrets
import select
import signal
import subprocess
import sys
import tempfile
import time

PROBE = os.environ["OPTOUT_CHECKPOINT_PROBE"]
DEMO_ENDPOINT = os.environ["OPTOUT_DEMO_ENDPOINT"]
ROWS = 3000
SECONDS = 120


class Endpoint:
    def __enter__(self):
        self.process = subprocess.Popen([DEMO_ENDPOINT, "--until-stdin-closes", "--latency", "1", "--rows", str(ROWS)],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip()
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(SECONDS)
        self.process.stdout.close()


class Run:
    """One process that reads; lines() gives what it says so far."""

    def __init__(self, url, folder, key):
        self.process = subprocess.Popen([PROBE, url, str(folder), "Default"], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE)
        self.process.stdin.write(key.encode() + b"\n")
        self.process.stdin.close()
        self.output = b""

    def read_until(self, enough, seconds):
        """True if that came, False if the time was over or the process at its end."""
        end = time.monotonic() + seconds
        while not enough(self.output):
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.process.stdout], [], [], left)[0]:
                return False
            chunk = os.read(self.process.stdout.fileno(), 65536)
            if not chunk:
                return False
            self.output += chunk
        return True

    def end(self, killed):
        if killed:
            self.process.send_signal(signal.SIGKILL)
        self.output += self.process.stdout.read()
        self.process.stdout.close()
        return self.process.wait(SECONDS)

    def lines(self):
        whole = self.output[:self.output.rfind(b"\n") + 1]
        return whole.decode().splitlines()


def rows_in(lines):
    return [line for line in lines if line.startswith("row ")]


def kept_in(lines):
    return next((int(line.split()[1]) for line in lines if line.startswith("kept ")), None)


def uninterrupted(url, key):
    with tempfile.TemporaryDirectory() as folder:
        run = Run(url, folder, key)
        status = run.end(killed=False)
        assert status == 0 and "complete" in run.lines(), run.lines()[-3:]
        assert os.listdir(folder) == [], "a finished read left something"
        return rows_in(run.lines())


def check_folder(folder):
    for file in pathlib.Path(folder).iterdir():
        content = file.read_bytes()
        assert b"+1" not in content or not any(content[i + 1:i + 12].isdigit() for i in range(len(content))
                                               if content[i:i + 2] == b"+1"), "a number can be read"
        assert b"Default" not in content and b"D\0e\0f\0a" not in content, "the list's name can be read"
        assert file.stat().st_mode & 0o077 == 0, "others may read the file"


def interrupted(url, key, folder, chance, tally):
    """Kills and starts again until the read is complete; the rows of the last run."""
    kept_before = 0
    while True:
        run = Run(url, folder, key)
        killed = True
        if chance.random() < 0.5:
            run.read_until(lambda output: False, chance.uniform(0, tally["start"] * 2.5))
        else:
            pages = chance.randint(1, 6)
            run.read_until(lambda output: output.count(b"\npage") >= pages or b"complete" in output, SECONDS)
            time.sleep(chance.uniform(0, 0.003))
        killed = run.process.poll() is None
        status = run.end(killed)
        lines = run.lines()
        assert not any(line.startswith("failed") for line in lines), lines[-3:]
        kept = kept_in(lines)
        if kept is not None:
            assert kept >= kept_before, f"{kept_before} rows had been kept, now {kept}"
            kept_before = kept
        if not killed:
            assert status == 0 and lines[-1] == "complete", (status, lines[-3:])
            return rows_in(lines)
        tally["kills"] += 1
        if "complete" in lines:  # killed while it removed what was kept
            return rows_in(lines)
        check_folder(folder)


def main():
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    seed = int(os.environ.get("OPTOUT_SEED", secrets.randbelow(10**6)))
    print(f"seed {seed}; OPTOUT_SEED={seed} draws the same moments again", flush=True)
    chance = random.Random(seed)
    key = secrets.token_hex(32)
    tally = {"kills": 0, "reads": 0}
    with Endpoint() as endpoint:
        began = time.monotonic()
        expected = uninterrupted(endpoint.url, key)
        tally["start"] = (time.monotonic() - began) / 2
        assert len(expected) == len(set(expected)) == ROWS, len(expected)
        while tally["kills"] < wanted:
            with tempfile.TemporaryDirectory() as folder:
                rows = interrupted(endpoint.url, key, folder, chance, tally)
            tally["reads"] += 1
            assert len(rows) == len(set(rows)), "a row came twice"
            assert sorted(rows) == sorted(expected), "rows are missing or foreign"
    print(f"{tally['kills']} kills in {tally['reads']} reads of {ROWS} rows (seed {seed}), "
          f"{time.monotonic() - began:.0f} s: every row once")


if __name__ == "__main__":
    main()
