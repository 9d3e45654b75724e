# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""From the start of the program to its first painted row, beside a bare window with a table: whole processes."""

import os
import statistics
import subprocess
import tempfile
import threading
import time

from .figures import Figure
from .runs import clean_environment

PAINTED = "first row painted"  # the program says so in its log, the bare window always
PATIENCE = 60


def until_painted(command):
    """Seconds. The process is ended then."""
    with tempfile.TemporaryDirectory() as home:
        environment = clean_environment(home) | {"QT_QPA_PLATFORM": "offscreen",
                                                 "QT_LOGGING_RULES": "optout.ui.debug=true"}
        begin = time.perf_counter()
        process = subprocess.Popen(command, env=environment, cwd=home, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        timer = threading.Timer(PATIENCE, process.kill)
        timer.start()
        said = []
        try:
            for line in process.stderr:
                said.append(line)
                if PAINTED in line:
                    return time.perf_counter() - begin
        finally:
            timer.cancel()
            process.kill()
            process.wait()
            process.stderr.close()
    raise RuntimeError(f"{os.path.basename(command[0])} painted no row in {PATIENCE} s: {''.join(said[-1:]).strip()}")


def measure(program, window, runs):
    """In turns, so that a slow moment of the machine meets both. The first of each warms up, uncounted."""
    commands = ([program, "--demo"], [window])
    taken = [[until_painted(command) * 1000 for command in commands] for _ in range(runs + 1)][1:]
    own, bare = (statistics.median(figures) for figures in zip(*taken))
    return [Figure("start", 0, runs, "start to first row", own, "ms", compared_with="a bare window with a table",
                   other=bare)]
