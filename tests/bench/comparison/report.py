# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""Writes everything to a folder: results.md, results.csv, results.json, and a picture a case as SVG and PNG."""

import dataclasses
import json
import os

from . import tables

TITLE = "Reading an opt-out list: the program and AWS's own clients"
HOW = """\
Each client reads the whole list from `optout-demo-endpoint` on this machine, in pages of 100, with the same keys and
the same Region, and writes it to a file: the program and the small programs around boto3 and the AWS SDK for
JavaScript as CSV, the AWS CLI as its JSON. Settings are each client's own, except the retry mode and what the name of
the client says. Each run has a fresh endpoint and an empty home folder. *Seconds* is from start to end of the
process; *start-up* is what the same client takes for a list without rows; *reading* is the difference; *× limit* is
reading to the time that the endpoint allows for calls made one after the other, and can be below 1 without a quota,
if a client makes calls side by side. *Throttled* is counted at the endpoint; *after page 20* are those after the
first 20 pages, by when the quota can be known. *Rows* are compared one by one with what the endpoint holds;
*complete* means equal. If runs of a client failed, its figures are those of its complete runs, or, without any, of
the failed ones."""


def write(folder, facts, results, runs):
    """``results`` is a list of (case, summaries)."""
    pictures, why_not = _draw(folder, results)
    if why_not:
        facts = facts | {"No pictures": why_not}
    sections = [tables.client_section(case, summaries, pictures.get(case.name, "")) for case, summaries in results]
    with open(os.path.join(folder, "results.md"), "w", encoding="utf-8") as file:
        file.write(tables.markdown(TITLE, facts, HOW, sections))
    summaries = [summary for _, of_case in results for summary in of_case]
    tables.write_csv(os.path.join(folder, "results.csv"), summaries)
    with open(os.path.join(folder, "results.json"), "w", encoding="utf-8") as file:
        json.dump({
            "facts": facts,
            "cases": [dataclasses.asdict(case) | {"limit": case.limit()} for case, _ in results],
            "summaries": [dataclasses.asdict(summary) for summary in summaries],
            "runs": [dataclasses.asdict(run) for run in runs],
        }, file, indent=1)


def _draw(folder, results):
    """(picture's file name by case, why there is none)"""
    try:
        from . import pictures
    except ImportError as problem:
        return {}, str(problem)
    return pictures.draw(folder, results), ""
