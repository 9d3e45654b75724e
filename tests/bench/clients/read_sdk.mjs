// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
//
// read_sdk.mjs standard|adaptive URL LIST PAGE-SIZE FILE
//
// Reads a list with the paginator of the AWS SDK for JavaScript and writes it as CSV, page by page. Everything but the
// retry mode is left as the SDK has it. Keys and region come from the environment. Node looks for the SDK beside this
// file, so packaging/bench copies it to where that is installed.

import { closeSync, openSync, writeSync } from "node:fs";
import { PinpointSMSVoiceV2Client, paginateDescribeOptedOutNumbers } from "@aws-sdk/client-pinpoint-sms-voice-v2";

const [mode, endpoint, list, pageSize, path] = process.argv.slice(2);

async function main() {
    const client = new PinpointSMSVoiceV2Client({ endpoint, retryMode: mode });
    const file = openSync(path, "w");
    writeSync(file, "OptedOutNumber,OptedOutTimestamp,EndUserOptedOut\n");
    const pages = paginateDescribeOptedOutNumbers({ client, pageSize: Number(pageSize) }, { OptOutListName: list });
    for await (const page of pages) {
        let text = "";
        for (const row of page.OptedOutNumbers)
            text += `${row.OptedOutNumber},${row.OptedOutTimestamp.toISOString()},${row.EndUserOptedOut}\n`;
        writeSync(file, text);
    }
    closeSync(file);
    client.destroy();
}

main().catch((problem) => {
    console.error(`${problem.name}: ${problem.message}`);
    process.exitCode = 1;
});
