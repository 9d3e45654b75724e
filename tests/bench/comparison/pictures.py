# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""Bars of each case, drawn by Matplotlib. On a white ground of their own, so that they read in dark viewers too."""

import os

import matplotlib

matplotlib.use("svg")

from matplotlib import pyplot  # noqa: E402  needs the choice above

# Okabe and Ito's colours, which colour-blind people can tell apart; the text beside each bar says the same.
COLOURS = {"program": "#0072B2", "bare": "#56B4E9", "cli": "#E69F00", "boto3": "#009E73", "sdk": "#CC79A7"}
STYLE = {
    "font.family": "DejaVu Sans",
    "font.size": 11,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "figure.facecolor": "white",
    "axes.facecolor": "white",
    "savefig.facecolor": "white",
    "text.color": "black",
    "hatch.linewidth": 0.6,
    "svg.hashsalt": "optout-bench",  # the same figures make the same file
}
BAR_INCHES = 0.42
WIDTH_INCHES = 10.5


def _words(summary, limited):
    """What stands beside a bar."""
    if not summary.complete:
        words = [summary.outcome]
    elif limited:
        words = [f"{summary.ratio:.2f} × limit", f"{summary.seconds:.1f} s"]
    else:
        words = [f"{summary.seconds:.2f} s", f"reading {summary.reading:.2f} s"]
        if summary.to_program is not None and summary.client != "program":
            words[1] += f" = {summary.to_program:.1f} × program"
    if summary.throttled:
        words.append(f"{summary.throttled:g} throttled")
    return ", ".join(words)


def _panel(axes, case, summaries):
    limit = case.limit()
    lengths = []
    for place, summary in enumerate(summaries):
        colour = COLOURS.get(summary.family, "#999999")
        style = {"height": 0.68, "edgecolor": "black", "linewidth": 0.6}
        if not summary.complete:
            style |= {"hatch": "///", "alpha": 0.45}  # no time to be compared with the others
        if limit:
            length = summary.reading / limit
            axes.barh(place, length, color=colour, **style)
            furthest = max(length, (summary.slowest - summary.start_up) / limit)
        else:
            length = summary.seconds
            axes.barh(place, min(summary.start_up, length), color="#DDDDDD", **style)
            axes.barh(place, summary.reading, left=min(summary.start_up, length), color=colour, **style)
            furthest = summary.slowest
        if not summary.complete:
            furthest = length
        elif summary.runs > 1:
            # A thin line from the fastest run to the slowest.
            nearest = summary.fastest if not limit else (summary.fastest - summary.start_up) / limit
            axes.plot([nearest, furthest], [place, place], color="black", linewidth=1.2, marker="|", markersize=7)
        lengths.append(furthest)
    longest = max([*lengths, 1.0 if limit else 0.0])
    for place, (summary, length) in enumerate(zip(summaries, lengths)):
        axes.text(length + longest * 0.012, place, _words(summary, limit), va="center", fontsize=10,
                  bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8})  # over the dashed line
    axes.set_yticks(range(len(summaries)), [summary.title for summary in summaries])
    axes.invert_yaxis()
    axes.set_xlim(0, longest * 1.75)  # room for the words
    axes.set_title(f"{case.title} ({case.pages} pages)", loc="left", fontsize=12, fontweight="bold")
    if limit:
        axes.axvline(1, color="black", linewidth=1, linestyle="--", zorder=0)
        axes.set_xlabel("time without start-up ÷ time that the endpoint allows (dashed: 1); hatched: not complete")
    else:
        axes.set_xlabel("seconds; grey: start-up; hatched: not complete")


def _height(summaries):
    return BAR_INCHES * len(summaries) + 1.1


def save(figure, folder, name):
    """As SVG and PNG."""
    for form in ("svg", "png"):
        metadata = {"Date": None} if form == "svg" else None
        figure.savefig(os.path.join(folder, f"{name}.{form}"), dpi=110, metadata=metadata, bbox_inches="tight")
    pyplot.close(figure)


def draw(folder, results):
    """A picture a case, and one of all. Returns the file names of the former by case."""
    shown = [(case, summaries) for case, summaries in results if summaries]
    if not shown:
        return {}
    names = {}
    with pyplot.rc_context(STYLE):
        for case, summaries in shown:
            figure, axes = pyplot.subplots(figsize=(WIDTH_INCHES, _height(summaries)), constrained_layout=True)
            _panel(axes, case, summaries)
            save(figure, folder, case.name)
            names[case.name] = f"{case.name}.svg"
        heights = [_height(summaries) for _, summaries in shown]
        figure, panels = pyplot.subplots(len(shown), figsize=(WIDTH_INCHES, sum(heights)), constrained_layout=True,
                                         squeeze=False, gridspec_kw={"height_ratios": heights})
        figure.set_constrained_layout_pads(hspace=0.04)
        for axes, (case, summaries) in zip(panels[:, 0], shown):
            _panel(axes, case, summaries)
        save(figure, folder, "all")
    return names
