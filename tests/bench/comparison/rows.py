# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""Rows as each client writes them, in one form: (number, milliseconds since 1970, opted out by the end user)."""

import csv
import datetime
import json

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
WHO = {"true": True, "false": False}


def milliseconds(text):
    """Python's clients make microseconds of a double: half a millisecond either way is the same moment."""
    time = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return round((time - EPOCH) / datetime.timedelta(milliseconds=1))


def from_csv(file):
    lines = csv.reader(file)
    if next(lines, None) is None:
        return []
    return sorted((number, milliseconds(time), WHO[by]) for number, time, by in lines)


def from_json(file):
    """What the AWS CLI prints; nothing at all if it gave up."""
    text = file.read()
    items = json.loads(text)["OptedOutNumbers"] if text.strip() else []
    return sorted(
        (item["OptedOutNumber"], milliseconds(item["OptedOutTimestamp"]), item["EndUserOptedOut"]) for item in items
    )


def read(path, form):
    """The rows of a file that may not exist or be cut off, as it is when a client gave up."""
    try:
        with open(path, encoding="utf-8", newline="") as file:
            return from_csv(file) if form == "csv" else from_json(file)
    except (OSError, ValueError, KeyError):
        return []
