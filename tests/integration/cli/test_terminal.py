# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""What is asked on the terminal that controls the program: nothing typed there shows, and it is left as it was."""

import base64
import fcntl
import os
import pty
import select
import signal
import socket
import subprocess
import termios
import threading
import time
import unittest

from lab import BROWSER, Case, Endpoint, SECONDS

GUARDED = """[profile guarded]
role_arn = arn:aws:iam::111122223333:role/Guarded
source_profile = keys
mfa_serial = arn:aws:iam::111122223333:mfa/ann
region = us-east-1
[profile keys]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
"""


class Terminal:
    """The program on a terminal of its own, with standard error apart, as with 2>file."""

    def __init__(self, arguments, environment):
        self.screen, self.device = pty.openpty()
        self.text = ""
        self.process = subprocess.Popen(
            [BROWSER, *arguments], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, start_new_session=True, pass_fds=[self.device],
            preexec_fn=lambda: fcntl.ioctl(self.device, termios.TIOCSCTTY, 0))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.communicate()
        os.close(self.screen)
        os.close(self.device)

    def wait_for(self, words, times=1):
        end = time.monotonic() + SECONDS
        while self.text.count(words) < times:
            if time.monotonic() > end or self.process.poll() is not None:
                raise AssertionError(f"{words} never came; the terminal shows:\n{self.text}\n")
            if select.select([self.screen], [], [], 0.1)[0]:
                self.text += os.read(self.screen, 65536).decode()

    def type(self, keys):
        os.write(self.screen, keys.encode())

    def echoes(self):
        return bool(termios.tcgetattr(self.device)[3] & termios.ECHO)

    def end(self):
        """Exit status and standard error."""
        _, stderr = self.process.communicate(timeout=SECONDS)
        while select.select([self.screen], [], [], 0)[0]:
            self.text += os.read(self.screen, 65536).decode()
        return self.process.returncode, stderr.decode()


class Proxy:
    """Asks each CONNECT for a user and password, and then refuses it all the same."""

    def __init__(self, login):
        self.login = b"Basic " + base64.b64encode(login.encode())
        self.asked = 0

    def __enter__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.address = "127.0.0.1:%d" % self.socket.getsockname()[1]
        threading.Thread(target=self._run, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.socket.close()

    def _run(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        with connection:
            head = b""
            while part := connection.recv(65536):
                head += part
                if b"\r\n\r\n" not in head:
                    continue
                self.asked += 1
                if self.login in head:
                    connection.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
                else:
                    connection.sendall(b"HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"office\"\r\n"
                                       b"Content-Length: 0\r\n\r\n")
                head = b""


class Asked(Case):
    def setUp(self):
        super().setUp()
        self.endpoint = Endpoint(rows=10)
        self.addCleanup(self.endpoint.__exit__)
        self.endpoint.__enter__()
        (self.folder / "config").write_text(GUARDED, encoding="utf-8")

    def terminal(self, *arguments, **changes):
        environment = self.endpoint.environment(
            AWS_CONFIG_FILE=str(self.folder / "config"), AWS_ACCESS_KEY_ID=None, AWS_SECRET_ACCESS_KEY=None, **changes)
        terminal = Terminal(arguments, environment)
        self.addCleanup(terminal.__exit__)
        return terminal

    def test_interrupt_leaves_the_terminal_as_it_was(self):
        for stop in ("\x03", signal.SIGTERM):
            with self.subTest(stop):
                terminal = self.terminal("lists", "--profile", "guarded")
                terminal.wait_for("MFA code of arn:aws:iam::111122223333:mfa/ann for profile guarded: ")
                self.assertFalse(terminal.echoes())
                terminal.type("12")
                if stop == "\x03":
                    terminal.type(stop)
                else:
                    terminal.process.send_signal(stop)
                status, _ = terminal.end()
                self.assertEqual(status, 130)
                self.assertTrue(terminal.echoes())
                self.assertNotIn("12\r", terminal.text)
        self.assertFalse(self.endpoint.log.exists() and self.endpoint.requests())

    def test_end_of_input(self):
        terminal = self.terminal("lists", "--profile", "guarded")
        terminal.wait_for("MFA code")
        terminal.type("\x04")
        status, stderr = terminal.end()
        self.assertEqual(status, 1, stderr)
        self.assertIn("NoCredentials: profile guarded: ", stderr)
        self.assertIn("No MFA code was given", stderr)
        self.assertTrue(terminal.echoes())

    def test_what_is_no_code_is_asked_for_again(self):
        terminal = self.terminal("lists", "--profile", "guarded")
        terminal.wait_for("MFA code")
        terminal.type("12345\n")
        terminal.wait_for("six digits")
        terminal.wait_for("MFA code", times=2)
        terminal.type("\x03")
        self.assertEqual(terminal.end()[0], 130)
        self.assertNotIn("12345", terminal.text)

    def test_password_of_a_proxy(self):
        with Proxy("ann:right") as proxy:
            terminal = self.terminal("lists", "--profile", "keys", HTTPS_PROXY=f"http://{proxy.address}",
                                     AWS_ENDPOINT_URL="https://sms-voice.elsewhere.invalid")
            for password, times in (("wrong", 1), ("right", 2)):
                terminal.wait_for(f"user for the proxy {proxy.address}: ", times)
                terminal.type("ann\n")
                terminal.wait_for("password: ", times)
                terminal.type(password + "\n")
            status, stderr = terminal.end()
        self.assertEqual(status, 1)
        self.assertIn("ProxyRefused: ", stderr)
        self.assertIn(proxy.address, stderr)
        self.assertNotIn("right", terminal.text + stderr)
        self.assertTrue(terminal.echoes())

    def test_password_of_a_proxy_without_a_terminal(self):
        with Proxy("ann:right") as proxy:
            for login, words in (("", "asks for a user and password"), ("ann:hidden@", "does not take")):
                with self.subTest(login):
                    done = self.endpoint.browse("lists", start_new_session=True, environment={
                        "HTTPS_PROXY": f"http://{login}{proxy.address}",
                        "AWS_ENDPOINT_URL": "https://sms-voice.elsewhere.invalid"})
                    self.failed(done, 1, "ProxyAuthenticationRequired: ", words, proxy.address, "HTTPS_PROXY")
                    self.assertNotIn("hidden", done.stderr)


if __name__ == "__main__":
    unittest.main()
