#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""A secret access key goes in through the dialog, into the keychain, and is used for a read; after that it must not stand in any
file, log line or argument.

    tst_canary.py PROGRAM DEMO_ENDPOINT FOLDER_FOR_PICTURES

Needs the desktop that `desktop` beside it makes, and xdotool, import (ImageMagick) and pyatspi.
"""

import base64
import os
import pathlib
import subprocess
import sys

from person import PATIENCE, Person, wait_for


def demo_environment(lines):
    """What `optout-demo-endpoint --print-env` says, as a dictionary."""
    found = {}
    for line in lines:
        name, is_set, value = line.strip().removeprefix("export ").partition("=")
        if is_set and name.isupper():
            found[name] = value.split()[0].strip("'\"")
    return found


def fill(person, name, text):
    person.click(person.find(name, ["text", "password text", "entry"]))
    person.wait_for_keyboard(name)
    person.press("ctrl+a")
    person.type(text)


def arguments_of_everybody():
    for process in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
        try:
            yield process.read_bytes()
        except OSError:
            pass  # it has ended


def search(folder, needles):
    """Files below folder that hold one of the needles."""
    found = []
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            content = path.read_bytes()
            found += [f"{path}: {needle!r}" for needle in needles if needle in content]
    return found


def main():
    program, demo_endpoint, pictures = sys.argv[1:]
    scratch = pathlib.Path(os.environ["DESKTOP_SCRATCH"])
    endpoint = subprocess.Popen(
        [demo_endpoint, "--rows", "3000", "--print-env", "--until-stdin-closes"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    said = {}
    while not {"AWS_ENDPOINT_URL", "AWS_REGION", "AWS_SECRET_ACCESS_KEY"} <= said.keys():
        line = endpoint.stdout.readline()
        if not line:
            sys.exit("the demo endpoint ended before it said where it listens")
        said.update(demo_environment([line]))
    canary = said["AWS_SECRET_ACCESS_KEY"]

    # All the program can be made to say goes into its log.
    noisy = {"QT_LOGGING_RULES": "optout.*.debug=true\nqt.network*.debug=true\nqt6keychain*.debug=true"}
    person = Person([program], pictures, scratch / "canary.log", noisy)
    # xdotool's own argument is the key while it types: it is fed through a file descriptor instead.
    person.click(person.find("Connect to AWS…", ["push button", "button"]))
    fill(person, "Name", "Canary")
    dialog = person.find("Connections", ["dialog"])
    person.click(person.find("Region", ["combo box", "text"], root=dialog))
    person.press("ctrl+a")
    person.type(said["AWS_REGION"])
    person.press("Tab", "Tab")  # the first one closes the list of suggestions
    fill(person, "Access key ID", said["AWS_ACCESS_KEY_ID"])
    person.click(person.find("Secret access key", ["text", "password text"]))
    subprocess.run(["xdotool", "type", "--clearmodifiers", "--delay", "15", "--file", "-"], input=canary, text=True, check=True)
    person.click(person.find("Advanced"))
    fill(person, "Endpoint URL", said["AWS_ENDPOINT_URL"])
    person.picture("6-connection")
    person.click(person.find("Test connection"))
    person.find_text("The connection works.", patience=PATIENCE)
    person.picture("7-tested")
    person.click(person.find("Connect", ["push button", "button"]))
    tree = person.find("Opt-out lists", ["tree", "tree table", "list"])
    wait_for("the lists", lambda: tree.childCount > 1)
    person.press("ctrl+l")
    person.press("Home", "Return")
    table = person.find("Opted-out numbers", ["table"])
    person.find_text("Complete", patience=6 * PATIENCE)
    print(f"  {person.table_rows(table)} numbers read with the key from the dialog", flush=True)
    person.picture("8-connected")

    encodings = {canary.encode(), canary.encode("utf-16-le"), base64.b64encode(canary.encode()).rstrip(b"=")}
    in_arguments = [line for line in arguments_of_everybody() if any(needle in line for needle in encodings)]
    if person.leave() != 0:
        sys.exit("the program did not end well")

    # A second start takes the key from the keychain: it is kept there and nowhere else.
    person = Person([program], pictures, scratch / "canary.log", noisy)
    tree = person.find("Opt-out lists", ["tree", "tree table", "list"])
    wait_for("the lists, with the key from the keychain", lambda: tree.childCount > 1)
    person.leave()
    endpoint.stdin.close()
    endpoint.wait(PATIENCE)

    found = search(scratch, encodings)
    log = (scratch / "canary.log").read_text(errors="replace")
    if len(log) < 100:
        sys.exit("the log says next to nothing: the search would prove nothing")
    if in_arguments or found:
        sys.exit("the secret access key was found in: " + ", ".join(found + [repr(a) for a in in_arguments]))
    print(f"  the key stands in no argument and in none of {sum(1 for p in scratch.rglob('*') if p.is_file())} files")
    print("passed")


if __name__ == "__main__":
    main()
