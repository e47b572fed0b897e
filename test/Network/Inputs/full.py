#!/usr/bin/env python3
# test/Network/Inputs/full.py: connections to a unix socket that has enough.
# SPDX-License-Identifier: Apache-2.0
import errno
import socket
import sys
import time

begin = time.monotonic()
waiting = []
for _ in range(3):
    s = socket.socket(socket.AF_UNIX)
    s.connect(sys.argv[1])
    waiting.append(s)
took = time.monotonic() - begin
print("waited, then connected" if took > 0.3 else "connected after %f s" % took, flush=True)
for _ in range(4):
    s = socket.socket(socket.AF_UNIX)
    s.setblocking(False)
    waiting.append(s)
    error = s.connect_ex(sys.argv[1])
    if error:
        print(errno.errorcode[error], "at once")
        break
