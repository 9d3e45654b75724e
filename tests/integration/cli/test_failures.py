# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""Whatever fails: the right status, one line that says it, no half file under the asked name, no secret anywhere."""

import os
import pathlib
import resource
import shutil
import signal
import subprocess
import time
import unittest

from lab import BROWSER, Case, Endpoint, rows_of_csv, SECONDS

REQUEST_ID = r"\(request id [0-9a-f-]{36}\)"


class Refused(Case):
    def export(self, endpoint, *options, **more):
        return endpoint.browse("export", "--list", "Default", "--output", str(self.target), "--max-attempts", "1",
                               *options, **more)

    def test_service_errors_in_the_middle(self):
        for fault, words in {
            "denied@5": ("AccessDeniedException: ", "Reason: ACCOUNT_DISABLED", "AWS Support"),
            "expired-credentials@5": ("ExpiredTokenException: ", "AWS_SESSION_TOKEN"),
            "internal@5": ("InternalServerException: ",),
        }.items():
            with self.subTest(fault), Endpoint("--fault", fault) as endpoint:
                self.target.write_text("the list of yesterday")
                done = self.export(endpoint)
                self.failed(done, 1, *words)
                self.assertRegex(done.stderr, REQUEST_ID)
                self.assertEqual(self.target.read_text(), "the list of yesterday")
                self.assertEqual(os.listdir(self.folder), ["list.csv"])

    def test_answers_that_cannot_be_true(self):
        for fault, words in {
            "html@3": ("BadResponse: ",),
            "cut:100@3": (": ",),
            # More than once: Qt's HTTP sends a request again when a connection that was kept alive breaks.
            "reset@3x20": ("Network: ",),
            "redirect@3": (": ",),
        }.items():
            with self.subTest(fault), Endpoint("--fault", fault) as endpoint:
                self.failed(self.export(endpoint), 1, *words)
                self.assertEqual(os.listdir(self.folder), [])

    def test_part_on_standard_output_is_named_a_part(self):
        with Endpoint("--fault", "denied@150", rows=20_000) as endpoint:
            done = endpoint.browse("export", "--list", "Default")
        self.assertTrue(done.stdout)
        self.failed(done, 1, "AccessDeniedException", "written to standard output is incomplete")

    def test_nothing_on_standard_output_is_no_part(self):
        with Endpoint("--fault", "denied@1") as endpoint:
            done = endpoint.browse("export", "--list", "Default")
        self.assertFalse(done.stdout)
        self.failed(done, 1, "AccessDeniedException")
        self.assertNotIn("incomplete", done.stderr)

    def test_silence(self):
        with Endpoint("--fault", "stall@2") as endpoint:
            self.failed(self.export(endpoint, "--read-timeout", "0.5"), 1, "Timeout: ")
        self.assertEqual(os.listdir(self.folder), [])

    def test_giving_up_is_told_with_attempts_and_time(self):
        with Endpoint("--fault", "internal@3x1000") as endpoint:
            done = endpoint.browse("export", "--list", "Default", "--give-up-after", "3")
            attempts = len(endpoint.requests()) - 2
        self.failed(done, 1, "InternalServerException: ", f"; tried {attempts} times in ")
        self.assertRegex(done.stderr, r"; tried \d+ times in \d+ seconds")

    def test_an_error_that_is_no_fault_was_not_tried(self):
        with Endpoint("--fault", "internal@3x2", "--fault", "denied@5") as endpoint:
            done = endpoint.browse("export", "--list", "Default")
        self.failed(done, 1, "AccessDeniedException: ")
        self.assertNotIn("tried", done.stderr)

    def test_nobody_listens(self):
        with Endpoint() as endpoint:
            url = endpoint.url
        with Endpoint() as endpoint:
            self.failed(self.export(endpoint, "--endpoint-url", url), 1, "Network: ", "127.0.0.1")

    def test_fields_of_a_validation_error(self):
        with Endpoint() as endpoint:
            # Rules of the service that the program does not know beforehand: an ARN of another region.
            arn = "arn:aws:sms-voice:eu-west-1:111122223333:opt-out-list/Default"
            done = endpoint.browse("export", "--list", arn)
        self.failed(done, 1, "Exception: ")
        self.assertRegex(done.stderr, REQUEST_ID)

    def test_wrong_keys_stay_secret(self):
        secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
        with Endpoint() as endpoint:
            for changes in ({"AWS_SECRET_ACCESS_KEY": secret}, {"AWS_SESSION_TOKEN": secret}):
                with self.subTest(changes):
                    done = self.export(endpoint, "--verbose", environment=changes)
                    self.assertEqual(done.returncode, 1, done.stderr)
                    self.assertRegex(done.stderr, REQUEST_ID)
                    self.assertNotIn(secret, done.stderr)

    def test_verbose_tells_calls_and_no_numbers(self):
        number = "+14165550123"
        with Endpoint() as endpoint:
            done = endpoint.browse("lookup", "--verbose", "--list", "Default", number)
        self.assertEqual(done.returncode, 0)
        self.assertRegex(done.stderr, r"POST 127\.0\.0\.1\S* \S*DescribeOptedOutNumbers 200 [0-9a-f-]{36}")
        self.assertNotIn(number[1:], done.stderr)
        self.assertNotIn(endpoint.keys["AWS_ACCESS_KEY_ID"], done.stderr)


