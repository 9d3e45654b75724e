# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""What several runs of one client in one case come to."""

import dataclasses
import statistics


@dataclasses.dataclass
class Summary:
    case: str
    client: str
    title: str
    family: str
    runs: int
    seconds: float  # medians from here on
    fastest: float
    slowest: float
    start_up: float
    reading: float  # seconds less start-up
    ratio: object  # reading to what the endpoint's limit allows; None where it sets none or nothing was complete
    to_program: object  # reading to the program's in the same case; None if either is not complete
    calls: float
    throttled: float
    throttled_later: float
    rows: float
    cpu_seconds: float
    complete: bool  # each run was
    outcome: str


def _outcome(runs):
    good = sum(run.complete for run in runs)
    if good == len(runs):
        return "complete"
    bad = next(run for run in runs if not run.complete)
    return bad.outcome if len(runs) == 1 else f"{good} of {len(runs)} complete; {bad.outcome}"


def summarise(case, clients, runs, start_ups):
    """One Summary a client, in the order of clients. ``start_ups`` is the seconds of each by name."""
    summaries = []
    for client in clients:
        own = [run for run in runs if run.case == case.name and run.client == client.name]
        if not own:
            continue
        # How long it took to fail says nothing about how fast a client reads.
        judged = [run for run in own if run.complete] or own

        def median(member, among=judged):
            return statistics.median(getattr(run, member) for run in among)

        seconds = median("seconds")
        reading = max(0.0, seconds - start_ups[client.name])
        complete = all(run.complete for run in own)
        limit = case.limit()
        summaries.append(Summary(
            case.name, client.name, client.title, client.family, len(own), seconds,
            min(run.seconds for run in judged), max(run.seconds for run in judged), start_ups[client.name], reading,
            reading / limit if limit and judged[0].complete else None, None, median("calls"), median("throttled"),
            median("throttled_later"), median("rows"), median("cpu_seconds"), complete, _outcome(own)))
    program = next((summary for summary in summaries if summary.client == "program" and summary.complete), None)
    if program and program.reading > 0:
        for summary in summaries:
            if summary.complete:
                summary.to_program = summary.reading / program.reading
    return summaries
