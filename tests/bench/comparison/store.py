# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""The case "store": many rows in memory, in the shown table and on their way to a file, in several sizes."""

import dataclasses
import os
import statistics
import subprocess
import sys
import tempfile

from . import figures, start
from .clients import DRIVERS
from .runs import clean_environment
from .tables import Section

NAME = "store"
# Each a process of its own: what one frees is then not there for the next to count as its own.
PARTS = ("store", "csv", "proxy", "append", "view", "events", "find", "copy")
MOST_PYTHON_ROWS = 1_000_000
# What must be beaten makes its text from values, as the program does; the other shows how much of it that is.
PYTHON_CSV = {"values": "Python's csv module", "text": "Python's csv module, rows made text before"}


@dataclasses.dataclass(frozen=True)
class StoreCase:
    bench: str  # optout-bench-store
    window: str  # optout-bench-window
    program: str
    sizes: tuple
    runs: int

    def measure(self, say):
        found = []
        for rows in self.sizes:
            for part in PARTS:
                found += self._part(part, rows)
                if part == "csv":
                    found += [*self._python_csv(rows, found)]
                say(f"{NAME}: {rows:,} rows: {part}")
        found += start.measure(self.program, self.window, self.runs)
        say(f"{NAME}: start to first row")
        return found

    def _part(self, part, rows):
        with tempfile.TemporaryDirectory() as home:
            file = os.path.join(home, "figures.json")
            done = subprocess.run(
                [self.bench, "--rows", str(rows), "--runs", str(self.runs), "--part", part, "--json", file],
                env=clean_environment(home), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE, text=True, errors="replace", check=False)
            if done.returncode != 0:
                sys.exit(f"{NAME}: {rows:,} rows: {part} ended with {done.returncode}: {done.stderr.strip()}")
            return figures.read(file)

    def _python_csv(self, rows, found):
        """What each row takes; Python needs no more than a million to tell."""
        own = figures.find(found, "csv", "CSV as read", rows=rows)[-1]
        python_rows = min(rows, MOST_PYTHON_ROWS)
        for form, title in PYTHON_CSV.items():
            with tempfile.TemporaryDirectory() as home:
                done = subprocess.run(
                    [sys.executable, "-B", os.path.join(DRIVERS, "write_csv.py"), form, str(python_rows),
                     str(self.runs), os.path.join(home, "rows.csv")],
                    stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=True)
            seconds = statistics.median(map(float, done.stdout.split()))
            yield figures.Figure("csv", rows, self.runs, "CSV as read, each row", own.value * 1e6 / rows, "ns",
                                 compared_with=title, other=seconds * 1e9 / python_rows)


def section(found, picture):
    """Every figure, a column for each size."""
    sizes = sorted({figure.rows for figure in found if figure.rows})
    lines = dict.fromkeys((figure.part, figure.what, figure.compared_with) for figure in found)
    rows = []
    for part, what, compared_with in lines:
        cells = {figure.rows: figure.told() for figure in reversed(found)
                 if (figure.part, figure.what, figure.compared_with) == (part, what, compared_with)}
        own = [cells.get(size, "–") for size in sizes]
        if 0 in cells:  # has nothing to do with the rows
            own[-1] = cells[0]
        rows.append((f"{part}: {what}", compared_with or "–", *own))
    runs = max(figure.runs for figure in found)
    text = (f"Median of {runs}; × is the ratio to what stands beside it. *painted* is measured in a shown table, from "
            "asking to the end of the paint.")
    return Section(f"{NAME}: Many rows in memory", text,
                   ("figure", "compared with", *(f"{size:,} rows" for size in sizes)), rows, picture)
