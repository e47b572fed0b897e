# test/Live/Inputs/serve-unix.py: serve-unix.py NAME COMMAND..., runs the
# command while somebody listens on the unix socket; @NAME is an abstract one.
# With --dgram it is a socket of datagrams, and what came is named; with
# --stdin the command has an unconnected socket as descriptor 0.
# SPDX-License-Identifier: Apache-2.0
import os
import socket
import subprocess
import sys

words = sys.argv[1:]
options = set()
while words[0].startswith("--"):
    options.add(words.pop(0))
kind = socket.SOCK_DGRAM if "--dgram" in options else socket.SOCK_STREAM
path = words[0]
name = "\0" + path[1:] if path.startswith("@") else path
if not path.startswith("@") and os.path.exists(path):
    os.unlink(path)
server = socket.socket(socket.AF_UNIX, kind)
server.bind(name)
if kind == socket.SOCK_STREAM:
    server.listen()
stdin = socket.socket(socket.AF_UNIX) if "--stdin" in options else None
result = subprocess.run(words[1:], stdin=stdin)
server.settimeout(0.05)
try:
    if kind == socket.SOCK_DGRAM and server.recv(1):
        print("delivered", flush=True)
except OSError:
    pass
if not path.startswith("@"):
    os.unlink(path)
sys.exit(result.returncode)
