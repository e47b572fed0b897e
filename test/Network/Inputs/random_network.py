#!/usr/bin/env python3
# test/Network/Inputs/random_network.py: random rules on endpoints, live.
# SPDX-License-Identifier: Apache-2.0
#
# Usage: random_network.py DIR SEED POLICIES [--plant=EFFECT], where namespace.sh has
# put it. --plant: a mistake on purpose: bundles lack the rules of that effect.
# Each policy is compiled and started once; in it, this very program looks names up,
# connects, sends and binds, and what the kernel says is compared with what the policy
# says by the words of docs/Language.md, written down here once more: hosts as
# networks and suffixes, rules as a loop. A difference is reduced (reduce.py) and printed
# as a policy and an event, with the seed that finds it.
import collections
import copy
import errno
import ipaddress
import json
import os
import random
import socket
import subprocess
import sys

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../Live/Inputs"))
from reduce import reduced, smaller_cases

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

    def simpler(self):
        """Any host, any port."""
        for name in ("host", "ports"):
            if getattr(self, name) != "*":
                other = copy.copy(self)
                setattr(other, name, "*")
                other.text = f"{other.transport}:{other.host}:{other.ports}"
                yield other

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

    def simpler(self):
        """The same with less in it."""
        for name in ("excepts", "patterns", "actions"):
            items = getattr(self, name)
            for i in range(len(items)):
                if len(items) > 1 or name == "excepts":
                    other = copy.copy(self)
                    setattr(other, name, items[:i] + items[i + 1:])
                    yield other
        for name in ("patterns", "excepts"):
            for i, pattern in enumerate(getattr(self, name)):
                for plain in pattern.simpler():
                    other = copy.copy(self)
                    setattr(other, name, getattr(self, name)[:])
                    getattr(other, name)[i] = plain
                    yield other

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


def policy_text(rules):
    return 'policy r {\n  allow read "/";\n  allow exec "/";\n' + \
        "".join(rule.text() for rule in rules) + "}\n"


def run(folder, text):
    with open(os.path.join(folder, "p.srt"), "w") as out:
        out.write(text)
    compiled = subprocess.run(["srtc", "compile", out.name, "--target=linux-6.12", "-o",
                               os.path.join(folder, "p.srtb")], capture_output=True, text=True)
    return compiled.returncode == 0, compiled.stderr


def compare(folder, case, plant, counts):
    """The first difference, as what happens and which event; None: there is none."""
    rules, events = case
    good, why = run(folder, policy_text([r for r in rules if r.effect != plant]))
    if not good:
        counts["refused"] += 1
        return None if "error[E3" in why else ("does not compile: " + why, None)
    done = subprocess.run(["srt-load", os.path.join(folder, "p.srtb"), "--", "/usr/bin/python3",
                           os.path.abspath(__file__), "in"], input=json.dumps(events), text=True,
                          capture_output=True, timeout=100)
    if done.returncode != 0:
        return "status %d: %s" % (done.returncode, done.stderr[-2000:]), None
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
            return "WIDER" if got else "narrower", event
    return None


def report(folder, case, plant, fault):
    """The difference with as few rules and events as show it."""
    ignored = collections.Counter()
    kind = lambda each: (compare(folder, each, plant, ignored) or ("",))[0][:6]
    case = reduced(case, smaller_cases, lambda each: kind(each) == fault[0][:6], 150)
    what, event = compare(folder, case, plant, ignored)
    words = lambda each: "  " + " ".join(str(word) for word in each) + "\n"
    before = "".join("after" + words(each) for each in case[1][:-1])
    return "%s\n%s%s%s" % (what, policy_text(case[0]), before, words(event) if event else "")


def main():
    folder, seed, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    plant = [word[8:] for word in sys.argv if word.startswith("--plant=")]
    plant = plant[0] if plant else None
    counts = {"ok": 0, "denied": 0, "refused": 0}
    for i in range(seed, seed + count):
        draw = random.Random(i)
        rules = [Rule(draw) for _ in range(draw.choice([1, 3, 4, 6]))]
        case = rules, draw_events(draw)
        fault = compare(folder, case, plant, counts)
        if fault:
            print("seed %d: %s" % (i, report(folder, case, plant, fault)))
            return 1
    print("%d policies, %d refused, %d ok, %d denied" % (
        count, counts["refused"], counts["ok"], counts["denied"]))
    return 0


if sys.argv[1:] == ["in"]:
    print(json.dumps([do(*event) for event in json.load(sys.stdin)]))
else:
    sys.exit(main())
