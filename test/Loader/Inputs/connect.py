# test/Loader/Inputs/connect.py: tries to connect to local ports.
# SPDX-License-Identifier: Apache-2.0
"""usage: connect.py PORT...; prints the error of each."""
import errno
import socket
import sys

for port in sys.argv[1:]:
    with socket.socket() as s:
        print(port + ": " + errno.errorcode.get(
            s.connect_ex(("127.0.0.1", int(port))), "connected"))
