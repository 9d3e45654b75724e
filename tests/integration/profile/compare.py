#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""Random profile files and environments: who botocore signs in as, and who the program does.

    compare.py PROBE botocore|awscli    against botocore by itself, or the one inside the AWS CLI v2

Each difference has to be explained below; one that is not fails the test.
"""

import json
import os
import random
import subprocess
import sys
import tempfile

SEED = 20260803  # the same input in every run
CASES = 1500

INVALID_INPUT, NO_CREDENTIALS = 1, 2  # Error::Kind

if sys.argv[2] == "awscli":
    import awscli  # noqa: F401 # from here on, botocore is the CLI's own
import oracle  # noqa: E402
from cases import Maker  # noqa: E402


def refused(plan):
    return isinstance(plan, dict)


def detail(ours):
    return ours["plan"].get("detail", "") if refused(ours.get("plan")) else ""


def env(case, name):
    return case["environment"].get(name)


# Reason, and whether it explains the difference of a case in one of "fatal", "section", "plan", "reason",
# "refused", "settings", "endpoints".
EXPLAINED = [
    ("botocore by itself takes AWS_DEFAULT_PROFILE before AWS_PROFILE; the CLI v2, as this program, the other way round",
     lambda case, what, ours, theirs: sys.argv[2] == "botocore" and not case["profile"]
     and env(case, "AWS_PROFILE") is not None and env(case, "AWS_DEFAULT_PROFILE") is not None),
    ("botocore by itself does not know AWS_REGION; the CLI v2 does",
     lambda case, what, ours, theirs: sys.argv[2] == "botocore" and env(case, "AWS_REGION") and (
         what == "refused" or what == "settings" and ours[what][1:] == theirs[what][1:])),
    ("AWS_REGION is set but empty: the CLI takes it and fails at an endpoint that cannot be, this program passes it over",
     lambda case, what, ours, theirs: env(case, "AWS_REGION") == "" and (
         what == "refused" and "region" in ours.get("refused", "")
         or what == "settings" and theirs[what][0] == "" and ours[what][1:] == theirs[what][1:])),
    ("duration_seconds out of STS's limits: the CLI finds out at the call, this program before",
     lambda case, what, ours, theirs: what == "plan" and "duration_seconds" in detail(ours)
     and "'DurationSeconds': 60" in str(theirs["plan"])),
    ("botocore before 1.41 does not know login_session",
     lambda case, what, ours, theirs: what == "plan" and '"login"' in json.dumps(ours["plan"])
     and not hasattr(oracle.credentials, "LoginProvider")),
    ("botocore before 1.31, and the AWS CLI before 2.13, do not know endpoints in files",
     lambda case, what, ours, theirs: what == "refused" and not oracle.ENDPOINTS
     and any(word in ours.get("refused", "") for word in ("services", "endpoint_url"))),
    ("botocore before 1.31 reads no token file of a container, and does not look for line breaks in a token",
     lambda case, what, ours, theirs: what == "plan" and not refused(theirs["plan"]) and theirs["plan"][0] == "container"
     and not hasattr(oracle.credentials.ContainerProvider, "ENV_VAR_AUTH_TOKEN_FILE")
     and (theirs["plan"][2] == "" or "line break" in detail(ours))),
]

# What both refuse has to be refused for the same reason: what botocore says, and what the program says to it.
SAME_REASON = [
    ("InfiniteLoopConfigError", "circle"),
    ("contains both source_profile", "there are both source_profile"),
    ("The credential source", "credential_source is"),
    ("does not exist.", "there is no such profile"),
    ("must have credentials", "has no keys"),
    ("No credentials found in credential_source", "nothing is set up there"),
    ("source_profile or credential_source", "Set source_profile or credential_source"),
    ("PartialCredentialsError", "missing or empty"),
    ("PartialCredentialsError: Partial credentials found in env", "AWS_SECRET_ACCESS_KEY is not"),
    ("is missing required configuration", "IAM Identity Center is set up, but"),
    ("sso-session does not exist", "there is no section [sso-session"),
    ("is inconsistent between", "is another here than in"),
    ("has no role ARN", "but no role"),
    ("Unsupported host", "which may not hand out keys"),
    ("InvalidIMDSEndpointModeError", "must be IPv4 or IPv6"),
    ("invalid literal for int()", "must be a whole number"),
    ("not a legal header value", "line break"),
]


def normal(ours, theirs):
    """Takes away what only differs in form."""
    for answer in (ours, theirs):
        if "plan" in answer and refused(answer["plan"]):
            plan = answer["plan"]
            missing = "missing" in plan or plan.get("kind") == NO_CREDENTIALS
            answer["verdict"] = "no such profile" if missing else "refused"
        elif "plan" in answer:
            answer["verdict"] = answer["plan"]
        answer.setdefault("verdict", None)


def same_reason(mine, other):
    return any(theirs in other and ours in mine for theirs, ours in SAME_REASON)


def differences(ours, theirs):
    """Names of the parts that differ."""
    if ("fatal" in ours) != ("fatal" in theirs):
        return ["fatal"]
    if "fatal" in ours:
        return []
    normal(ours, theirs)
    out = []
    if ours["verdict"] != theirs["verdict"]:
        out.append("plan")
    elif ours["verdict"] == "refused" and not same_reason(ours["plan"]["detail"], theirs["plan"]["error"]):
        out.append("reason")
    if theirs["verdict"] == "no such profile":
        return out
    if ours.get("section") != theirs.get("section"):
        out.append("section")
    if ("refused" in ours) != ("refused" in theirs):
        return out + ["refused"]
    if "refused" in ours:
        return out
    if ours["settings"] != theirs["settings"]:
        out.append("settings")
    if oracle.ENDPOINTS and ours["endpoints"] != theirs["endpoints"]:
        out.append("endpoints")
    return out


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOME"] = folder  # nothing of this machine's own configuration
        token_file = os.path.join(folder, "container-token")
        with open(token_file, "w", encoding="ascii") as file:
            file.write("from " + token_file)  # as profileprobe tells it
        maker = Maker(random.Random(SEED), folder)
        cases = [maker.case(number) for number in range(CASES)]
        theirs = [oracle.ask(case) for case in cases]
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            del os.environ[name]
        questions = "".join(json.dumps(case) + "\n" for case in cases)
        run = subprocess.run([sys.argv[1]], input=questions.encode(), stdout=subprocess.PIPE, check=True, timeout=240)
        ours = [json.loads(line) for line in run.stdout.splitlines()]
        assert len(ours) == CASES, f"{len(ours)} answers"
        sys.exit(judge(cases, ours, theirs))


def judge(cases, ours, theirs):
    explained = [0] * len(EXPLAINED)
    unexplained, seen = 0, {}
    for case, mine, other in zip(cases, ours, theirs, strict=True):
        for what in differences(mine, other):
            reasons = [i for i, (_, explains) in enumerate(EXPLAINED) if explains(case, what, mine, other)]
            if reasons:
                explained[reasons[0]] += 1
                continue
            unexplained += 1
            if unexplained <= 5:
                show(case, what, mine, other)
        verdict = other.get("verdict") or "fatal"
        kind = verdict if isinstance(verdict, str) else verdict[0]
        seen[kind] = seen.get(kind, 0) + 1
    print(f"{CASES} cases of botocore {oracle.botocore.__version__}: " + ", ".join(f"{n} {k}" for k, n in sorted(seen.items())))
    for count, (reason, _) in zip(explained, EXPLAINED):
        print(f"{count} differences explained: {reason}")
    print(f"{unexplained} differences not explained")
    # A comparison that only ever saw refusals would prove nothing.
    thin = [k for k in ("keys", "role", "web", "sso", "process", "container", "instance", "nothing", "refused", "fatal",
                        "no such profile") if seen.get(k, 0) < 10]
    if thin:
        print(f"too few cases of: {', '.join(thin)}")
    return 1 if unexplained or thin else 0


def show(case, what, mine, other):
    print(f"{what} differs for {case!r:.1500}")
    for path in (case["environment"]["AWS_CONFIG_FILE"], case["environment"]["AWS_SHARED_CREDENTIALS_FILE"]):
        if os.path.exists(path):
            with open(path, "rb") as file:
                print(f"  {os.path.basename(path)}: {file.read()!r:.2500}")
    print(f"  ours:     {mine!r:.1500}\n  botocore: {other!r:.1500}\n")


if __name__ == "__main__":
    main()
