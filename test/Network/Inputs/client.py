#!/usr/bin/env python3
# test/Network/Inputs/client.py: calls on sockets, one after the other.
# SPDX-License-Identifier: Apache-2.0
#
# Usage: client.py CALL... where a call is OP,ARGUMENT,... Prints a line for
# each: "OP ARGUMENTS: " and what came, or the name of the error, and "slow" if
# a refusal waited for something (2 s: bench/network says how fast it is).
import array
import ctypes
import errno
import os
import signal
import socket
import struct
import sys
import time

TCP, UDP = socket.SOCK_STREAM, socket.SOCK_DGRAM


def make(address, kind):
    return socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, kind)


def shown(name):
    return name if isinstance(name, str) else "%s port %d" % name[:2]


def connect(address, port, how="blocking"):
    """connect(2) of TCP; the peer that is told."""
    with make(address, TCP) as s:
        if how == "later":
            s.setblocking(False)
            error = s.connect_ex((address, int(port)))
            if error not in (0, errno.EINPROGRESS):
                raise OSError(error, "")
            import select
            select.select([], [s], [], 5)
            error = s.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if error:
                raise OSError(error, "")
        else:
            s.connect((address, int(port)))
        return shown(s.getpeername())


def epoll(address, port):
    """A socket that is in an epoll set before it is connected."""
    import select
    with make(address, TCP) as s, select.epoll() as e:
        s.setblocking(False)
        e.register(s, select.EPOLLOUT | select.EPOLLIN)
        s.connect_ex((address, int(port)))
        s_events = e.poll(5)
        s.send(b"GET / HTTP/1.0\r\n\r\n")
        time.sleep(0.2)
        return "%d event, %s" % (len(s_events), "answered" if e.poll(5)[0][1] & select.EPOLLIN else "silent")


def fetch(host, port):
    """Whatever an HTTP server says."""
    with socket.create_connection((host, int(port)), 10) as s:
        s.sendall(b"GET / HTTP/1.0\r\n\r\n")
        return s.makefile().read().split("\n")[-2]


def name(host, family="any"):
    """getaddrinfo(3)."""
    family = {"any": 0, "4": socket.AF_INET, "6": socket.AF_INET6}[family]
    try:
        found = socket.getaddrinfo(host, 80, family, TCP)
    except socket.gaierror as error:
        return {socket.EAI_NONAME: "no such name", socket.EAI_AGAIN: "try again",
                -5: "no address"}.get(error.errno, str(error))
    return " ".join(sorted(one[4][0] for one in found))


def udp(address, port):
    """connect(2) and send(2) of UDP."""
    with make(address, UDP) as s:
        s.settimeout(2)
        s.connect((address, int(port)))
        s.send(b"ping")
        return s.recv(100).decode()


def sendto(address, port, flags="0"):
    with make(address, UDP) as s:
        s.settimeout(2)
        s.sendto(b"ping", int(flags, 0), (address, int(port)))
        data, peer = s.recvfrom(100)
        return data.decode() + " from " + shown(peer)


def sendmsg(address, port, *controls):
    """With control messages, each LEVEL:TYPE:BYTES-IN-HEX."""
    with make(address, UDP) as s:
        s.settimeout(2)
        control = [(int(c.split(":")[0]), int(c.split(":")[1]), bytes.fromhex(c.split(":")[2]))
                   for c in controls]
        s.sendmsg([b"pi", b"ng"], control, 0, (address, int(port)))
        data, _, _, peer = s.recvmsg(100)
        return data.decode() + " from " + shown(peer)


class Vector(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("size", ctypes.c_size_t)]


class Head(ctypes.Structure):
    _fields_ = [("name", ctypes.c_void_p), ("nameSize", ctypes.c_uint32), ("vectors", ctypes.c_void_p),
                ("count", ctypes.c_size_t), ("control", ctypes.c_void_p), ("controlSize", ctypes.c_size_t),
                ("flags", ctypes.c_int), ("pad", ctypes.c_int), ("done", ctypes.c_uint32), ("pad2", ctypes.c_int)]


