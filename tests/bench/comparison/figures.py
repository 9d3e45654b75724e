# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""Figures as optout-bench-store writes them: a line of JSON each."""

import dataclasses
import json


@dataclasses.dataclass(frozen=True)
class Figure:
    part: str
    rows: int
    runs: int
    what: str
    value: float
    unit: str
    remark: str = ""
    compared_with: str = ""
    other: object = None  # of what it is compared with, in the same unit

    def told(self):
        """The figure as text, with its ratio to what it is compared with."""
        text = f"{number(self.value)} {self.unit}"
        return text if self.other is None else f"{text} = {self.value / self.other:.2f} ×"


def number(value):
    """Three digits that count, and all before the point."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def read(path):
    with open(path, encoding="utf-8") as file:
        return [Figure(**json.loads(line)) for line in file]


def find(figures, part, what, compared_with="", rows=None):
    """The figures of that name, from the fewest rows to the most; without ``compared_with``, whatever it is compared
    with. Each size counts once, as it was told first."""
    found = {}
    for figure in figures:
        if (figure.part, figure.what) == (part, what) and compared_with in ("", figure.compared_with) \
                and rows in (None, figure.rows):
            found.setdefault(figure.rows, figure)
    return [found[size] for size in sorted(found)]
