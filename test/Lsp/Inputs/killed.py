# test/Lsp/Inputs/killed.py: an editor that dies or ends while a policy is being analysed.
# SPDX-License-Identifier: Apache-2.0
#
# Usage: killed.py FOLDER with a FIFO base.srt, which nobody ever writes to. Prints how many
# processes of the server are left after each way to end.
import json
import os
import pathlib
import subprocess
import sys
import time

FOLDER = os.path.abspath(sys.argv[1])
TEXT = 'import "base.srt"; policy p extends base { allow read "/x"; }'


def framed(method, params, **more):
    body = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


def alive():
    """Processes with the folder in their command line, children of the server included."""
    found = []
    for path in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().split(b"\0")
        except OSError:
            continue
        if words[0].endswith(b"srt-lsp") and b"--std=" + FOLDER.encode() in words:
            found.append(path.parent.name)
    return len(found)


def wait_for(count, seconds):
    until = time.monotonic() + seconds
    while alive() != count and time.monotonic() < until:
        time.sleep(0.05)
    return alive()


def start():
    server = subprocess.Popen(["srt-lsp", "--std=" + FOLDER, "--time-limit=2"],
                              stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    server.stdin.write(framed("initialize", {}, id=1) + framed("textDocument/didOpen", {
        "textDocument": {"uri": f"file://{FOLDER}/p.srt", "languageId": "srt", "version": 1,
                         "text": TEXT}}))
    server.stdin.flush()
    print("analysing:", wait_for(2, 20))
    return server


server = start()
server.stdin.close()
print("input ended: status", server.wait(timeout=20), "left", wait_for(0, 20))
server = start()
server.kill()
server.wait()
# The child sees to itself: it was given two seconds, and ends a second later.
print("killed: left", wait_for(0, 30))