libc = ctypes.CDLL(None, use_errno=True)


def checked(result):
    if result < 0:
        raise OSError(ctypes.get_errno(), "")
    return result


def packed(address, port):
    return ctypes.create_string_buffer(
        struct.pack("<H", socket.AF_INET) + struct.pack(">H", int(port)) + socket.inet_aton(address) + bytes(8), 16)


def sendmmsg(*targets):
    """One datagram to each ADDRESS/PORT; how many were sent."""
    with socket.socket(socket.AF_INET, UDP) as s:
        names = [packed(*t.split("/")) for t in targets]
        data = ctypes.create_string_buffer(b"mmsg", 4)
        vector = Vector(ctypes.addressof(data), 4)
        heads = (Head * len(targets))()
        for head, to in zip(heads, names):
            head.name, head.nameSize = ctypes.addressof(to), 16
            head.vectors, head.count = ctypes.addressof(vector), 1
        return "%d sent" % checked(libc.sendmmsg(s.fileno(), heads, len(targets), 0))


def fastopen(address, port):
    """sendto(2) that connects."""
    with make(address, TCP) as s:
        s.sendto(b"GET / HTTP/1.0\r\n\r\n", socket.MSG_FASTOPEN, (address, int(port)))
        return shown(s.getpeername())


def option(level, number, value):
    with socket.socket(socket.AF_INET6 if int(level) == 41 else socket.AF_INET, UDP) as s:
        s.setsockopt(int(level), int(number), bytes.fromhex(value))
        return "set"


def make_socket(domain, kind, protocol):
    socket.socket(int(domain), int(kind), int(protocol)).close()
    return "made"


def raw(call, family, address, port, size, domain="inet", kind="stream"):
    """A call with an odd name: FAMILY as a number, SIZE bytes of it."""
    s = socket.socket(socket.AF_INET6 if domain == "inet6" else socket.AF_INET, TCP if kind == "stream" else UDP)
    if ":" in address:
        body = struct.pack("<H", int(family)) + struct.pack(">H", int(port)) + bytes(4) + socket.inet_pton(socket.AF_INET6, address) + bytes(4)
    else:
        body = struct.pack("<H", int(family)) + struct.pack(">H", int(port)) + socket.inet_aton(address) + bytes(20)
    body = (body + bytes(256))[:max(int(size), 0)] if int(size) < 256 else body + bytes(256)
    buffer = ctypes.create_string_buffer(body, max(len(body), 1))
    with s:
        if call == "sendto":
            checked(libc.sendto(s.fileno(), b"ping", 4, 0, buffer, int(size)))
        else:
            checked(getattr(libc, call)(s.fileno(), buffer, int(size)))
        try:
            return shown(s.getpeername())
        except OSError:
            return "done"


def bind(address, port, how="tcp"):
    with make(address, UDP if how == "udp" else TCP) as s:
        s.bind((address, int(port)))
        if how == "listen":
            s.listen()
        return "bound" if int(port) == 0 else shown(s.getsockname())


def listen():
    with socket.socket() as s:
        s.listen()
        return "listening"


def disconnect(address, port):
    """connect(2) of UDP to nobody, and elsewhere."""
    with make(address, UDP) as s:
        s.connect((address, int(port)))
        checked(libc.connect(s.fileno(), bytes(16), 16))
        try:
            s.getpeername()
        except OSError as error:
            return errno.errorcode[error.errno]


