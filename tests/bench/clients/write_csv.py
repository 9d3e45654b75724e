#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""write_csv.py values|text ROWS RUNS FILE

Writes rows like the program's with Python's csv module, and prints the seconds of each run. The rows are in memory before:
as the values that boto3 hands out, of which the module's text is made as it is written, as the program does; or as text.
"""

import csv
import datetime
import os
import random
import sys
import time

HEAD = ("OptedOutNumber", "OptedOutTimestamp", "EndUserOptedOut")


BEGIN = datetime.datetime(2020, 1, 26, tzinfo=datetime.timezone.utc)
SPAN_MILLISECONDS = 190_000_000_000


def lifelike(count):
    chance = random.Random(42)
    for _ in range(count):
        number = f"+{chance.choice((1416, 1212, 44770, 4915, 336))}{chance.randrange(10**7):07}"
        time_given = BEGIN + datetime.timedelta(milliseconds=chance.randrange(SPAN_MILLISECONDS))
        yield number, time_given, chance.random() < 0.75


def as_text(rows):
    for number, time_given, by_end_user in rows:
        # The program's form: 2023-01-04T23:53:04.858Z
        time_text = time_given.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        yield number, time_text, "true" if by_end_user else "false"


def main():
    form, count, runs, path = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    rows = list(lifelike(count))
    if form == "text":
        rows = list(as_text(rows))
    for _ in range(runs):
        begin = time.perf_counter()
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(HEAD)
            writer.writerows(rows if form == "text" else as_text(rows))
        print(time.perf_counter() - begin)
        os.remove(path)


main()
