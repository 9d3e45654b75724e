#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""From the welcome page to the CSV file, as a person with an assistive tool goes: things are found by their accessible names,
and worked with the pointer and the keyboard of a real X server.

    tst_window.py PROGRAM DEMO_ENDPOINT FOLDER_FOR_PICTURES

Needs the desktop that `desktop` beside it makes, and xdotool, import (ImageMagick) and pyatspi.
"""

import csv
import os
import pathlib
import re
import subprocess
import sys
import time

from person import PATIENCE, Person, wait_for

# The names that tests and assistive tools rely on, and the roles they may have.
ON_WELCOME_PAGE = ["Connect to AWS…", "Open the demo lists"]
IN_WINDOW = [
    "Opted-out numbers",
    "Opt-out lists",
    "Number filter",
    "Opted out by",
    "Read only these",
    "Opted out from",
    "Opted out until",
    "Clear filters",
    "Refresh",
    "Stop",
    "Export view…",
]


def check(condition, what):
    if not condition:
        raise AssertionError(what)
    print(f"  {what}", flush=True)


def expected_rows(demo_endpoint, name):
    dumped = subprocess.run([demo_endpoint, "--dump", name], check=True, capture_output=True, text=True).stdout
    return list(csv.DictReader(dumped.splitlines()))


def loaded_and_shown(person):
    """The two figures of "showing 3,120 of 12,400"; the same one twice where nothing is hidden."""
    text = person.find_text("showing", patience=PATIENCE).name
    figures = [int(f.replace(",", "").replace(".", "")) for f in re.findall(r"\d[\d,.]*", text)]
    return figures[-1], figures[0]


def journey(program, demo_endpoint, pictures, scratch):
    expected = expected_rows(demo_endpoint, "Default")
    person = Person([program], pictures, scratch / "journey.log")
    for name in ON_WELCOME_PAGE:
        person.find(name)
    person.picture("1-welcome")
    print("  the welcome page offers both ways in", flush=True)

    person.click(person.find("Open the demo lists", ["push button", "button"]))
    person.find_text("Complete", patience=6 * PATIENCE)
    table = person.find("Opted-out numbers", ["table", "tree table"])
    wait_for("all rows in the table", lambda: person.table_rows(table) == len(expected))
    check(True, f"the table holds all {len(expected)} numbers of the demo list")
    person.picture("2-complete")
    for name in IN_WINDOW:
        person.find(name)
    person.find("Pause", showing=False)
    print(f"  {len(IN_WINDOW) + 1} accessible names are there", flush=True)
    began = time.monotonic()
    number = person.cell(table, 0, 0)
    spent = (time.monotonic() - began) * 1000
    check(number == expected[0]["OptedOutNumber"], f"a cell is read through AT-SPI ({spent:.0f} ms)")

    # Finding hides nothing.
    last = expected[-1]["OptedOutNumber"].lstrip("+")
    person.press("ctrl+f")
    person.wait_for_keyboard("Find a number")
    person.type(last)
    hits = [row for row in expected if last in row["OptedOutNumber"]]
    person.find_text(f"1 of {len(hits)}")
    check(person.table_rows(table) == len(expected), "the last number of the list is found, and no row is hidden")
    person.picture("3-found")
    person.press("Return")
    person.find_text("went on from the top")
    person.press("Escape")
    person.find("Find a number", showing=False)
    check(not person.sees("Find a number"), "Escape closes the bar")

    # The pattern typed is a prefix; what passes is known from the dump.
    person.press("ctrl+shift+l")
    person.wait_for_keyboard("Number filter")
    person.type("+1")
    passing = [row for row in expected if row["OptedOutNumber"].lstrip("+").startswith("1")]
    wait_for(f"{len(passing)} rows", lambda: person.table_rows(table) == len(passing))
    check(True, f"the number filter leaves {len(passing)} rows")
    person.click(person.find("End user", ["radio button", "toggle button", "push button", "check box"]))
    passing = [row for row in passing if row["EndUserOptedOut"] == "true"]
    wait_for(f"{len(passing)} rows", lambda: person.table_rows(table) == len(passing))
    check(loaded_and_shown(person) == (len(expected), len(passing)), "the status line tells shown and loaded rows")
    person.picture("4-filtered")

    target = scratch / "view.csv"
    person.press("ctrl+e")
    person.wait_for_keyboard(root=person.find("Export view", ["dialog", "file chooser"]))
    person.press("ctrl+a")
    person.type(str(target))
    person.picture("5-export")
    person.press("Return")
    wait_for("the CSV file", target.exists)
    with target.open(encoding="utf-8", newline="") as file:
        written = list(csv.DictReader(file))
    check(written == passing, f"the CSV file holds exactly the {len(passing)} rows of the view, in its order")

    person.click(person.find("Clear filters"))
    wait_for("all rows again", lambda: person.table_rows(table) == len(expected))
    check(True, "clearing the filters shows all rows again")
    person.press("ctrl+shift+l")
    person.wait_for_keyboard("Number filter")
    person.type("+999999")
    wait_for("no row", lambda: person.table_rows(table) == 0)
    person.picture("6-filter-hides-all")
    person.press("Escape")
    wait_for("all rows again", lambda: person.table_rows(table) == len(expected))
    check(person.leave() == 0, "the program ends with status 0")


def main():
    program, demo_endpoint, pictures = sys.argv[1:]
    scratch = pathlib.Path(os.environ["DESKTOP_SCRATCH"])
    print("From the welcome page to the CSV file:", flush=True)
    try:
        journey(program, demo_endpoint, pathlib.Path(pictures), scratch)
    except BaseException:
        subprocess.run(["import", "-window", "root", str(pathlib.Path(pictures) / "failed.png")], check=False)
        for log in scratch.glob("*.log"):
            print(f"--- {log.name}", log.read_text(errors="replace")[-4000:], sep="\n")
        raise
    print("passed")


if __name__ == "__main__":
    main()
