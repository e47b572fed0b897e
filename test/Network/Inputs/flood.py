#!/usr/bin/env python3
# test/Network/Inputs/flood.py: asks the stub for too much, and badly.
# SPDX-License-Identifier: Apache-2.0
#
# Prints what the stub still says afterwards, and how soon.
import os
import random
import socket
import struct
import time

SERVER = ("192.0.2.53", 53)


def question(name, number):
    labels = b"".join(bytes([len(p)]) + p.encode() for p in name.split(".")) + b"\0"
    return struct.pack(">6H", number, 0x100, 1, 0, 0, 0) + labels + b"\0\1\0\1"


def ask(name):
    begin = time.monotonic()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.settimeout(0.5)
        code = -1
        # As resolvers do: what finds no room is lost.
        while code < 0 and time.monotonic() - begin < 5:
            s.sendto(question(name, 7), SERVER)
            try:
                code = s.recv(600)[3] & 15
            except TimeoutError:
                pass
    return "%d%s" % (code, ", slow" if time.monotonic() - begin > 2 else "")


chance = random.Random(1)
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    s.connect(SERVER)
    for i in range(3000):
        size = chance.randrange(0, 60)
        s.send(bytes(chance.randrange(256) for _ in range(size)))
        good = bytearray(question("registry.example.com", i))
        good[chance.randrange(len(good))] = chance.randrange(256)
        s.send(good)
print("garbage:", ask("registry.example.com"))

# Connections that say nothing, half of a question, or too large a size.
held = []
for i in range(60):
    s = socket.create_connection(SERVER)
    s.sendall([b"", b"\0", b"\0\x20half", b"\xff\xff" + bytes(600)][i % 4])
    held.append(s)
print("connections:", ask("registry.example.com"))
with socket.create_connection(SERVER) as s:
    whole = question("registry.example.com", 9)
    s.sendall((struct.pack(">H", len(whole)) + whole) * 5)
    got = 0
    while got < 5:
        size = struct.unpack(">H", s.recv(2, socket.MSG_WAITALL))[0]
        got += s.recv(size, socket.MSG_WAITALL)[3] & 15 == 0
    print("five on one connection:", got)

# More questions than are kept, to a server that says nothing.
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    s.connect(SERVER)
    for i in range(1000):
        s.send(question("slow.example.com", i))
print("silence:", ask("evil.example.com"))
