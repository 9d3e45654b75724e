# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""What the tests of signing in share: a home folder with AWS's files, the program in it, terminals, proxies and TLS.

OPTOUT_BROWSER names the program, OPTOUT_DEMO_SIGNIN the services (see services.py).
"""

import contextlib
import csv
import fcntl
import os
import pathlib
import pty
import re
import select
import shutil
import socket
import ssl
import subprocess
import tempfile
import termios
import threading
import time
import unittest

from services import Services

BROWSER = os.environ["OPTOUT_BROWSER"]
SECONDS = 120  # for one process; sanitizers and a busy machine included


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        lines = [tuple(line) for line in csv.reader(file)]
    assert lines[0] == ("OptedOutNumber", "OptedOutTimestamp", "EndUserOptedOut"), lines[0]
    return lines[1:]


class Done:
    """How a process on a terminal ended, and all that stood on the terminal."""

    def __init__(self, returncode, stderr):
        self.returncode = returncode
        self.stderr = stderr


class Case(unittest.TestCase):
    """Each test has a home folder of its own. `home` is a pathlib.Path; the files are those that the AWS CLI reads."""

    maxDiff = 2000

    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.home)
        (self.home / ".aws").mkdir()
        self.target = self.home / "list.csv"

    def start(self, *options, rows=250):
        """The services, for this test; the program is pointed at them by its environment."""
        self.services = Services("--rows", rows, *options)
        self.addCleanup(self.services.__exit__)
        self.services.__enter__()
        return self.services

    def config(self, text, **values):
        """Writes ~/.aws/config. [profile keys] with the right keys is always there; {role:X} etc. stand for values."""
        about = self.services.about
        keys = about["keys"]
        values |= about["roles"] | {"serial": about["mfaSerial"], "home": self.home}
        text = text.format(**values)
        text += (f"\n[profile keys]\naws_access_key_id = {keys['accessKeyId']}\n"
                 f"aws_secret_access_key = {keys['secretAccessKey']}\nregion = us-east-1\n")
        (self.home / ".aws" / "config").write_text(text, encoding="utf-8")

    def environment(self, **changes):
        """All that the program gets: no display, no other account, nothing of the caller's. None takes one away."""
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.home), "LC_ALL": "C.UTF-8",
                       "QT_QPA_PLATFORM": "there-is-no-such-platform", "AWS_EC2_METADATA_DISABLED": "true",
                       "AWS_ENDPOINT_URL": self.services.url, "TERM": "xterm"}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS"):
            if name in os.environ:
                environment[name] = os.environ[name]
        environment.update(changes)
        return {name: str(value) for name, value in environment.items() if value is not None}

    def command(self, profile, *options, target=None):
        asked = ["--profile", profile] if profile else []
        return [BROWSER, "export", *asked, "--list", "Default", "--output", str(target or self.target), *options]

    def export(self, profile, *options, target=None, **environment):
        """Without a terminal."""
        done = subprocess.run(self.command(profile, *options, target=target), env=self.environment(**environment),
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              timeout=SECONDS, check=False)
        self.tells_no_secret(done.stderr + done.stdout)
        return done

    def export_on_terminal(self, profile, *dialogue, options=(), **environment):
        """On a terminal of its own. dialogue: (pattern to wait for, what to type, or a function of the match)."""
        master, slave = pty.openpty()
        with contextlib.closing(os.fdopen(master, "rb+", buffering=0)) as screen:
            process = subprocess.Popen(
                self.command(profile, *options), env=self.environment(**environment), stdin=slave, stdout=slave,
                stderr=slave, start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
            os.close(slave)
            try:
                text = self._converse(screen, dialogue)
                status = process.wait(SECONDS)
            finally:
                process.kill()
                process.wait()
        self.tells_no_secret(text)
        return Done(status, text)

    def _converse(self, screen, dialogue):
        text, seen, left, end = "", 0, list(dialogue), time.monotonic() + SECONDS
        while time.monotonic() < end:
            if not select.select([screen], [], [], 1)[0]:
                continue
            try:
                part = screen.read(65536)
            except OSError:  # EIO: nobody has the terminal open any more
                break
            if not part:
                break
            text += part.decode()
            while left and (match := re.compile(left[0][0]).search(text, seen)):
                answer = left.pop(0)[1]
                seen = match.end()
                time.sleep(0.2)  # as a person would: after the echo was turned off
                typed = answer(match) if callable(answer) else answer
                if typed is not None:
                    screen.write(typed.encode() + b"\n")
        self.assertEqual([pattern for pattern, _ in left], [], f"never came; the terminal shows:\n{text}")
        return text

    def tells_no_secret(self, text):
        about = self.services.about
        secrets = [about["keys"]["secretAccessKey"], about["temporaryKeys"]["sessionToken"], about["ssoToken"],
                   about["containerToken"], about["webIdentityToken"]]
        for secret in secrets:
            self.assertNotIn(secret, text)
        for code in about["mfaCodes"]:  # six digits at random, which an account's number may have in it
            self.assertNotRegex(text, rf"(?<!\d){code}(?!\d)")

    def succeeded(self, done, count=None):
        self.assertEqual(done.returncode, 0, done.stderr)
        found = rows(self.target)
        self.assertEqual(len(found), 250 if count is None else count)
        return found

    def failed(self, done, *words, status=1):
        """That status, a last line on standard error with these words, and no file."""
        self.assertEqual(done.returncode, status, done.stderr)
        # On a terminal, progress was written over and over in the same line.
        last = re.split(r"[\r\n]|\x1b\[K", done.stderr.strip())[-1]
        self.assertTrue(last.startswith("optout-browser: "), done.stderr)
        for word in words:
            self.assertIn(word, last)
        self.assertFalse(self.target.exists())
        return last


class Listener:
    """A thread that has each connection to a port of 127.0.0.1 served; ends with the `with`."""

    def __init__(self, serve):
        self.serve = serve

    def __enter__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join(5)

    def _run(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self._one, args=(connection,), daemon=True).start()

    def _one(self, connection):
        with contextlib.suppress(OSError), connection:
            self.serve(connection)


def refusing_proxy(answer, asked):
    """Answers each CONNECT with these bytes; what was asked for is added to the list."""

    def serve(connection):
        head = b""
        while b"\r\n\r\n" not in head and (part := connection.recv(65536)):
            head += part
        asked.append(head.split(b"\r\n")[0].decode())
        connection.sendall(answer)

    return Listener(serve)


def certificate(folder):
    """A certificate of 127.0.0.1 that nobody has signed, with its key in the same file."""
    path = pathlib.Path(folder, "certificate.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
                    "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(path), "-out", str(path) + ".crt"],
                   check=True, capture_output=True)
    path.write_text(path.read_text() + pathlib.Path(str(path) + ".crt").read_text())
    return path


def tls_in_front(port, certificate_file):
    """Speaks TLS and hands everything on to the port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate_file)

    def serve(connection):
        with context.wrap_socket(connection, server_side=True) as client, \
                socket.create_connection(("127.0.0.1", port)) as server:
            client.settimeout(60)
            while True:
                if not client.pending() and not select.select([client, server], [], [])[0]:
                    return
                if client.pending() or select.select([client], [], [], 0)[0]:
                    if not (data := client.recv(65536)):
                        return
                    server.sendall(data)
                if select.select([server], [], [], 0)[0]:
                    if not (data := server.recv(65536)):
                        return
                    client.sendall(data)

    return Listener(serve)
