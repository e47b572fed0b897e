#!/usr/bin/env python3
# test/Network/Inputs/serve-unix.py: unix sockets that greet whoever comes.
# SPDX-License-Identifier: Apache-2.0
#
# Usage: serve-unix.py NAME... where @NAME is an abstract one. A path gets a
# datagram socket PATH.d as well. Goes on in the background for a minute; to
# a name that ends in "full" it listens for one, and takes that after a second.
import os
import socket
import sys
import threading
import time

kept = []


def greet(server, pause):
    while True:
        time.sleep(pause)
        client, _ = server.accept()
        client.sendall(b"hello")
        client.close()


listeners = []
for name in sys.argv[1:]:
    server = socket.socket(socket.AF_UNIX)
    server.bind("\0" + name[1:] if name.startswith("@") else name)
    server.listen(0 if name.endswith("full") else 64)
    listeners.append((server, 1 if name.endswith("full") else 0))
    if not name.startswith("@"):
        datagrams = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        datagrams.bind(name + ".d")
        kept.append(datagrams)
if os.fork() == 0:
    null = os.open("/dev/null", os.O_RDWR)
    os.dup2(null, 0), os.dup2(null, 1), os.dup2(null, 2)
    for server, pause in listeners:
        threading.Thread(target=greet, args=(server, pause), daemon=True).start()
    time.sleep(20)
