# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""The cases: what the endpoint allows, and how many pages are read of it."""

import dataclasses

PAGE_SIZE = 100  # the most that the service gives in a page


@dataclasses.dataclass(frozen=True)
class Case:
    """``quota`` is in calls a second, ``latency`` in milliseconds before each answer; 0 stands for none."""

    name: str
    title: str
    pages: int
    quota: float = 0
    burst: int = 1
    latency: int = 0
    repetitions: int = 1
    # Clients under a quota wait most of the time, so they can run side by side, each against an endpoint of its own.
    at_once: bool = False

    @property
    def rows(self):
        return self.pages * PAGE_SIZE

    def endpoint_options(self):
        options = ["--rows", str(self.rows)]
        if self.quota:
            options += ["--quota", f"{self.quota:g}", "--burst", str(self.burst)]
        if self.latency:
            options += ["--latency", str(self.latency)]
        return options

    def limit(self):
        """Seconds that calls made one after the other take at least; None if the endpoint sets no limit."""
        if self.quota:
            seconds = (self.pages - self.burst) / self.quota
        else:
            seconds = self.pages * self.latency / 1000
        return seconds if seconds > 0 else None

    def limit_words(self):
        if self.quota:
            return f"({self.pages} pages − burst {self.burst}) ÷ {self.quota:g}/s = {self.limit() or 0:.1f} s"
        if self.latency:
            return f"{self.pages} pages × {self.latency} ms = {self.limit():.1f} s for calls one after the other"
        return "none but the machine's speed"

    def patience(self):
        """The seconds after which a client is ended that has not finished: eight times what it needs."""
        return max(120.0, 8 * (self.limit() or 0))


def all_cases(quick=False):
    """The cases in the order in which they run. Quick ones are for trying things out, not for quoting."""
    return {
        case.name: case
        for case in (
            Case("unthrottled", "No quota, no latency", 200 if quick else 1000, repetitions=1 if quick else 5),
            Case("million", "A million numbers, no quota, no latency", 500 if quick else 10_000,
                 repetitions=1 if quick else 5),
            Case("latency50", "50 ms until each answer, no quota", 60 if quick else 300, latency=50,
                 repetitions=1 if quick else 3),
            Case("quota10", "10 calls a second, burst 10", 100 if quick else 300, quota=10, burst=10,
                 repetitions=1 if quick else 3, at_once=True),
            Case("quota8", "8 calls a second, burst 1", 80 if quick else 300, quota=8,
                 repetitions=1 if quick else 3, at_once=True),
            Case("quota1", "1 call a second, burst 1: the default quota", 20 if quick else 300, quota=1, at_once=True),
        )
    }
