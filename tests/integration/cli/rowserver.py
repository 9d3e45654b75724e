# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""An endpoint that gives whatever rows a test wants: such as the demo's lists do not have."""

import http.server
import json
import threading
import time


class RowServer:
    """``rows`` are (number, milliseconds since 1970 or None, end user). Checks no signature."""

    def __init__(self, rows, seconds=0):
        self._rows = rows
        self._seconds = seconds  # that each answer takes
        self.filters = set()  # that have been asked for: "true", "false" or None

    def __enter__(self):
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True
            wbufsize = -1  # header and body in one piece

            def do_POST(self):
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                body = json.dumps(outer.answer(asked)).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/x-amz-json-1.0")
                self.send_header("x-amzn-RequestId", "00000000-0000-4000-8000-000000000001")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()

    def answer(self, asked):
        time.sleep(self._seconds)
        rows = self._rows
        wanted = None
        for one in asked.get("Filters", []):
            assert one["Name"] == "end-user-opted-out", one
            [wanted] = one["Values"]
            rows = [row for row in rows if row[2] == (wanted == "true")]
        self.filters.add(wanted)
        first = int(asked.get("NextToken", "0"))
        end = first + asked["MaxResults"]
        numbers = []
        for number, milliseconds, by_end_user in rows[first:end]:
            item = {"OptedOutNumber": number, "EndUserOptedOut": by_end_user}
            if milliseconds is not None:
                item["OptedOutTimestamp"] = milliseconds / 1000
            numbers.append(item)
        answer = {"OptOutListName": asked["OptOutListName"], "OptedOutNumbers": numbers}
        if end < len(rows):
            answer["NextToken"] = str(end)
        return answer
