# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""What the program must reach, and whether it does: of the store and the window, and of reading a long list."""

import dataclasses
import math

from .figures import find, number
from .tables import Section

MOST_ROWS = 10_000_000
MILLION = 1_000_000
FILTERS = ("prefix +1416", "substring 5550", "wildcard *1?5*7?")
FOUND = ("5550", "+1416", "the last row")


@dataclasses.dataclass(frozen=True)
class Bound:
    """``whats`` are figures of which the worst counts. With ``compared_with`` their ratio to that counts, or, if they
    are to be ``faster``, its ratio to them."""

    title: str
    part: str
    whats: tuple
    limit: float
    unit: str = "ms"
    rows: object = MOST_ROWS  # of the figure; None: there is one, whatever its rows
    compared_with: str = ""
    faster: bool = False

    def must(self):
        return f"at {'least' if self.faster else 'most'} {self.limit:g} {self.unit}"

    def measure(self, figure):
        if not self.compared_with:
            return figure.value
        return figure.other / figure.value if self.faster else figure.value / figure.other


# (line of the picture, part, figure); the cost of these may grow as the rows do ...
GROWING = (
    ("append under a sorted, filtered view", "append", "append under a sorted, filtered view"),
    ("sort by number", "store", "sort by number"),
    ("sort by time", "store", "sort by time"),
    ("sort by who", "store", "sort by who"),
    ("filter by who, painted", "view", "sorted, filter by who, until painted"),
    ("filter by a part of the number, painted", "view", "sorted, filter substring 5550, until painted"),
    ("find: count", "find", "find 5550: count"),
    ("CSV", "csv", "CSV as read"),
    ("select all and copy", "copy", "select all and copy"),
)
# ... and of these not at all.
FLAT = (
    ("paint", "events", "paint"),
    ("scroll by a page, painted", "events", "scroll by a page"),
    ("key Down, painted", "events", "key Down"),
)
APPENDED = "append under a sorted, filtered view"
BARE_SORT = "std::sort of the bare keys"
BOUNDS = (
    Bound("memory over an empty window, at rest", "view",
          ("store, order and view: memory of a row", "sorted: memory of a row",
           "sorted and filtered: memory of a row"), 32, "bytes a row"),
    Bound("memory over an empty window, at the peak of a sort", "view",
          ("the same: memory of a row at the peak", "sorted again: memory of a row at the peak"), 48, "bytes a row"),
    Bound("append under a shown, sorted, filtered view: worst turn of the event loop", "append",
          (f"{APPENDED}: worst turn",), 16),
    Bound("append under that view, beside appending without a window", "append", (APPENDED,), 1.3, "×",
          compared_with="the same without a view"),
    Bound("another filter by who: new view painted", "view",
          ("sorted, filter by who, until painted", "sorted, filter by who and back, until painted"), 60),
    Bound("another filter by who, beside QSortFilterProxyModel", "proxy",
          ("filter by who, in the model", "filter by who, sorted, in the model"), 50, "× its speed", MILLION,
          "QSortFilterProxyModel anew", True),
    Bound("number filter: first rows painted", "view",
          tuple(f"sorted, filter {text}, until painted" for text in FILTERS), 100),
    Bound("number filter: complete", "view", tuple(f"sorted, filter {text}, until painted" for text in FILTERS), 250),
    *(Bound(f"sort by {key}, beside std::sort of the bare keys", "store", (f"sort by {key}",), 1.5, "×",
            compared_with=BARE_SORT) for key in ("time", "number", "who")),
    Bound("find: next hit painted", "find", tuple(f"find {text}: next hit" for text in FOUND), 16),
    Bound("find: count", "find", tuple(f"find {text}: count" for text in FOUND), 250),
    Bound("CSV, beside writing the same bytes from memory", "csv", ("CSV as read",), 0.4, "× its speed",
          compared_with="the same bytes from memory", faster=True),
    Bound("CSV, beside Python's csv module", "csv", ("CSV as read, each row",), 15, "× its speed",
          compared_with="Python's csv module", faster=True),
    Bound("select all and copy, after the question", "copy", ("select all and copy",), 1000, rows=MILLION),
    Bound("start to the first painted row, beside a bare window with a table", "start", ("start to first row",), 1.5,
          "×", None, "a bare window with a table"),
)
# Of the case million: family, its name, and how many times as fast as its fastest client the program must be.
READING = (
    ("bare", "the bare client", 0.7),
    ("sdk", "the AWS SDK for JavaScript", 2.5),
    ("boto3", "boto3", 5),
    ("cli", "the AWS CLI", 9),
)


