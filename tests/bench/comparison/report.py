# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""Writes everything to a folder: results.md, results.csv, results.json, and a picture a case as SVG and PNG."""

import dataclasses
import json
import os

from . import bounds, store, tables

TITLE = "Opt-Out Browser, measured"
HOW = """\
Of the cases that read a list: each client reads the whole list from `optout-demo-endpoint` on this machine, in pages of 100, with the same keys and
the same Region, and writes it to a file: the program and the small programs around boto3 and the AWS SDK for
JavaScript as CSV, the AWS CLI as its JSON. Settings are each client's own, except the retry mode and what the name of
the client says. Each run has a fresh endpoint and an empty home folder. *Seconds* is from start to end of the
process; *start-up* is what the same client takes for a list without rows; *reading* is the difference; *× limit* is
reading to the time that the endpoint allows for calls made one after the other, and can be below 1 without a quota,
if a client makes calls side by side. *Throttled* is counted at the endpoint; *after page 20* are those after the
first 20 pages, by when the quota can be known. *Rows* are compared one by one with what the endpoint holds;
*complete* means equal. If runs of a client failed, its figures are those of its complete runs, or, without any, of
the failed ones."""


def write(folder, facts, results, runs, figures=()):
    """``results`` is a list of (case, summaries), ``figures`` what the case "store" found. Returns the table of what
    must be reached as text."""
    pictures, why_not = _draw(folder, results, figures)
    if why_not:
        facts = facts | {"No pictures": why_not}
    summaries = [summary for _, of_case in results for summary in of_case]
    reached = bounds.section(figures, summaries)
    sections = [reached] if reached else []
    if figures:
        sections.append(store.section(figures, pictures.get(store.NAME, "")))
    sections += [tables.client_section(case, of_case, pictures.get(case.name, "")) for case, of_case in results]
    with open(os.path.join(folder, "results.md"), "w", encoding="utf-8") as file:
        file.write(tables.markdown(TITLE, facts, HOW if results else "", sections))
    tables.write_csv(os.path.join(folder, "results.csv"), summaries)
    with open(os.path.join(folder, "results.json"), "w", encoding="utf-8") as file:
        json.dump({
            "facts": facts,
            "cases": [dataclasses.asdict(case) | {"limit": case.limit()} for case, _ in results],
            "summaries": [dataclasses.asdict(summary) for summary in summaries],
            "runs": [dataclasses.asdict(run) for run in runs],
            "figures": [dataclasses.asdict(figure) for figure in figures],
            "reached": [dict(zip(reached.head, row)) for row in reached.rows] if reached else [],
        }, file, indent=1)
    return tables.table(reached) if reached else ""


def _draw(folder, results, figures):
    """(picture's file name by case, why there is none)"""
    try:
        from . import growthpicture, pictures
    except ImportError as problem:
        return {}, str(problem)
    names = pictures.draw(folder, results)
    if figures and growthpicture.draw(folder, store.NAME, figures):
        names[store.NAME] = f"{store.NAME}.svg"
    return names, ""
