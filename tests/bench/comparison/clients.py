# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""The clients: how each is called, what it writes, and which version it is."""

import dataclasses
import os
import platform
import re
import subprocess
import sys

from . import rows
from .cases import PAGE_SIZE

DRIVERS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "clients")


@dataclasses.dataclass(frozen=True)
class Client:
    name: str
    title: str
    family: str  # clients of one family share a colour and a version
    command: tuple  # {url}, {list}, {size} and {file} are replaced
    form: str = "csv"  # or json, or pages: it keeps no row, and is judged by the pages it got
    prints: bool = False  # what it prints goes to the file
    variables: tuple = ()

    def arguments(self, url, list_name, file):
        return [word.format(url=url, list=list_name, size=PAGE_SIZE, file=file) for word in self.command]

    def keeps_rows(self):
        return self.form != "pages"

    def is_for(self, case):
        """A client that reads no answer cannot tell that it was throttled."""
        return self.keeps_rows() or not case.quota

    def rows(self, file):
        return rows.read(file, self.form)


class Missing(Exception):
    """A client cannot be run here; the text says why."""


def _output(*command):
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise Missing(f"{command[0]} ended with {done.returncode}: {done.stderr.strip().splitlines()[-1:]}")
    return done.stdout.strip()


def _program(path):
    command = (
        path, "export", "--endpoint-url", "{url}", "--list", "{list}", "--page-size", "{size}", "--output", "{file}",
    )
    version = _output(path, "--version")
    if "--headroom" not in _output(path, "export", "--help"):
        return [Client("program", "Opt-Out Browser", "program", command)], version
    return [
        Client("program", "Opt-Out Browser, headroom 0", "program", (*command, "--headroom", "0")),
        Client("program-default", "Opt-Out Browser, default", "program", command),
    ], version


def _bare(path):
    if not path or not os.access(path, os.X_OK):
        raise Missing("there is no optout-bench-bare")
    return [Client("bare", "Bare client: signs, follows tokens, reads no row", "bare",
                   (path, "{url}", "{list}", "{size}"), "pages")], "one kept connection, blocking sockets"


def _cli(path):
    if not path:
        raise Missing("there is no aws")
    version = _output(path, "--version")
    if not version.startswith("aws-cli/2"):
        raise Missing(f"{path} is {version.split()[0]}, not version 2")
    command = (
        path, "--no-cli-pager", "--no-cli-auto-prompt", "--endpoint-url", "{url}", "--output", "json",
        "pinpoint-sms-voice-v2", "describe-opted-out-numbers", "--opt-out-list-name", "{list}", "--page-size", "{size}",
    )
    return [
        Client("cli", "AWS CLI, default", "cli", command, "json", True),
        Client("cli-adaptive", "AWS CLI, adaptive", "cli", command, "json", True, (("AWS_RETRY_MODE", "adaptive"),)),
    ], " ".join(version.split()[:2])


def _boto3():
    try:
        import boto3
        import botocore
    except ImportError as problem:
        raise Missing(f"{sys.executable} has no boto3") from problem
    driver = os.path.join(DRIVERS, "read_boto3.py")

    def client(name, title, mode):
        command = (sys.executable, "-B", driver, mode, "{url}", "{list}", "{size}", "{file}")
        return Client(name, title, "boto3", command)

    return [
        client("boto3", "boto3, default (legacy)", "legacy"),
        client("boto3-standard", "boto3, standard", "standard"),
        client("boto3-adaptive", "boto3, adaptive", "adaptive"),
    ], f"boto3 {boto3.__version__}, botocore {botocore.__version__}, Python {platform.python_version()}"


def _sdk(node, folder):
    driver = os.path.join(folder or "", "read_sdk.mjs")
    if not node:
        raise Missing("there is no node")
    if not folder or not os.path.isdir(os.path.join(folder, "node_modules")):
        raise Missing("the SDK is not installed (packaging/bench does that, if there is npm and a network)")
    manifest = os.path.join(folder, "node_modules", "@aws-sdk", "client-pinpoint-sms-voice-v2", "package.json")
    try:
        with open(manifest, encoding="utf-8") as file:
            version = re.search(r'"version": "([^"]+)"', file.read())[1]
    except OSError as problem:
        raise Missing(f"the SDK is not in {folder}") from problem

    def client(name, title, mode):
        return Client(name, title, "sdk", (node, driver, mode, "{url}", "{list}", "{size}", "{file}"))

    return [
        client("sdk-js", "AWS SDK for JavaScript, default (standard)", "standard"),
        client("sdk-js-adaptive", "AWS SDK for JavaScript, adaptive", "adaptive"),
    ], f"client-pinpoint-sms-voice-v2 {version}, Node.js {_output(node, '--version')}"


def find_clients(program, bare, aws, node, sdk):
    """(clients by name, versions by title, what is missing by title and why)"""
    sources = {
        "Opt-Out Browser": lambda: _program(program),
        "Bare client": lambda: _bare(bare),
        "AWS CLI": lambda: _cli(aws),
        "boto3": _boto3,
        "AWS SDK for JavaScript": lambda: _sdk(node, sdk),
    }
    clients, versions, missing = {}, {}, {}
    for title, source in sources.items():
        try:
            found, versions[title] = source()
            clients |= {client.name: client for client in found}
        except (Missing, OSError, subprocess.TimeoutExpired) as problem:
            missing[title] = str(problem)
    return clients, versions, missing
