# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""What things cost as the rows grow, both axes logarithmic: a straight line up is linear, a level one is flat."""

from matplotlib import pyplot

from .bounds import FLAT, GROWING
from .figures import find
from .pictures import STYLE, WIDTH_INCHES, save

# Okabe and Ito's colours; the marks tell the lines apart without them.
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#000000")
MARKS = "osD^vP*<>Xhd"


def _plot(axes, lines, figures, style):
    drawn = []
    for name, part, what in lines:
        points = [(figure.rows, figure.value) for figure in find(figures, part, what) if figure.value > 0]
        if points:
            place = len(axes.get_lines())
            axes.plot(*zip(*points), label=name, color=COLOURS[place % len(COLOURS)],
                      marker=MARKS[place % len(MARKS)], linestyle=style, linewidth=1.4, markersize=6)
            drawn += points
    return drawn


def draw(folder, name, figures):
    """Whether there was anything to draw."""
    with pyplot.rc_context(STYLE):
        picture, axes = pyplot.subplots(figsize=(WIDTH_INCHES, 6.2), constrained_layout=True)
        growing = _plot(axes, GROWING, figures, "-")
        drawn = growing + _plot(axes, FLAT, figures, "--")
        if not drawn:
            pyplot.close(picture)
            return False
        if growing:
            # For the eye: linear, from the dearest of the largest size downwards.
            most, dearest = max(growing)
            fewest = min(growing)[0]
            axes.plot([fewest, most], [dearest * fewest / most, dearest], color="#999999", linestyle=":", linewidth=1.2,
                      label="linear, for comparison", zorder=0)
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.grid(True, color="#E5E5E5", linewidth=0.6)
        axes.set_axisbelow(True)
        sizes = sorted({rows for rows, _ in drawn})
        axes.set_xticks(sizes, [f"{rows:,}" for rows in sizes])
        axes.minorticks_off()
        axes.set_xlabel("rows")
        axes.set_ylabel("milliseconds; dashed: each event in the shown table")
        axes.set_title("Cost as the rows grow", loc="left", fontsize=12, fontweight="bold")
        axes.legend(loc="center left", bbox_to_anchor=(1.01, 0.5), frameon=False, fontsize=10)
        save(picture, folder, name)
    return True
