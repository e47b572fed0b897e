#!/usr/bin/env python3
# test/Network/Inputs/servers.py: what the sandboxed programs talk to.
# SPDX-License-Identifier: Apache-2.0
#
# Usage: servers.py FOLDER. All addresses are on the loopback interface of a
# namespace of its own; those of RFC 5737 and RFC 3849 stand for the Internet.
# Writes FOLDER/ready when it serves, every name that it is asked for to
# FOLDER/asked, and every connection and datagram that arrives to FOLDER/seen.
import os
import socket
import struct
import sys
import threading
import time

folder = sys.argv[1]

# name -> {type: [addresses]}; a name that is not here does not exist.
NAMES = {
    "registry.example.com": {1: ["192.0.2.7"], 28: ["2001:db8::7"]},
    "v4.example.com": {1: ["192.0.2.7"]},
    "mirror.example.com": {1: ["192.0.2.8"]},
    "a.wild.example.com": {1: ["192.0.2.9"]},
    "shared.example.com": {1: ["192.0.2.7"]},
    "evil.example.com": {1: ["198.51.100.66"]},
    "rebind.example.com": {1: ["127.0.0.1"]},
    "rebind10.example.com": {1: ["10.1.2.3"]},
    "both.example.com": {1: ["10.1.2.3", "192.0.2.7"]},
    "mapped.example.com": {28: ["::ffff:127.0.0.1", "64:ff9b::7f00:1"]},
    "hole.example.com": {1: ["203.0.113.1"]},
    "many.example.com": {1: ["192.0.2.%d" % i for i in range(100, 140)]},
}
SILENT = {"slow.example.com"}
BROKEN = {"broken.example.com"}


def note(name, text):
    with open(os.path.join(folder, name), "a") as out:
        out.write(text + "\n")


def read_name(data, at):
    labels = []
    while data[at]:
        labels.append(data[at + 1:at + 1 + data[at]].decode("latin-1"))
        at += 1 + data[at]
    return ".".join(labels).lower(), at + 1


def reply(data):
    name, end = read_name(data, 12)
    kind = struct.unpack(">H", data[end:end + 2])[0]
    note("asked", "%s %d" % (name, kind))
    if name in SILENT:
        return None
    question = data[12:end + 4]
    if name in BROKEN:
        return data[:2] + b"\x81\x82" + struct.pack(">4H", 1, 0, 0, 0) + question
    if name not in NAMES:
        return data[:2] + b"\x81\x83" + struct.pack(">4H", 1, 0, 0, 0) + question
    answers = b""
    addresses = NAMES[name].get(kind, [])
    for address in addresses:
        family = socket.AF_INET if kind == 1 else socket.AF_INET6
        packed = socket.inet_pton(family, address)
        answers += b"\xc0\x0c" + struct.pack(">HHIH", kind, 1, 60, len(packed)) + packed
    head = struct.pack(">4H", 1, len(addresses), 0, 0)
    return data[:2] + b"\x81\x80" + head + question + answers


def serve_dns_udp(server):
    while True:
        data, peer = server.recvfrom(4096)
        answer = reply(data)
        if answer is None:
            continue
        if len(answer) > 512 and data[10:12] == b"\0\0":
            answer = answer[:2] + b"\x83\x80" + answer[4:6] + b"\0" * 6 + answer[12:12 + len(data) - 12]
        server.sendto(answer, peer)


def serve_dns_tcp(server):
    while True:
        client, _ = server.accept()
        size = client.recv(2)
        if len(size) == 2:
            answer = reply(client.recv(struct.unpack(">H", size)[0]))
            if answer:
                client.sendall(struct.pack(">H", len(answer)) + answer)
        client.close()


def serve_http(server, label):
    while True:
        client, _ = server.accept()
        note("seen", "tcp " + label)
        threading.Thread(target=talk_http, args=(client, label), daemon=True).start()


def talk_http(client, label):
    try:
        client.settimeout(5)
        if client.recv(65536):
            body = ("hello from " + label + "\n").encode()
            client.sendall(b"HTTP/1.0 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
    except OSError:
        pass
    client.close()


def serve_echo(server, label):
    while True:
        data, peer = server.recvfrom(65536)
        note("seen", "udp %s %s" % (label, data[:40].decode("latin-1")))
        server.sendto(data, peer)


def start(target, *arguments):
    threading.Thread(target=target, args=arguments, daemon=True).start()


def bound(kind, address, port):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    server = socket.socket(family, kind)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if family == socket.AF_INET6:
        server.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    server.bind((address, port))
    if kind == socket.SOCK_STREAM:
        server.listen(1024)
    return server


for port in (53,):
    start(serve_dns_udp, bound(socket.SOCK_DGRAM, "192.0.2.53", port))
    start(serve_dns_tcp, bound(socket.SOCK_STREAM, "192.0.2.53", port))
for address in ("192.0.2.7", "192.0.2.8", "192.0.2.9", "198.51.100.66", "127.0.0.1",
                "10.1.2.3", "2001:db8::7", "2001:db8::66"):
    for port in (80, 8080):
        label = "%s:%d" % (address, port)
        start(serve_http, bound(socket.SOCK_STREAM, address, port), label)
    start(serve_echo, bound(socket.SOCK_DGRAM, address, 7), address + ":7")
open(os.path.join(folder, "ready"), "w").close()
while True:
    time.sleep(1000)
