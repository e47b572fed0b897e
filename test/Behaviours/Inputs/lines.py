# test/Behaviours/Inputs/lines.py: lines.py LOG: each denial in short, its path
# from the project's parent. lines.py --full-pipe COMMAND...: succeeds if the
# command ends with status 42 though nobody reads what it is denied.
# SPDX-License-Identifier: Apache-2.0
import json
import os
import subprocess
import sys

if sys.argv[1] == "--full-pipe":
    reader, writer = os.pipe()
    environment = dict(os.environ, SRT_DENIALS=f"fd:{writer}")
    status = subprocess.run(sys.argv[2:], env=environment, pass_fds=[writer]).returncode
    sys.exit(status != 42)

with open(sys.argv[1], encoding="utf-8") as log:
    for line in log:
        found = json.loads(line)
        path = found.get("path") or bytes.fromhex(found["path_hex"]).decode(errors="replace")
        if path.startswith("/dev/tty"):  # bash asks for its terminal
            continue
        print(found["denied"], path.split("/t/", 1)[-1], found.get("text"))
