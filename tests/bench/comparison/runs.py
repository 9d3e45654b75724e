# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""Runs one client against one endpoint, and judges what came of it."""

import concurrent.futures
import dataclasses
import os
import signal
import subprocess
import tempfile
import threading
import time

from .cases import PAGE_SIZE
from .endpoint import Endpoint

LIST = "Default"
EMPTY_LIST = "Pilot-2026"  # the demo list without a row
SETTLED_PAGES = 20  # by then a client can have learned the quota


@dataclasses.dataclass
class Run:
    case: str
    client: str
    seconds: float
    cpu_seconds: float
    pages: int
    calls: int
    throttled: int
    throttled_later: int  # after the first SETTLED_PAGES pages
    rows: int
    complete: bool
    outcome: str
    said: str  # the last line on standard error


def clean_environment(home):
    """Nobody's account, session or settings, and that home folder."""
    runtime = os.path.join(home, "runtime")
    os.makedirs(runtime, mode=0o700, exist_ok=True)
    environment = {name: value for name, value in os.environ.items()
                   if not name.startswith(("AWS_", "XDG_", "PYTHON", "NODE_", "DBUS_"))
                   and not name.lower().endswith("_proxy")}
    return environment | {"HOME": home, "XDG_RUNTIME_DIR": runtime, "AWS_EC2_METADATA_DISABLED": "true"}


def throttled_later(statuses):
    """How many calls were throttled after the first pages. The endpoint makes no other faults here."""
    pages = later = 0
    for status in statuses:
        if status == 200:
            pages += 1
        elif pages >= SETTLED_PAGES:
            later += 1
    return later


def outcome(status, timed_out, seconds, rows, wanted, pages):
    """(whether every row is there and the client says so, the same in words)"""
    kept = "all rows" if rows == wanted else f"{len(rows)} rows" if rows else "nothing"
    if timed_out:
        return False, f"ended after {seconds:.0f} s, {pages} pages got, {kept} kept"
    if status != 0:
        return False, f"gave up after {pages} pages, {kept} kept"
    if rows != wanted:
        return False, f"WRONG: says it is done, with {len(rows)} rows of {len(wanted)}"
    return True, "complete"


class Runner:
    """Each run has an endpoint of its own, which is the same program with the same options, and an empty home folder:
    nothing that an earlier run learned, and nothing of the user's, can help or hinder."""

    def __init__(self, endpoint_program, say=print):
        self._endpoint_program = endpoint_program
        self._say = say

    def start_up(self, client, repetitions):
        """Seconds to read a list without rows: starting, one call, ending. The first run warms up, uncounted."""
        figures = []
        with tempfile.TemporaryDirectory() as home:
            for _ in range(repetitions + 1):
                with Endpoint(self._endpoint_program, os.path.join(home, "log"), ["--rows", "0"]) as endpoint:
                    seconds, _, status, _, said = self._call(client, endpoint, EMPTY_LIST, home, 120)
                if status != 0:
                    raise RuntimeError(f"cannot read a list without rows: {said}")
                figures.append(seconds)
        return figures[1:]

    def run(self, case, client, wanted):
        with tempfile.TemporaryDirectory() as home:
            log = os.path.join(home, "requests.log")
            with Endpoint(self._endpoint_program, log, case.endpoint_options()) as endpoint:
                seconds, cpu, status, timed_out, said = self._call(client, endpoint, LIST, home, case.patience())
                statuses = endpoint.statuses()
            pages = statuses.count(200)
            # Who keeps no row has read them all if every page was given, and none twice.
            rows = client.rows(os.path.join(home, "rows")) if client.keeps_rows() else wanted[:pages * PAGE_SIZE]
        complete, words = outcome(status, timed_out, seconds, rows, wanted, pages)
        self._say(f"{case.name}: {client.title}: {seconds:.2f} s, {len(statuses) - pages} throttled, {words}")
        return Run(case.name, client.name, seconds, cpu, pages, len(statuses), len(statuses) - pages,
                   throttled_later(statuses), len(rows), complete, words, said)

    def run_at_once(self, case, clients, wanted, pauses):
        """All clients side by side. Each starts when the one before has started up, which takes the processor."""
        with concurrent.futures.ThreadPoolExecutor(len(clients)) as pool:
            futures = []
            for client in clients:
                futures.append(pool.submit(self.run, case, client, wanted))
                time.sleep(1.5 * pauses[client.name] + 0.2)
            return [future.result() for future in futures]

    def _call(self, client, endpoint, list_name, home, patience):
        """(seconds, seconds of processor time, exit status, whether it was ended, last line of its errors)"""
        file = os.path.join(home, "rows")
        errors = os.path.join(home, "errors")
        environment = clean_environment(home) | endpoint.variables | dict(client.variables)
        with open(file if client.prints else os.devnull, "wb") as output, open(errors, "wb") as said:
            begin = time.perf_counter()
            process = subprocess.Popen(client.arguments(endpoint.url, list_name, file), env=environment, cwd=home,
                                       stdin=subprocess.DEVNULL, stdout=output, stderr=said)
            ended = threading.Event()

            def end():
                ended.set()
                os.kill(process.pid, signal.SIGKILL)

            timer = threading.Timer(patience, end)
            timer.start()
            _, status, usage = os.wait4(process.pid, 0)  # what Popen.wait() does not tell: processor time
            seconds = time.perf_counter() - begin
            timer.cancel()
            process.returncode = os.waitstatus_to_exitcode(status)
        with open(errors, encoding="utf-8", errors="replace") as said:
            last = (said.read().strip().splitlines() or [""])[-1]
        return seconds, usage.ru_utime + usage.ru_stime, process.returncode, ended.is_set(), last
