#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""read_boto3.py legacy|standard|adaptive URL LIST PAGE-SIZE FILE

Reads a list with boto3's own paginator and writes it as CSV, page by page, as somebody would who wants a file of it.
Everything but the retry mode is left as boto3 has it. Keys and region come from the environment.
"""

import sys

import boto3
import botocore.config


def main():
    mode, url, name, page_size, path = sys.argv[1:]
    config = botocore.config.Config(retries={"mode": mode}, proxies={})
    client = boto3.client("pinpoint-sms-voice-v2", endpoint_url=url, config=config)
    pages = client.get_paginator("describe_opted_out_numbers").paginate(
        OptOutListName=name, PaginationConfig={"PageSize": int(page_size)}
    )
    with open(path, "w", encoding="utf-8") as file:
        file.write("OptedOutNumber,OptedOutTimestamp,EndUserOptedOut\n")
        for page in pages:
            for row in page["OptedOutNumbers"]:
                by_end_user = "true" if row["EndUserOptedOut"] else "false"
                file.write(f"{row['OptedOutNumber']},{row['OptedOutTimestamp'].isoformat()},{by_end_user}\n")


try:
    main()
except Exception as problem:  # whatever ends the read is the outcome, told in one line
    sys.exit(f"{type(problem).__name__}: {problem}")
