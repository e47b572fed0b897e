#!/usr/bin/env python3
# test/Network/Inputs/random_network.py: random rules on endpoints, live.
# SPDX-License-Identifier: Apache-2.0
#
# Usage: random_network.py DIR SEED POLICIES, where namespace.sh has put it.
# Each policy is compiled and started once; in it, this very program looks names up,
# connects, sends and binds, and what the kernel says is compared with what the policy
# says by the words of docs/Language.md, written down here once more: hosts as
# networks and suffixes, rules as a loop. A difference is printed as a policy and an
# event, and the seed that finds it.
import errno
import ipaddress
import json
import os
import random
import socket
import subprocess
import sys

NAMES = {"registry.example.com": ["192.0.2.7"], "mirror.example.com": ["192.0.2.8"],
         "a.wild.example.com": ["192.0.2.9"], "shared.example.com": ["192.0.2.7"],
         "evil.example.com": ["198.51.100.66"], "rebind.example.com": ["127.0.0.1"],
         "both.example.com": ["10.1.2.3", "192.0.2.7"], "hosts.example.com": ["192.0.2.8"]}
HOSTS_FILE = {"hosts.example.com": ["192.0.2.8"]}
ADDRESSES = ["192.0.2.7", "192.0.2.8", "192.0.2.9", "198.51.100.66", "127.0.0.1",
             "10.1.2.3", "2001:db8::7", "2001:db8::66", "::1", "0.0.0.0", "::",
             "::ffff:192.0.2.7", "::ffff:10.1.2.3", "::ffff:127.0.0.1"]
BINDS = ["127.0.0.1", "0.0.0.0", "192.0.2.7", "10.1.2.3", "2001:db8::7", "::1"]
HOSTS = ["*", "*", "*", "*", "registry.example.com", "mirror.example.com", "shared.example.com",
         "*.example.com", "*.wild.example.com", "evil.example.com", "rebind.example.com",
         "hosts.example.com", "both.example.com", "192.0.2.7", "192.0.2.0/24", "127.0.0.0/8",
         "10.0.0.0/8", "192.0.2.8/31", "0.0.0.0/0", "[2001:db8::]/32", "[2001:db8::7]", "[::1]",
         "[::]/0"]
PORTS = ["*", "*", "80", "80", "8080", "{80,8080}", "1-100", "*", "7", "3000-3010", "0", "79-81"]
SPECIAL = [ipaddress.ip_network(n) for n in
           ("0.0.0.0/8", "10.0.0.0/8", "127.0.0.0/8", "224.0.0.0/3", "172.16.0.0/12",
            "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10", "::/127", "fc00::/7",
            "ff00::/8", "fe80::/10")]


def plain(address):
    """The IPv4 address within an IPv6 one."""
    mapped = getattr(address, "ipv4_mapped", None)
    return mapped if mapped is not None else address


class Pattern:
    def __init__(self, draw, transport):
        self.host, self.ports = draw.choice(HOSTS), draw.choice(PORTS)
        self.transport = transport
        self.text = f"{transport}:{self.host}:{self.ports}"

    def has_port(self, port):
        if self.ports == "*":
            return True
        for part in self.ports.strip("{}").split(","):
            first, _, last = part.partition("-")
            if int(first) <= port <= int(last or first):
                return True
        return False

    def has_host(self, address, name):
        if self.host == "*":
            return True
        if self.host[0].isalpha() or self.host.startswith("*."):
            if name is None or (address and any(
                    plain(address) in net for net in SPECIAL
                    if net.version == plain(address).version)):
                return False
            return name == self.host or (self.host[0] == "*" and name.endswith(self.host[1:]))
        net = ipaddress.ip_network(self.host.replace("[", "").replace("]", ""))
        return address is not None and any(each.version == net.version and each in net
                                           for each in (address, plain(address)))

    def matches(self, transport, address, name, port):
        return transport == self.transport and self.has_port(port) and \
            self.has_host(address, name)


class Rule:
    def __init__(self, draw):
        self.effect = draw.choice(["allow", "allow", "deny"])
        self.actions = draw.choice([["connect"], ["connect"], ["connect"], ["connect", "send"],
                                    ["send"], ["bind"]])
        kind = "udp" if "send" in self.actions else draw.choice(["tcp", "tcp", "tcp", "udp"])
        self.patterns = [Pattern(draw, kind) for _ in range(draw.choice([1, 1, 2]))]
        self.excepts = [Pattern(draw, kind) for _ in range(draw.choice([0, 0, 1]))]

    def text(self):
        quote = lambda all: ", ".join(f'"{p.text}"' for p in all)
        tail = f" except {quote(self.excepts)}" if self.excepts else ""
        return f"  {self.effect} {', '.join(self.actions)} {quote(self.patterns)}{tail};\n"

    def matches(self, action, *event):
        return action in self.actions and any(p.matches(*event) for p in self.patterns) \
            and not any(p.matches(*event) for p in self.excepts)


def says(rules, action, transport, address, names, port):
    """Deny beats allow, by whatever name the address is known."""
    effects = {rule.effect for rule in rules for name in names or [None]
               if rule.matches(action, transport, address, name, port)}
    return effects == {"allow"}


