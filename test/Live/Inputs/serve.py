# test/Live/Inputs/serve.py: serve.py PORT COMMAND..., runs the command while
# somebody listens on the port of 127.0.0.1.
# SPDX-License-Identifier: Apache-2.0
#
# A last line names what a client sent, if it sent something.
import socket
import subprocess
import sys

listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
try:
    # Accepts fast open, whatever the machine's default: TCP_FASTOPEN is 23.
    listener.setsockopt(socket.IPPROTO_TCP, 23, 5)
except OSError:
    pass
result = subprocess.run(sys.argv[2:])
listener.settimeout(0.05)
try:
    connection, _ = listener.accept()
    connection.settimeout(0.05)
    if connection.recv(1):
        print("delivered", flush=True)
except OSError:
    pass
sys.exit(result.returncode)