def dns(server, host, transport="udp", kind="1"):
    """A question, sent as musl does: bound to any port, not connected."""
    question = b"".join(bytes([len(p)]) + p.encode() for p in host.split(".")) + b"\0"
    message = b"id\1\0\0\1\0\0\0\0\0\1" + question + struct.pack(">HH", int(kind), 1) + b"\0\0\x29\x04\xd0\0\0\0\0\0\0"
    if transport == "tcp":
        with make(server, TCP) as s:
            s.connect((server, 53))
            s.sendall(struct.pack(">H", len(message)) + message)
            peer, data = s.getpeername(), s.recv(2000)[2:]
    else:
        with make(server, UDP) as s:
            s.settimeout(5)
            if transport == "udp":
                s.bind(("", 0))
                s.sendto(message, (server, 53))
                data, peer = s.recvfrom(2000)
            else:
                s.connect((server, 53))
                s.send(message)
                data, peer = s.recv(2000), s.getpeername()
    return "code %d, %d answers, from %s" % (data[3] & 15, struct.unpack(">H", data[6:8])[0], shown(peer))


def passing(address, port):
    """A socket that another process has made, and descriptors over a socket."""
    one, other = socket.socketpair()
    if os.fork() == 0:
        s = make(address, UDP)
        r, w = os.pipe()
        socket.send_fds(one, [b"here"], [s.fileno(), r])
        os.write(w, b"through")
        os._exit(0)
    data, fds, _, _ = socket.recv_fds(other, 100, 4)
    os.wait()
    text = os.read(fds[1], 100).decode()
    s = socket.socket(fileno=fds[0])
    try:
        s.sendto(b"ping", (address, int(port)))
        return data.decode() + " " + text + ", sent"
    except OSError as error:
        return data.decode() + " " + text + ", " + errno.errorcode[error.errno]


def big(address, port):
    """sendmsg(2) of more than a socket holds, to one that is read slowly."""
    one, other = socket.socketpair()
    size = 8 << 20
    if os.fork() == 0:
        one.close()
        got = 0
        while got < size:
            piece = other.recv(1 << 16)
            if not piece:
                os._exit(1)
            got += len(piece)
        os._exit(0)
    other.close()
    sent = one.sendmsg([bytes(size // 2), bytes(size // 2)])
    one.close()
    return "%d MiB sent, %d left" % (sent >> 20, os.wait()[1])


def pipe(flags):
    """sendmsg(2) to one that has gone; whether SIGPIPE came."""
    came = []
    signal.signal(signal.SIGPIPE, lambda *_: came.append(1))
    one, other = socket.socketpair()
    other.close()
    try:
        one.sendmsg([b"x"], [], int(flags, 0))
        return "sent"
    except OSError as error:
        time.sleep(0.01)
        return errno.errorcode[error.errno] + (", SIGPIPE" if came else "")


def unix(path, how="stream"):
    """connect(2) of a unix socket, or a datagram to it."""
    with socket.socket(socket.AF_UNIX, UDP if how == "send" else TCP) as s:
        if path.startswith("@"):
            path = "\0" + path[1:]
        if how == "send":
            s.sendto(b"ping", path)
            return "sent"
        s.connect(path)
        return s.recv(100).decode()


def serve(path):
    """A unix socket that greets whoever comes to it, and one that comes."""
    os.umask(0o077)
    with socket.socket(socket.AF_UNIX) as s:
        place = "\0" + path[1:] if path.startswith("@") else path
        s.bind(place)
        s.listen()
        mode = "" if path.startswith("@") else ", mode %o" % (os.stat(path).st_mode & 0o777)
        if os.fork() == 0:
            client, _ = s.accept()
            client.sendall(b"hello")
            os._exit(0)
        result = unix(path)
        os.wait()
        return result + mode


for call in sys.argv[1:]:
    op, *arguments = call.split(",")
    start = time.monotonic()
    op = {"socket": "make_socket", "pass": "passing"}.get(op, op)
    try:
        result = globals()[op](*arguments)
    except OSError as error:
        result = errno.errorcode.get(error.errno, str(error))
        if result in ("EACCES", "EPERM") and time.monotonic() - start > 2:
            result += ", slow"
    print("%s: %s" % (call.replace(",", " "), result), flush=True)
