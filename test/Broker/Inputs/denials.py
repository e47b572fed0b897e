# test/Broker/Inputs/denials.py: denials.py BUNDLE DIR: where denials may go.
# SPDX-License-Identifier: Apache-2.0
import json
import os
import socket
import subprocess
import sys
import time

bundle, folder = sys.argv[1:]
MANY = "i=0; while [ $i -lt 3000 ]; do : > $0/fixed/x; i=$((i+1)); done 2> /dev/null"


def run(fd, script):
    return subprocess.run(["srt-load", bundle, "--", "sh", "-c", script, folder],
                          env=dict(os.environ, SRT_DENIALS="fd:%d" % fd),
                          pass_fds=[fd], stderr=subprocess.DEVNULL,
                          timeout=30).returncode


near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
run(far.fileno(), "mkdir $0/fixed/a")
print("socket:", near.recv(65536).count(b"\n"), "line")

read, write = os.pipe()
# dash ends at a failing redirection of a special command; `true` is none.
many = MANY.replace(":", "true")
start = time.time()
first = run(write, many)
text = os.read(read, 1 << 20)
flags = os.get_blocking(write)  # is the writer's own flag untouched?
second = run(write, "mkdir $0/fixed/a")
lines = text.decode().splitlines()
[json.loads(line) for line in lines]
is_right = first == 0 and 100 < len(lines) < 3000 and flags
# The count is of one sandbox; so a reader that catches up sees it there.
p = subprocess.Popen(["srt-load", bundle, "--", "sh", "-c", many + "; read x; mkdir $0/fixed/b", folder],
                     env=dict(os.environ, SRT_DENIALS="fd:%d" % write),
                     pass_fds=[write], stdin=subprocess.PIPE,
                     stderr=subprocess.DEVNULL)
os.read(read, 1 << 20)
time.sleep(3)
text = os.read(read, 1 << 20)
p.stdin.write(b"\n")
p.stdin.close()
p.wait()
text = os.read(read, 1 << 20).decode()
told = [json.loads(line) for line in text.splitlines()]
is_told = any("dropped" in one for one in told)
print("full pipe:", "nothing stalled, dropped told" if is_right and is_told
      else (first, len(lines), flags, text[-300:]))
os.close(read)
print("closed pipe: exit", run(write, "mkdir $0/fixed/c; exit 0"))