def may_ask(rules, name):
    """Whether some deed on some port is allowed by the name."""
    return any(says([r for r in rules], action, transport, None, [name], port)
               for action, transport in (("connect", "tcp"), ("connect", "udp"), ("send", "udp"))
               for port in range(0, 65536) if port < 9000 or port == 65535)


def draw_events(draw):
    events = []
    for _ in range(40):
        kind = draw.choice(["name", "name", "connect", "connect", "connect", "udp", "send", "bind"])
        if kind == "name":
            events.append([kind, draw.choice(list(NAMES)), 0])
        elif kind == "bind":
            events.append([draw.choice(["bind", "bindudp"]), draw.choice(BINDS),
                           draw.choice([0, 3000, 3005, 8081])])
        else:
            events.append([kind, draw.choice(ADDRESSES), draw.choice([80, 80, 80, 8080, 7])])
    return events


def do(kind, host, port):
    """One event, in the sandbox: what came of it in a word."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        if kind == "name":
            return "found" if socket.getaddrinfo(host, None, socket.AF_INET) else "nothing"
        is_udp = kind in ("udp", "send", "bindudp")
        with socket.socket(family, socket.SOCK_DGRAM if is_udp else socket.SOCK_STREAM) as s:
            s.settimeout(5)
            if kind.startswith("bind"):
                s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                s.bind((host, port))
            elif kind == "send":
                s.sendto(b"x", (host, port))
            else:
                s.connect((host, port))
        return "ok"
    except socket.gaierror:
        return "nothing"
    except OSError as error:
        return errno.errorcode.get(error.errno, str(error))


def expected(rules, event, known):
    kind, host, port = event
    if kind == "name":
        if host in HOSTS_FILE:
            return None  # the C library reads the file itself
        return may_ask(rules, host)
    address = ipaddress.ip_address({"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
                                   if not kind.startswith("bind") else host)
    names = known.get(str(plain(address)), [])
    action = {"udp": "connect", "bindudp": "bind"}.get(kind, kind)
    transport = "udp" if kind in ("udp", "send", "bindudp") else "tcp"
    if kind == "bindudp" and port == 0:
        return None  # what the kernel does by itself at the first send
    return says(rules, action, transport, address, [] if action == "bind" else names, port)


def learn(rules, event, result, known):
    """What the stub answered: special addresses only where one may go there."""
    kind, host, _ = event
    if kind != "name" or result != "found":
        return
    for address in NAMES[host]:
        known.setdefault(address, []).append(host)


def run(folder, seed, text):
    with open(os.path.join(folder, "p.srt"), "w") as out:
        out.write(text)
    compiled = subprocess.run(["srtc", "compile", out.name, "--target=linux-6.12", "-o",
                               os.path.join(folder, "p.srtb")], capture_output=True, text=True)
    return compiled.returncode == 0, compiled.stderr


def check(folder, seed, counts):
    draw = random.Random(seed)
    rules = [Rule(draw) for _ in range(draw.choice([1, 3, 4, 6]))]
    body = "".join(rule.text() for rule in rules)
    text = 'policy r {\n  allow read "/";\n  allow exec "/";\n' + body + "}\n"
    good, why = run(folder, seed, text)
    if not good:
        counts["refused"] += 1
        return None if "error[E3" in why else "seed %d: does not compile:\n%s%s" % (seed, text, why)
    events = draw_events(draw)
    done = subprocess.run(["srt-load", os.path.join(folder, "p.srtb"), "--", "/usr/bin/python3",
                           os.path.abspath(__file__), "in"], input=json.dumps(events), text=True,
                          capture_output=True, timeout=100)
    if done.returncode != 0:
        return "seed %d: %d %s\n%s" % (seed, done.returncode, done.stderr[-2000:], text)
    known = {}
    for name, addresses in HOSTS_FILE.items():
        if any(name == p.host or (p.host[:2] == "*." and name.endswith(p.host[1:]))
               for r in rules for p in r.patterns + r.excepts):
            for address in addresses:
                known.setdefault(address, []).append(name)
    has_names = any(p.host[0].isalpha() or p.host[0] == "*" for r in rules
                    if r.effect == "allow" and r.actions != ["bind"] for p in r.patterns)
    for event, result in zip(events, json.loads(done.stdout)):
        wanted = expected(rules, event, known)
        if event[0] == "name" and not has_names:
            wanted = None  # there is no stub, and no way to a server but by a rule
        learn(rules, event, result, known)
        got = result not in ("EACCES", "EPERM", "nothing")
        counts["ok" if got else "denied"] += 1
        if wanted is not None and got != wanted and not (event[0] == "name" and wanted):
            return "seed %d: %s: expected %s, got %s\n%s" % (
                seed, event, "allow" if wanted else "deny", result, text)
    return None


def main():
    folder, seed, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    counts = {"ok": 0, "denied": 0, "refused": 0}
    for i in range(count):
        fault = check(folder, seed + i, counts)
        if fault:
            print(fault)
            return 1
    print("%d policies, %d refused, %d ok, %d denied" % (
        count, counts["refused"], counts["ok"], counts["denied"]))
    return 0


if sys.argv[1:] == ["in"]:
    print(json.dumps([do(*event) for event in json.load(sys.stdin)]))
else:
    sys.exit(main())