class NotSent(Case):
    def test_wrong_usage(self):
        with Endpoint() as endpoint:
            for arguments, words in {
                ("export",): "--list is missing",
                ("export", "--list", "Default", "--resume", "--demo"): "--demo cannot be used together with --resume",
                ("export", "--list", "Default", "--headroom", "91"): "--headroom takes a whole number from 0 to 90",
                ("lists", "--max-rate", "5", "--headroom", "10"): "--headroom cannot be used together with --max-rate",
                ("lists", "--resume"): "lists has no option --resume",
                ("lists", "--endpoint-url", "http://example.com"): "http",
                ("lists", "--endpoint-url", "ftp://127.0.0.1"): "http",
                ("lookup", "--list", "Default"): "lookup needs a number",
            }.items():
                with self.subTest(arguments):
                    done = endpoint.browse(*arguments)
                    self.failed(done, 2, words)
                    self.assertEqual(done.stdout, "")
            self.assertFalse(endpoint.log.exists() and endpoint.requests())

    def test_no_region(self):
        with Endpoint() as endpoint:
            done = endpoint.browse("lists", environment={"AWS_REGION": None, "AWS_DEFAULT_REGION": None})
            self.failed(done, 2, "--region", "AWS_REGION")

    def test_no_keys(self):
        with Endpoint() as endpoint:
            # Half a pair is an error, as in the AWS CLI, unless it is the secret half: that one is passed over.
            self.failed(endpoint.browse("lists", environment={"AWS_SECRET_ACCESS_KEY": None}), 1,
                        "AWS_SECRET_ACCESS_KEY")
            self.failed(endpoint.browse("lists", environment={"AWS_ACCESS_KEY_ID": None}), 1,
                        "NoCredentials: ", "aws configure", "--demo")

    def test_certificates_that_cannot_be_read(self):
        with Endpoint() as endpoint:
            self.failed(endpoint.browse("lists", environment={"AWS_CA_BUNDLE": "/nowhere.pem"}), 1, "/nowhere.pem")
            self.failed(endpoint.browse("lists", "--ca-bundle", "/nowhere.pem"), 1, "/nowhere.pem")

    def test_order_of_the_endpoints(self):
        wrong = "http://127.0.0.1:9"
        with Endpoint() as endpoint:
            self.succeeded(endpoint.browse("lists", environment={
                "AWS_ENDPOINT_URL": wrong, "AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2": endpoint.url}))
            self.succeeded(endpoint.browse("lists", "--endpoint-url", endpoint.url,
                                           environment={"AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2": wrong}))

    def test_help_and_version(self):
        with Endpoint() as endpoint:
            for command in ("export", "lists", "lookup"):
                version = endpoint.browse(command, "--version")
                self.succeeded(version)
                self.assertRegex(version.stdout, r"\Aoptout-browser \d+\.\d+\.\d+\n\Z")
                self.assertIn("Exit status", endpoint.browse(command, "--help").stdout)