def exponent(figures):
    """By which power of the rows the value grows: the slope of a straight line through the figures, both logarithmic;
    None for fewer than two sizes."""
    points = [(math.log(figure.rows), math.log(figure.value)) for figure in figures if figure.value > 0]
    if len(points) < 2:
        return None
    mean_x, mean_y = (sum(values) / len(points) for values in zip(*points))
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points)


def _met(is_met, rows=None, wanted=None):
    if wanted is not None and rows != wanted:
        return f"not judged: {rows:,} rows"
    return "yes" if is_met else "NO"


def _row(bound, figures):
    """A row of the table; None without figures. Fewer rows than the bound is for are told, and not judged."""
    sizes = sorted({figure.rows for what in bound.whats
                    for figure in find(figures, bound.part, what, bound.compared_with)
                    if bound.rows is None or figure.rows <= bound.rows})
    if not sizes:
        return None
    found = [figure for what in bound.whats
             for figure in find(figures, bound.part, what, bound.compared_with, sizes[-1])]
    worst = (min if bound.faster else max)(found, key=bound.measure)
    measured = bound.measure(worst)
    is_met = measured >= bound.limit if bound.faster else measured <= bound.limit
    told = f"{number(measured)} {bound.unit}"
    if bound.compared_with:
        told += f" ({number(worst.value)} {worst.unit} to {number(worst.other)} {worst.unit})"
    elif len(found) > 1:
        told += f" ({worst.what})"
    title = bound.title if bound.rows is None else f"{bound.title}, {bound.rows:,} rows"
    return title, bound.must(), told, _met(is_met and len(found) == len(bound.whats), sizes[-1], bound.rows)


def _growth_row(title, lines, limit, figures):
    found = {name: find(figures, part, what) for name, part, what in lines}
    grown = {name: power for name, of_sizes in found.items() if (power := exponent(of_sizes)) is not None}
    if not grown:
        return None
    worst = max(grown, key=grown.get)
    most = max(of_sizes[-1].rows for of_sizes in found.values() if of_sizes)
    # To one decimal, which is what figures of one machine are good for.
    return (title, f"rows to the power of {limit:.1f}", f"{grown[worst]:.2f} ({worst})",
            _met(grown[worst] < limit + 0.05, most, MOST_ROWS))


def _reading_rows(summaries):
    million = [summary for summary in summaries if summary.case == "million"]
    program = next((summary for summary in million if summary.client == "program" and summary.complete), None)
    if not program:
        return
    rows = int(program.rows)
    for family, name, limit in READING:
        fastest = min((summary.to_program for summary in million
                       if summary.family == family and summary.to_program is not None), default=None)
        if fastest is not None:
            yield (f"a list read to CSV, beside {name}, {MILLION:,} rows", f"at least {limit:g} × its speed",
                   f"{fastest:.2f} × its speed", _met(fastest >= limit, rows, MILLION))


def section(figures, summaries):
    """The table of what must be reached; None if nothing of it was measured."""
    rows = [row for bound in BOUNDS if (row := _row(bound, figures))]
    rows += _reading_rows(summaries)
    rows += [row for row in (_growth_row("cost as rows grow: linear or better", GROWING, 1, figures),
                             _growth_row("paint, scroll and key press: flat", FLAT, 0, figures)) if row]
    if not rows:
        return None
    text = ("Medians, each beside what it is compared with, taken in this run; of several figures the worst. Memory is "
            "taken once. *Beside* a client: reading without start-up, and of several modes the fastest.")
    return Section("What must be reached", text, ("what", "must be", "measured", "met"), rows)
