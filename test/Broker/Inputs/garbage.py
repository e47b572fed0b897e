#!/usr/bin/env python3
# test/Broker/Inputs/garbage.py: replies that are none.
# SPDX-License-Identifier: Apache-2.0
#
# Usage: garbage.py SOCKET ASKER COMMAND... The command must fail with each.
import json
import subprocess
import sys

REPLIES = ["", "{}", "yes", '{"ask":N}', '{"answer":"once"}', '{"ask":N,"answer":"Once"}',
           '{"ask":N,"answer":"once"', '{"ask":N,"answer":"once"}}', '{"ask":"N","answer":"once"}',
           '{"ask":N,"ask":N,"answer":"once"}', '{"ask":N,"answer":"once","more":1}',
           '[{"ask":N,"answer":"once"}]', '{"ask":N0,"answer":"once"}', '{"ask":-N,"answer":"once"}',
           '{"ask":999999999999999999999,"answer":"once"}', "x" * 300, '{"ask":N,"answer":"on\\u0063e"}',
           '{"ask":N,,"answer":"once"}', '{"ask":0,"answer":"session"}', "\x00" * 20]
path, asker, command = sys.argv[1], sys.argv[2], sys.argv[3:]
for reply in REPLIES:
    out = subprocess.run([sys.executable, asker, path, json.dumps({"read.data": reply}), "--",
                          "env", "SRT_ASK_TIMEOUT=1"] + command, capture_output=True, text=True)
    if "status 1" not in out.stdout or out.returncode:
        sys.exit("%r: %s %s" % (reply, out.stdout, out.stderr))
print(len(REPLIES), "replies, all refused")
