#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""Reads the #include lines of app/ and ui/ and names each that goes against the direction of the layers.

    layering.py ROOT            checks the sources below ROOT
    layering.py --self-check    checks that wrong includes are found, in a small tree of its own
"""

import pathlib
import re
import sys
import tempfile

# library: the libraries it may include; what those may include, it may include too.
ARROWS = {
    "app": {
        "core": [],
        "domain": ["core"],
        "store": ["domain"],
        "aws": ["domain"],  # replies are read straight into the values the store takes
        "net": ["core"],
        "profile": ["aws"],
        "signin": ["profile", "net"],
        "secrets": ["aws"],  # what is kept are credentials
        "settings": ["core"],
        "checkpoint": ["domain", "secrets"],
        "export": ["store"],
        "service": ["domain", "aws", "net", "secrets"],
        "demo": ["domain", "aws", "net"],
        "cli": ["service", "export", "demo", "signin", "checkpoint", "settings"],
    },
    # Everything here may include all of app/, except what BARRED says.
    "ui": {
        "text": [],
        "models": ["text"],
        "presenters": ["models", "text"],
        "desktop": ["presenters"],
        "dialogs": ["presenters", "models", "text"],
        "widgets": ["desktop", "dialogs", "presenters", "models", "text"],
    },
}

# Single headers that a library must not include although the arrows allow their library.
BARRED = {
    ("app/demo", "aws/sigv4.h"): "the demo endpoint judges signatures by its own reckoning; shared code would prove nothing",
}

INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]', re.MULTILINE)


def reachable(arrows, library):
    found, queue = set(), [library]
    while queue:
        current = queue.pop()
        if current not in found:
            found.add(current)
            queue += arrows[current]
    return found


def judge(root, path, header, quoted):
    """Why this file may not include this header, or None."""
    layer, library = path.relative_to(root).parts[:2]
    barred = BARRED.get((f"{layer}/{library}", header))
    if barred:
        return barred
    if (root / "tests" / header).is_file() and not (path.parent / header).is_file():
        return "the program includes nothing of tests/"
    target = next((l for l in ("app", "ui") if (root / l / header).is_file()), None)
    if target is None:
        if ".." in pathlib.PurePosixPath(header).parts:
            return "paths start at app/ or ui/, not at the including file"
        # A quoted header that is no file here is a generated one: AUTOMOC's *.moc, uic's ui_*.h.
        if quoted and "/" in header and header.split("/")[0] in ARROWS["app"] | ARROWS["ui"]:
            return "there is no such header"
        return None
    if layer == "app" and target == "ui":
        return "app/ includes nothing of ui/"
    if layer == "ui" and target == "app":
        return None
    if path.parent == root / "ui":  # main.cpp builds the real parts and joins them
        return None
    included = header.split("/")[0]
    if included not in reachable(ARROWS[target], library):
        return f"{library} may include {', '.join(sorted(reachable(ARROWS[target], library)))}"
    return None


def check(root):
    problems, count = [], 0
    for layer, arrows in ARROWS.items():
        for path in sorted((root / layer).rglob("*")):
            if path.suffix not in (".h", ".cpp", ".mm"):
                continue
            count += 1
            parts = path.relative_to(root / layer).parts
            name = path.relative_to(root)
            if len(parts) > 1 and parts[0] not in arrows:
                problems.append(f"{name}: the folder {layer}/{parts[0]} has no place among the layers")
                continue
            text = path.read_text(encoding="utf-8")
            for match in INCLUDE.finditer(text):
                reason = judge(root, path, match[2], match[1] == '"')
                if reason:
                    line = text.count("\n", 0, match.start()) + 1
                    problems.append(f"{name}:{line}: includes {match[2]}: {reason}")
    return problems, count


def self_check():
    tree = {
        "app/core/a.h": "",
        "app/domain/b.h": '#include "core/a.h"\n#include <QString>\n',
        "app/core/up.cpp": '#include "domain/b.h"\n',
        "app/store/ok.cpp": '#include "core/a.h"\n#include "ok.moc"\n',
        "app/net/side.cpp": '#include "store/c.h"\n',
        "app/store/c.h": "",
        "app/cli/window.cpp": '#include <models/m.h>\n',
        "app/cli/dots.cpp": '#include "../core/a.h"\n',
        "app/cli/gone.cpp": '#include "core/gone.h"\n',
        "app/demo/sign.cpp": '#include "aws/sigv4.h"\n',
        "app/aws/sigv4.h": "",
        "app/other/x.cpp": "",
        "ui/models/m.h": '#include "store/c.h"\n',
        "ui/text/t.cpp": '#include "models/m.h"\n',
        "ui/main.cpp": '#include "cli/window.h"\n#include "models/m.h"\n',
        "app/cli/window.h": "",
    }
    wrong = ["app/core/up.cpp", "app/net/side.cpp", "app/cli/window.cpp", "app/cli/dots.cpp", "app/cli/gone.cpp",
             "app/demo/sign.cpp", "app/other/x.cpp", "ui/text/t.cpp"]
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, text in tree.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        found = sorted(problem.split(":")[0] for problem in check(root)[0])
    if found != sorted(wrong):
        sys.exit(f"found {found}\nexpected {sorted(wrong)}")
    print("wrong includes are found")


def main():
    if sys.argv[1:] == ["--self-check"]:
        return self_check()
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    problems, count = check(pathlib.Path(sys.argv[1]).resolve())
    for problem in problems:
        print(problem, file=sys.stderr)
    if count == 0:
        sys.exit("no sources found")
    if problems:
        sys.exit(1)
    print(f"{count} files, every include in order")


if __name__ == "__main__":
    main()