class CannotWrite(Case):
    def test_places_that_cannot_be_written(self):
        with Endpoint() as endpoint:
            for place in (self.folder, self.folder / "nowhere" / "list.csv"):
                done = endpoint.browse("export", "--list", "Default", "--output", str(place))
                self.failed(done, 1, "Storage: ", str(place))
            # Found before anything was asked for.
            self.assertFalse(endpoint.log.exists() and endpoint.requests())
        self.assertEqual(os.listdir(self.folder), [])

    def test_full_disk(self):
        with Endpoint() as endpoint, open("/dev/full", "wb") as full:
            done = endpoint.browse("export", "--list", "Default", stdout=full)
            self.failed(done, 1, "Storage: ", "No space left on device", "incomplete")
            self.failed(endpoint.browse("lists", stdout=full), 1, "Storage: ", "No space left on device")

    @unittest.skipUnless(shutil.which("unshare"), "needs unshare, of Linux")
    def test_full_disk_under_the_file(self):
        self.target.write_text("the list of yesterday")
        # A small disk that nobody else sees, in a namespace of its own.
        script = ('mount -t tmpfs -o size=256k disk "$1" && cp "$0" "$1" && shift && "$@"; echo "ended with $?"; '
                  'ls -A "$PLACE"; cat "$PLACE/list.csv"')
        place = self.folder / "disk"
        place.mkdir()
        namespace = ["unshare", "--user", "--map-root-user", "--mount"]
        if subprocess.run([*namespace, "mount", "-t", "tmpfs", "disk", place], stderr=subprocess.DEVNULL).returncode:
            self.skipTest("this system mounts nothing for us")
        with Endpoint(rows=20_000) as endpoint:
            for options in ((), ("--sort", "number")):
                with self.subTest(options):
                    done = subprocess.run(
                        [*namespace, "sh", "-c", script, str(self.target), str(place), BROWSER, "export", "--list",
                         "Default", "--output", str(place / "list.csv"), *options],
                        env=endpoint.environment(PLACE=str(place)), stdin=subprocess.DEVNULL, capture_output=True,
                        text=True, timeout=SECONDS, check=False)
                    self.assertEqual(done.stdout, "ended with 1\nlist.csv\nthe list of yesterday", done.stderr)
                    self.assertRegex(done.stderr, r"\Aoptout-browser: Storage: [^\n]+No space left on device; free "
                                     r"some space there, or choose another place with --output\n\Z")

    def test_file_size_limit(self):
        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

        self.target.write_text("the list of yesterday")
        with Endpoint(rows=20_000) as endpoint:
            done = endpoint.browse("export", "--list", "Default", "--output", str(self.target), preexec_fn=limit)
        self.failed(done, 1, "Storage: ", str(self.target))
        self.assertEqual(self.target.read_text(), "the list of yesterday")
        self.assertEqual(os.listdir(self.folder), ["list.csv"])

    def test_reader_that_goes_away(self):
        with Endpoint(rows=20_000) as endpoint:
            reader, writer = os.pipe()
            os.close(reader)
            done = endpoint.browse("export", "--list", "Default", stdout=writer)
            os.close(writer)
            self.failed(done, 1, "Storage: ", "Broken pipe", "incomplete")

    def test_closed_standard_output(self):
        with Endpoint() as endpoint:
            done = endpoint.browse("export", "--list", "Default", stdout=None, preexec_fn=lambda: os.close(1))
            self.failed(done, 1, "Storage: ", "standard output")

    def test_closed_standard_error_and_input(self):
        def close():
            os.close(0)
            os.close(2)

        with Endpoint() as endpoint:
            done = endpoint.browse("export", "--list", "Default", "--output", str(self.target), preexec_fn=close)
            self.assertEqual(done.returncode, 0)
        self.assertEqual(len(rows_of_csv(self.target.read_bytes().decode())), 2500)


class Interrupted(Case):
    def interrupt(self, endpoint, number, calls=3, output=True):
        arguments = ["--output", str(self.target)] if output else []
        # A test runner may have been told to ignore Ctrl+C; the program keeps to that, so it is undone here.
        with open(os.devnull, "wb") as nowhere:
            process = subprocess.Popen([BROWSER, "export", "--list", "Default", *arguments],
                                       env=endpoint.environment(), stdin=subprocess.DEVNULL, stdout=nowhere,
                                       stderr=subprocess.PIPE,
                                       preexec_fn=lambda: signal.signal(number, signal.SIG_DFL))
        deadline = time.monotonic() + SECONDS
        while not endpoint.log.exists() or len(endpoint.requests()) < calls:
            self.assertLess(time.monotonic(), deadline)
            self.assertIsNone(process.poll())
            time.sleep(0.01)
        process.send_signal(number)
        sent = time.monotonic()
        _, error = process.communicate(timeout=SECONDS)
        self.assertLess(time.monotonic() - sent, 10)
        self.assertEqual(process.returncode, 130, error)
        return error.decode()

    def test_leaves_no_file(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            with self.subTest(number), Endpoint("--latency", "50", rows=100_000) as endpoint:
                self.assertEqual(self.interrupt(endpoint, number), "optout-browser: stopped\n")
                self.assertEqual(os.listdir(self.folder), [])

    def test_leaves_the_old_file(self):
        self.target.write_text("the list of yesterday")
        with Endpoint("--latency", "50", rows=100_000) as endpoint:
            self.interrupt(endpoint, signal.SIGINT)
        self.assertEqual(self.target.read_text(), "the list of yesterday")
        self.assertEqual(os.listdir(self.folder), ["list.csv"])

    def test_while_nothing_comes(self):
        for fault in ("stall@2", "throttle@2x100"):
            with self.subTest(fault), Endpoint("--fault", fault) as endpoint:
                self.interrupt(endpoint, signal.SIGINT, calls=1)
                self.assertEqual(os.listdir(self.folder), [])

    def test_standard_output_is_named_a_part(self):
        with Endpoint("--latency", "50", rows=100_000) as endpoint:
            self.assertIn("incomplete", self.interrupt(endpoint, signal.SIGINT, calls=60, output=False))

    def test_ignored_stays_ignored(self):
        with Endpoint("--latency", "20", rows=2500) as endpoint:
            process = subprocess.Popen([BROWSER, "export", "--list", "Default", "--output", str(self.target)],
                                       env=endpoint.environment(), stdin=subprocess.DEVNULL,
                                       preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN))
            while not endpoint.log.exists() or not endpoint.requests():
                time.sleep(0.01)
            process.send_signal(signal.SIGINT)
            self.assertEqual(process.wait(SECONDS), 0)
        self.assertEqual(len(rows_of_csv(pathlib.Path(self.target).read_bytes().decode())), 2500)


if __name__ == "__main__":
    unittest.main()
