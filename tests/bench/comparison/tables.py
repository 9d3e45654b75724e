# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""Sections of figures, as Markdown and as CSV. A bench of something else makes Sections of its own."""

import csv
import dataclasses


@dataclasses.dataclass
class Section:
    title: str
    text: str
    head: tuple
    rows: list  # of tuples of text, as many as the head has
    picture: str = ""  # a file name


def client_section(case, summaries, picture):
    """What a person wants to know of one case."""
    rows = []
    for summary in summaries:
        spread = f" ({summary.fastest:.2f}–{summary.slowest:.2f})" if summary.runs > 1 else ""
        rows.append((
            summary.title,
            f"{summary.seconds:.2f}{spread}",
            f"{summary.start_up:.2f}",
            f"{summary.reading:.2f}",
            "–" if summary.ratio is None else f"{summary.ratio:.3f}",
            "–" if summary.to_program is None else f"{summary.to_program:.2f}",
            f"{summary.calls:g}",
            f"{summary.throttled:g}",
            f"{summary.throttled_later:g}",
            f"{summary.rows:g}",
            f"{summary.cpu_seconds:.2f}",
            summary.outcome,
        ))
    runs = max((summary.runs for summary in summaries), default=0)
    together = "one client after the other"
    if case.at_once:
        together = "all clients at the same time, each against an endpoint of its own"
    text = (f"{case.rows} numbers in {case.pages} pages. Limit: {case.limit_words()}. "
            f"{'One run' if runs == 1 else f'Median (least–most) of {runs} runs'}, {together}.")
    head = ("client", "seconds", "start-up", "reading", "× limit", "× program", "calls", "throttled", "after page 20",
            "rows", "CPU s", "outcome")
    return Section(f"{case.name}: {case.title}", text, head, rows, picture)


def markdown(title, facts, text, sections):
    lines = [f"# {title}", "", "| | |", "|---|---|"]
    lines += [f"| {name} | {_cell(fact)} |" for name, fact in facts.items()]
    lines += ["", text]
    for section in sections:
        lines += ["", f"## {section.title}", "", section.text, ""]
        if section.picture:
            lines += [f"![{section.title}]({section.picture})", ""]
        lines.append(table(section))
    return "\n".join(lines) + "\n"


def table(section):
    lines = ["| " + " | ".join(section.head) + " |",
             "|" + "|".join("---" if i == 0 else "--:" for i in range(len(section.head))) + "|"]
    lines += ["| " + " | ".join(map(_cell, row)) + " |" for row in section.rows]
    return "\n".join(lines)


def _cell(text):
    return str(text).replace("|", "\\|")


def write_csv(path, summaries):
    """All summaries in one table, for a spreadsheet or a script."""
    if not summaries:
        return
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [field.name for field in dataclasses.fields(summaries[0])])
        writer.writeheader()
        writer.writerows(map(dataclasses.asdict, summaries))
