#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""Signs in with profiles of the AWS CLI in the window: a role that wants an MFA code, and a role whose keys end twice while a
list is read. STS and the lists are played by optout-demo-signin.

    tst_signin.py PROGRAM DEMO_SIGNIN FOLDER_FOR_PICTURES

Needs the desktop that `desktop` beside it makes, and xdotool, import (ImageMagick) and pyatspi.
"""

import os
import pathlib
import sys

os.environ["OPTOUT_DEMO_SIGNIN"] = sys.argv[2]
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "signin"))

from person import PATIENCE, Person, wait_for  # noqa: E402
from services import Services  # noqa: E402

ROWS = 8000
LATENCY = 100  # milliseconds a page: the read lasts longer than two lives of the keys
LIFETIME = 4  # seconds


def write_config(services):
    about = services.about
    folder = pathlib.Path.home() / ".aws"
    folder.mkdir(exist_ok=True)
    (folder / "config").write_text(f"""
[profile keys]
aws_access_key_id = {about['keys']['accessKeyId']}
aws_secret_access_key = {about['keys']['secretAccessKey']}
region = us-east-1

[profile guarded]
role_arn = {about['roles']['Guarded']}
source_profile = keys
mfa_serial = {about['mfaSerial']}
region = us-east-1

[profile reader]
role_arn = {about['roles']['Reader']}
source_profile = keys
region = us-east-1
""", encoding="utf-8")


def environment(services):
    return {"AWS_ENDPOINT_URL": services.url, "AWS_EC2_METADATA_DISABLED": "true"}


def with_a_code(program, pictures, log):
    with Services("--rows", 300) as services:
        write_config(services)
        person = Person([program, "--profile", "guarded"], pictures, log, environment(services))
        person.find("MFA code", ["text", "entry"])
        person.wait_for_keyboard("MFA code")
        person.type("000000")
        person.press("Return")
        person.find_text("refused the code")
        person.picture("9-code-refused")
        person.wait_for_keyboard("MFA code")
        person.type(services.about["mfaCodes"][0])
        person.press("Return")
        person.find_text("role Guarded")
        tree = person.find("Opt-out lists", ["tree", "tree table", "list"])
        wait_for("the lists", lambda: tree.childCount > 1)
        person.picture("10-signed-in-with-a-code")
        assert person.leave() == 0
        asked = len(services.calls("AssumeRole"))
        assert asked == 2, f"{asked} calls of AssumeRole instead of 2"
    print("  a code was refused, the next one taken, and the bar says whose role it is", flush=True)


def while_keys_end(program, pictures, log):
    with Services("--rows", ROWS, "--latency", LATENCY, "--lifetime", LIFETIME) as services:
        write_config(services)
        person = Person([program, "--profile", "reader"], pictures, log, environment(services))
        tree = person.find("Opt-out lists", ["tree", "tree table", "list"], patience=2 * PATIENCE)
        wait_for("the lists", lambda: tree.childCount > 1)
        person.click(wait_for("the list", lambda: next((row for row in tree if "Default" in row.name), None)))
        person.press("Return")
        try:
            person.find_text("Complete", patience=3 * PATIENCE)
        finally:
            person.picture("11-read-over-renewals")
        table = person.find("Opted-out numbers", ["table"])
        wait_for(f"{ROWS} rows", lambda: person.table_rows(table) == ROWS)
        assert person.leave() == 0
        renewals = len(services.calls("AssumeRole")) - 1
        pages = [call for call in services.calls("DescribeOptedOutNumbers") if call["status"] == 200]
        assert renewals >= 2, f"only {renewals} renewals"
        # Read in halves, the first three pages come again, and each half ends with a page of its own.
        assert ROWS // 100 <= len(pages) <= ROWS // 100 + 4, f"{len(pages)} pages were read: the read was begun again"
    print(f"  {ROWS} rows over {renewals} renewals, each page read once", flush=True)


def main():
    program, _, pictures = sys.argv[1:]
    log = pathlib.Path(os.environ["DESKTOP_SCRATCH"]) / "signin.log"
    try:
        with_a_code(program, pictures, log)
        while_keys_end(program, pictures, log)
    except BaseException:
        print(log.read_text(errors="replace")[-4000:])
        raise
    print("passed")


if __name__ == "__main__":
    main()
