#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""A screen reader is at work while a million rows arrive, are sorted, filtered, walked through and copied: the program lives, it
does not flood the accessibility bus, and a cell is read as fast at the end of the list as at its start.

    tst_millionrows.py PROGRAM DEMO_ENDPOINT FOLDER_FOR_PICTURES

Needs the desktop that `desktop` beside it makes, and xdotool, import (ImageMagick) and pyatspi.
"""

import collections
import os
import pathlib
import re
import statistics
import subprocess
import sys
import time

import pyatspi
from gi.repository import GLib

from person import PATIENCE, Person, wait_for

ROWS = 1_000_000
CELLS = 120  # read at the start, in the middle and at the end
MOST_MS = 50  # for the median cell
BATCHES_A_SECOND = 10  # at most; rows do not show more often
MOST_EVENTS = 5  # for each batch
MOST_MB = 30  # for selecting all; an index of each cell takes 70
PATIENCE_TO_LOAD = 6 * PATIENCE

WATCHED = [
    "object:active-descendant-changed",
    "object:bounds-changed",
    "object:children-changed",
    "object:column-deleted",
    "object:column-inserted",
    "object:model-changed",
    "object:property-change",
    "object:row-deleted",
    "object:row-inserted",
    "object:selection-changed",
    "object:state-changed",
    "object:text-changed",
    "object:visible-data-changed",
]


class Listener:
    """Counts what comes over the accessibility bus and keeps which cells had the keyboard."""

    def __init__(self):
        self.counts = collections.Counter()
        self.focused = []
        pyatspi.Registry.registerEventListener(self.note, *WATCHED)

    def note(self, event):
        self.counts[str(event.type)] += 1
        if str(event.type) == "object:state-changed:focused" and event.detail1 and event.source:
            self.focused.append(event.source.name)

    def listen(self):
        while GLib.MainContext.default().iteration(False):
            pass

    def forget(self):
        self.listen()
        self.counts.clear()
        self.focused.clear()


def check(condition, what):
    if not condition:
        raise AssertionError(what)
    print(f"  {what}", flush=True)


def sort(person, table):
    person.click(table, (40, 8))  # the header of the first column


def filter_and_back(person, table):
    shown = person.table_rows(table)
    person.press("ctrl+shift+l")
    person.wait_for_keyboard("Number filter")
    person.type("+44")
    wait_for("fewer rows", lambda: 0 < person.table_rows(table) < shown / 2)
    check(person.cell(table, 0, 0).startswith("+44"), "a filter passes while rows arrive")
    person.press("Escape")
    wait_for("all rows again", lambda: person.table_rows(table) >= shown)


def load(person, table, listener):
    """Until all rows are there; meanwhile cells are read, and order and filter change, as somebody does who does not wait."""
    disturbances = [(100_000, sort), (200_000, filter_and_back), (300_000, sort), (400_000, sort)]  # the third is "as read"
    began = time.monotonic()
    seen = 0
    while seen < ROWS:
        if time.monotonic() - began > PATIENCE_TO_LOAD:
            raise AssertionError(f"only {seen} rows within {PATIENCE_TO_LOAD:.0f} s")
        rows = person.table_rows(table)
        seen = rows
        if rows:
            person.cell(table, rows - 1, 0)
        if disturbances and rows > disturbances[0][0]:
            disturbances.pop(0)[1](person, table)
        listener.listen()
        time.sleep(0.05)
    if disturbances:
        print(f"  {len(disturbances)} of these only with all rows there, which came too fast", flush=True)
    for _, disturb in disturbances:
        disturb(person, table)
    spent = time.monotonic() - began
    events = sum(listener.counts.values())
    print(f"  {ROWS} rows in {spent:.0f} s; events: {dict(listener.counts)}", flush=True)
    check(
        events <= MOST_EVENTS * BATCHES_A_SECOND * spent,
        f"{events / (BATCHES_A_SECOND * spent):.1f} events for each batch of rows",
    )


def read_cells(person, table):
    starts = [0, ROWS // 2, ROWS - CELLS // 3]
    spent = []
    for row in (start + i for start in starts for i in range(CELLS // 3)):
        began = time.monotonic()
        text = person.cell(table, row, 0)
        spent.append((time.monotonic() - began) * 1000)
        if not text.startswith("+"):
            raise AssertionError(f"row {row} reads “{text}”")
    median = statistics.median(spent)
    check(median < MOST_MS, f"a cell is read in {median:.1f} ms (median of {len(spent)}; the worst {max(spent):.0f} ms)")


def walk(person, table, listener):
    """Which cells a screen reader would speak."""
    for key, row in [("ctrl+End", ROWS - 1), ("Up", ROWS - 2), ("Down", ROWS - 1), ("ctrl+Home", 0), ("Down", 1)]:
        listener.forget()
        expected = [person.cell(table, row, column) for column in range(3)]

        def heard():
            listener.listen()
            return any(name in expected for name in listener.focused)

        person.press(key)
        wait_for(f"the keyboard in row {row} after {key}", heard)
        check(sum(listener.counts.values()) < 10, f"{key} is told as the cell of row {row}, in {sum(listener.counts.values())} events")


def forget_peak(person):
    pathlib.Path(f"/proc/{person.process.pid}/clear_refs").write_text("5")


def peak_mb(person):
    """The most memory the program had since forget_peak()."""
    status = pathlib.Path(f"/proc/{person.process.pid}/status").read_text()
    return int(re.search(r"VmHWM:\s*(\d+)", status).group(1)) / 1024


def select_all(person, table, listener):
    listener.forget()
    forget_peak(person)
    before = peak_mb(person)
    person.press("ctrl+a")
    wait_for("a selected cell", lambda: listener.listen() or listener.counts["object:state-changed:selected"])
    person.cell(table, 0, 0)
    events, grown = sum(listener.counts.values()), peak_mb(person) - before
    check(events < 10, f"selecting all is told in {events} events")
    check(grown < MOST_MB, f"and makes no note of each cell ({grown:.0f} MB more)")


def copy(person, table):
    person.press("ctrl+c")
    person.find_text("1,000,000")
    person.picture("9-copy-question")
    began = time.monotonic()
    person.press("Return")
    person.find_text("1,000,000 rows are on the clipboard.")
    print(f"  copied in {time.monotonic() - began:.1f} s", flush=True)
    person.picture("10-copied")


def journey(program, pictures, scratch):
    listener = Listener()
    person = Person([program, "--demo", "--demo-rows", str(ROWS)], pictures, scratch / "millionrows.log")
    table = person.find("Opted-out numbers", ["table"])
    listener.forget()
    load(person, table, listener)
    read_cells(person, table)
    person.press("ctrl+t")
    person.wait_for_keyboard("Opted-out numbers")
    walk(person, table, listener)
    select_all(person, table, listener)
    copy(person, table)
    check(person.leave() == 0, "the program ends with status 0")


def main():
    program, _, pictures = sys.argv[1:]
    scratch = pathlib.Path(os.environ["DESKTOP_SCRATCH"])
    print("A million rows under a screen reader:", flush=True)
    try:
        journey(program, pathlib.Path(pictures), scratch)
    except BaseException:
        subprocess.run(["import", "-window", "root", str(pathlib.Path(pictures) / "failed-millionrows.png")], check=False)
        for log in scratch.glob("*.log"):
            print(f"--- {log.name}", log.read_text(errors="replace")[-4000:], sep="\n")
        raise
    print("passed")


if __name__ == "__main__":
    main()
