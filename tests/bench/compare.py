#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""Measures the program beside AWS's own clients against the demo endpoint, and with many rows in memory.
packaging/bench calls it."""

import argparse
import dataclasses
import os
import shutil
import statistics
import sys

sys.dont_write_bytecode = True

from comparison import machine, report, store  # noqa: E402
from comparison.cases import all_cases  # noqa: E402
from comparison.clients import find_clients  # noqa: E402
from comparison.endpoint import dump  # noqa: E402
from comparison.runs import LIST, Runner  # noqa: E402
from comparison.summary import summarise  # noqa: E402


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="*", metavar="CASE", help=f"all unless given: {', '.join(known_names())}")
    parser.add_argument("--program", required=True, help="optout-browser")
    parser.add_argument("--endpoint", required=True, help="optout-demo-endpoint")
    parser.add_argument("--bare", help="optout-bench-bare")
    parser.add_argument("--store-bench", help="optout-bench-store")
    parser.add_argument("--window", help="optout-bench-window")
    parser.add_argument("--aws", default=shutil.which("aws"), help="the AWS CLI, version 2")
    parser.add_argument("--node", default=shutil.which("node"), help="Node.js")
    parser.add_argument("--sdk", help="the folder with read_sdk.mjs and the AWS SDK for JavaScript in node_modules")
    parser.add_argument("--clients", help="only these, separated by commas; then each has to be there")
    parser.add_argument("--output", required=True, help="the folder for tables and pictures")
    parser.add_argument("--quick", action="store_true", help="fewer pages, once: to try things out, not to be quoted")
    parser.add_argument("--pages", type=int, help="another number of pages in each case")
    parser.add_argument("--rows", type=int, action="append", help="another size for the case store; several times")
    parser.add_argument("--repetitions", type=int, help="another number of runs in each case")
    wish = parser.parse_args()
    # The clients run in another folder.
    for name in ("program", "endpoint", "bare", "store_bench", "window", "aws", "node", "sdk"):
        if path := getattr(wish, name):
            setattr(wish, name, os.path.abspath(path))
    return wish


def known_names():
    return [store.NAME, *all_cases()]


def store_case(wish):
    """None if it is not wanted, or cannot be and was not named."""
    if wish.cases and store.NAME not in wish.cases:
        return None
    if not wish.store_bench or not wish.window:
        if wish.cases:
            sys.exit("compare.py: the case store needs --store-bench and --window")
        print("left out: store: there is no optout-bench-store or no optout-bench-window")
        return None
    sizes = wish.rows or ([10_000, 100_000] if wish.quick else [10_000, 100_000, 1_000_000, 10_000_000])
    return store.StoreCase(wish.store_bench, wish.window, wish.program, tuple(sorted(sizes)),
                           wish.repetitions or (1 if wish.quick else 5))


def chosen_cases(wish):
    known = all_cases(wish.quick)
    for name in wish.cases:
        if name not in known_names():
            sys.exit(f"compare.py: there is no case {name}; there are {', '.join(known_names())}")
    changes = {name: value for name in ("pages", "repetitions") if (value := getattr(wish, name))}
    return [dataclasses.replace(known[name], **changes) for name in known if not wish.cases or name in wish.cases]


def chosen_clients(wish):
    clients, versions, missing = find_clients(wish.program, wish.bare, wish.aws, wish.node, wish.sdk)
    names = wish.clients.split(",") if wish.clients else list(clients)
    absent = [name for name in names if name not in clients]
    if absent or "program" not in clients:
        reasons = "; ".join(f"{title}: {why}" for title, why in missing.items())
        sys.exit(f"compare.py: no client {', '.join(absent) or 'program'}. There are {', '.join(clients)}. {reasons}")
    for title, why in missing.items():
        print(f"left out: {title}: {why}")
    return [clients[name] for name in names], versions, missing


def measure_start_up(wish, clients, runner):
    """(seconds by name, why a client is of no use by title): one broken installation must not cost the rest."""
    seconds, broken = {}, {}
    for client in clients:
        try:
            seconds[client.name] = statistics.median(runner.start_up(client, 1 if wish.quick else 5))
        except RuntimeError as problem:
            if wish.clients or client.family == "program":
                sys.exit(f"compare.py: {client.title}: {problem}")
            broken[client.title] = str(problem)
            print(f"left out: {client.title}: {problem}")
        else:
            print(f"start-up: {client.title}: {seconds[client.name]:.2f} s", flush=True)
    return seconds, broken


def measure(case, clients, runner, start_ups, endpoint):
    wanted = dump(endpoint, LIST, case.endpoint_options()[:2])
    runs = []
    # The repetitions stand outside, so that a slow minute of the machine meets all clients alike.
    for _ in range(case.repetitions):
        if case.at_once:
            runs += runner.run_at_once(case, clients, wanted, start_ups)
        else:
            runs += [runner.run(case, client, wanted) for client in clients]
    return runs


def measure_clients(wish, cases, runner, facts, written):
    """Adds to the facts, and calls written(results, runs) after each case, as the whole takes an hour."""
    clients, versions, missing = chosen_clients(wish)
    facts["Clients"] = "; ".join(
        version if version.startswith(title) else f"{title}: {version}" for title, version in versions.items())
    start_ups, broken = measure_start_up(wish, clients, runner)
    missing |= broken
    clients = [client for client in clients if client.name in start_ups]
    if missing:
        facts["Left out"] = "; ".join(f"{title}: {why}" for title, why in missing.items())
    results, runs = [], []
    for case in cases:
        runs += measure(case, [client for client in clients if client.is_for(case)], runner, start_ups, wish.endpoint)
        results.append((case, summarise(case, clients, runs, start_ups)))
        written(results, runs)
    return results


def main():
    wish = arguments()
    cases = chosen_cases(wish)
    many_rows = store_case(wish)
    os.makedirs(wish.output, exist_ok=True)
    facts = machine.facts(wish.program)
    if wish.quick or wish.pages or wish.repetitions or wish.rows:
        facts["Note"] = "fewer pages, rows or runs than usual: not to be quoted"

    def say(text):
        print(text, flush=True)

    results, reached, figures = [], "", []
    if many_rows:
        figures = many_rows.measure(say)
        reached = report.write(wish.output, facts, [], [], figures)
    if cases:
        def written(results, runs):
            nonlocal reached
            reached = report.write(wish.output, facts, results, runs, figures)

        results = measure_clients(wish, cases, Runner(wish.endpoint, say), facts, written)
    if reached:
        print(reached)
    print(f"written to {wish.output}: {', '.join(sorted(os.listdir(wish.output)))}")

    bad = [summary for _, summaries in results for summary in summaries
           if "WRONG" in summary.outcome or (summary.family == "program" and not summary.complete)]
    for summary in bad:
        print(f"compare.py: {summary.case}: {summary.title}: {summary.outcome}", file=sys.stderr)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
