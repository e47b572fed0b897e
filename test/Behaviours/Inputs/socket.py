# test/Behaviours/Inputs/socket.py: makes a socket, or fails.
# SPDX-License-Identifier: Apache-2.0
#
# Usage: socket.py FAMILY TYPE [PROTOCOL], families as in socket(2), small letters.
import socket
import sys

# include/linux/socket.h; Python may not know them all.
FAMILIES = {"unix": 1, "inet": 2, "inet6": 10, "netlink": 16, "packet": 17,
            "bluetooth": 31, "alg": 38, "vsock": 40}
KINDS = {"stream": 1, "dgram": 2, "raw": 3, "seqpacket": 5}
protocol = int(sys.argv[3]) if len(sys.argv) > 3 else 0
socket.socket(FAMILIES[sys.argv[1]], KINDS[sys.argv[2]], protocol).close()
