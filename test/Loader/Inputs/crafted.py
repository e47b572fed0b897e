# test/Loader/Inputs/crafted.py: one broken rule of bundle.h after the other.
# SPDX-License-Identifier: Apache-2.0
"""Writes bundles that break exactly one rule each, with a right digest.

Each is given to srt-check-bundle, which must name the rule, and to srt-load,
which must exit 125 with one message and not run the command. Prints one line a
failure, then the counts.

usage: crafted.py DIRECTORY
"""
import os
import struct
import subprocess
import sys

sys.dont_write_bytecode = True
from make_bundle import *


def full():
    """A sound bundle with every section, two roots, two params."""
    b = Bundle()
    b.abi = 1
    b.info()
    b.source()
    b.param("project", 1)
    b.param("home", 2, "HOME")
    b.param("tmp", 3, "/tmp")
    b.ruleset(fs=ALL_FS, net=3)
    b.root("/usr", READ)
    b.root("/usr/share", READ, beneath=0)
    b.root("sub", READ, base=0)
    b.command("sh", EXEC)
    b.port(443, 2)
    b.program(X86_64, deny_filter([101]))
    b.program(AARCH64, deny_filter([117], AARCH64))
    b.env(1, "PATH")
    b.env(2, "LANG", "C")
    b.env(3, "LD_*")
    b.limit(7, 64)
    b.forbid("/home/nobody/.ssh", READ)
    b.forbid("curl", EXEC, kind=2)
    b.accepted("nothing")
    automaton(b)
    endpoints(b)
    b.how()
    b.how(6, 2, 4, (0, 0))
    return b.write()


def endpoints(b):
    """A name, a network and what is cut from it, a suffix, an abstract name."""
    b.network(3)
    b.endpoint(0, 2, "registry.example.com", ports=(443, 443))
    b.endpoint(1, 4, v6=1, prefix=32, address=b"\x20\x01\x0d\xb8" + bytes(12))
    b.endpoint(1, 3, "example.org", is_except=1)
    b.endpoint(2, 5, "agent", transport=3, ports=(0, 0))


def automaton(b):
    """Three rows, two moves, two labels, three halves, two pairs."""
    b.mediation(0x7F, RIGHTS["read_file"])
    b.anchor("/", 1)
    b.anchor("sub", 2, base=0)
    b.row()
    b.row(0, 1, 1)
    b.row(2, 2, 0)
    b.move(0, 1)
    b.move(1, 2)
    b.label()
    b.label(allowed=1, first=0, patterns=2, excepts=1)
    for pair in (0, 1, 0):
        b.half(pair)
    b.pair(1, 3)
    b.pair(3, 4)


GOOD = full()
AT = sections(GOOD)
CASES = []


def case(text, data):
    CASES.append((text, data))


def header(text, at, fmt, value):
    case(text, patch(GOOD, at, fmt, value))


def table(text, kind, at, fmt, value):
    case(text, patch(GOOD, 64 + 24 * AT[kind][0] + at, fmt, value))


def field(text, kind, size, index, at, fmt, value):
    case(text, patch(GOOD, AT[kind][2] + size * index + at, fmt, value))


def build(text, change):
    b = Bundle()
    b.abi = 1
    b.ruleset(fs=ALL_FS, net=3)
    b.rule()
    change(b)
    case(text, b.write())


def relaid(text, change):
    """The sections of a small bundle moved about by `change`."""
    b = Bundle()
    b.info()
    b.source()
    placed = b.layout()
    change(placed)
    case(text, assemble(placed))


def stack(placed, order):
    """Lays the sections out in `order`, without gaps that do not belong."""
    at = 64 + 24 * len(order)
    order, placed[:] = list(order), []
    for kind, count, _, data in order:
        at += -at % 8
        placed.append((kind, count, at, data))
        at += len(data)


def shift(placed, index, by):
    kind, count, at, data = placed[index]
    placed[index] = (kind, count, at + by, data)


# The header.
header("does not begin with", 0, "I", 0x42545254)
header("format version", 4, "H", 2)
header("format version", 4, "H", 0)
header("size of version 1", 6, "H", 72)
header("size that its header states", 8, "Q", len(GOOD) + 8)
header("size that its header states", 8, "Q", 2**64 - 1)
case("size that its header states", seal(GOOD + b"\0"))
case("does not match", GOOD[:16] + bytes(32) + GOOD[48:])
header("target system", 48, "I", 0)
header("target system", 48, "I", 2)
header("no least Landlock ABI", 52, "I", 0)
header("header flag", 56, "I", 4)
header("denials are to be logged", 56, "I", 2)
header("header flag", 56, "I", 0x80000001)
header("table leaves", 60, "I", 0xFFFFFFFF)
header("table leaves", 60, "I", 2000)
header("table|section|more than 7|overlap|trailing|behind|between", 60, "I", 24)
header("overlaps", 60, "I", 26)

# The section table.
table("unknown kind", HOW, 0, "I", 26)
table("unknown kind", STRINGS, 0, "I", 0)
table("do not ascend", INFO, 0, "I", 1)
table("do not ascend", SOURCES, 0, "I", 2)
table("count times", ROOTS, 4, "I", 2)
table("count times", ROOTS, 8 + 8, "Q", 95)
table("count times", ROOTS, 16, "Q", 2**64 - 32)
table("more records", ROOTS, 4, "I", 65537)
table("more records", ROOTS, 4, "I", 0xFFFFFFFF)
table("exactly one|count times", INFO, 4, "I", 0)
table("multiple of 8", PARAMS, 8, "Q", AT[PARAMS][2] + 4)
table("overlaps", PARAMS, 8, "Q", AT[PARAMS][2] - 8)
table("overlaps", STRINGS, 8, "Q", 0)
table("leaves the file", HOW, 8, "Q", AT[HOW][2] + 8)
table("leaves the file", HOW, 8, "Q", 2**64 - 8)
table("leaves the file", PARAMS, 8, "Q", 2**64 - 64)
table("count times", FILTERS, 4, "I", 12)
relaid("more than 7 bytes", lambda p: [shift(p, i, 8) for i in (1, 2)])
relaid("more than 7 bytes", lambda p: [shift(p, i, 8) for i in (0, 1, 2)])
relaid("do not ascend", lambda p: stack(p, [p[0], p[2], p[1]]))
relaid("do not ascend", lambda p: stack(p, p + [p[2]]))
relaid("exactly one", lambda p: stack(p, [p[0], (INFO, 0, 0, b""), p[2]]))
relaid("exactly one", lambda p: stack(p, [p[0], (INFO, 2, 0, p[1][3] * 2)]))
gap = AT[STRINGS][2] + AT[STRINGS][3]
assert gap % 8, "the strings should end unaligned, else there is no gap"
case("between two sections", patch(GOOD, gap, "B", 1))
b = Bundle(); b.info()
last = b.layout()
case("behind the last", seal(
    patch(assemble(last) + bytes(8), 8, "Q", len(assemble(last)) + 8)))

# Strings.
S = AT[STRINGS]
field("leaves the strings", INFO, 24, 0, 0, "I", S[3])
field("leaves the strings", INFO, 24, 0, 0, "I", 0xFFFFFFFF)
field("leaves the strings", INFO, 24, 0, 4, "I", S[3] - 1)
field("longer than 4095", INFO, 24, 0, 4, "I", 4096)
field("longer than 4095", INFO, 24, 0, 4, "I", 0xFFFFFFFF)
field("no NUL behind", INFO, 24, 0, 4, "I", 3)
field("NUL inside", INFO, 24, 0, 4, "I", 16)
field("NUL inside|no NUL|leaves", SOURCES, 40, 0, 4, "I", 9)
case("last byte of the strings", patch(GOOD, gap - 1, "B", 65))
build("longer than 4095", lambda b: b.root("/" + "x" * 4095, READ))

# Parameters.
field("unknown kind", PARAMS, 24, 0, 16, "I", 0)
field("unknown kind", PARAMS, 24, 0, 16, "I", 4)
field("reserved", PARAMS, 24, 0, 20, "I", 1)
build("no name", lambda b: b.param("", 1))
build("does not fit its kind", lambda b: b.param("p", 1, "/tmp"))
build("variable name", lambda b: b.param("p", 2, ""))
build("variable name", lambda b: b.param("p", 2, "A=B"))
build("relative without", lambda b: b.param("p", 3, "tmp"))
build("relative without", lambda b: b.param("p", 3, ""))
build("`..` component", lambda b: b.param("p", 3, "/tmp/../etc"))

# The ruleset and the rights.
field("handles nothing", RULESET, 24, 0, 0, "24s",
      bytes(24))
field("does not handle", RULESET, 24, 0, 0, "Q", 1)
field("no right", ROOTS, 32, 0, 16, "Q", 0)
field("does not handle", ROOTS, 32, 0, 16, "Q", 1 << 13)
field("does not handle", ROOTS, 32, 0, 16, "Q", 1 << 63)
field("no right", COMMANDS, 24, 0, 8, "Q", 0)
field("does not handle", COMMANDS, 24, 0, 8, "Q", 1 << 40)
field("no right", PORTS, 16, 0, 0, "Q", 0)
field("does not handle", PORTS, 16, 0, 0, "Q", 4)
field("no right", FORBIDDEN, 32, 0, 16, "Q", 0)
field("does not handle", FORBIDDEN, 32, 0, 16, "Q", 1 << 20)
b = Bundle(); b.root("/usr", READ)
case("does not handle", b.write())
b = Bundle(); b.port(1, 1)
case("does not handle", b.write())

# Places.
field("base of a place", ROOTS, 32, 2, 0, "I", 3)
field("base of a place", ROOTS, 32, 2, 0, "I", 0xFFFFFFFE)
field("rule number", ROOTS, 32, 0, 4, "I", AT[RULES][1])
field("rule number", ROOTS, 32, 0, 4, "I", NONE)
field("reserved", ROOTS, 32, 0, 28, "I", 1)
field("relative without", ROOTS, 32, 2, 0, "I", NONE)
field("relative without", ROOTS, 32, 0, 0, "I", 0)
for path in ("/usr/", "//usr", "/usr//bin", "/usr/.", "/./usr", "/usr/..",
             "/../usr", "/usr/../etc", "/usr/./x", "/.", "/..", "//"):
    build("component", lambda b: b.root(path, READ))
build("relative without", lambda b: b.root("usr", READ))
build("relative without", lambda b: b.root("", READ))
for path in ("sub/", "a//b", "..", "a/../..", ".", "./a", "a/."):
    build("component", lambda b: (b.param("p", 1), b.root(path, READ, base=0)))
build("absolute with", lambda b: (b.param("p", 1), b.root("/a", READ, base=0)))

# Beneath.
field("earlier root", ROOTS, 32, 1, 24, "I", 1)
field("earlier root", ROOTS, 32, 1, 24, "I", 2)
field("earlier root", ROOTS, 32, 0, 24, "I", 0)
field("earlier root", ROOTS, 32, 1, 24, "I", 0xFFFFFFFE)
field("does not contain", ROOTS, 32, 2, 24, "I", 0)
for outer, inner in (("/usr", "/usrx"), ("/usr", "/usr"), ("/usr/a", "/usr"),
                     ("/a", "/b/a")):
    build("does not contain", lambda b: (
        b.root(outer, READ), b.root(inner, READ, beneath=0)))
build("does not contain", lambda b: (
    b.param("p", 1), b.param("q", 1), b.root("a", READ, base=0),
    b.root("a/b", READ, base=1, beneath=0)))

# Commands, ports, programs.
for name in ("", ".", "..", "a/b", "/sh", "sh/"):
    build("command name", lambda b: b.command(name, EXEC))
    build("command name", lambda b: b.forbid(name, EXEC, kind=2))
field("reserved", COMMANDS, 24, 0, 20, "I", 1)
field("rule number", COMMANDS, 24, 0, 16, "I", NONE)
field("greater than 65535", PORTS, 16, 0, 8, "I", 65536)
field("rule number", PORTS, 16, 0, 12, "I", 9999)
field("empty or longer", PROGRAMS, 16, 0, 4, "I", 0)
field("empty or longer", PROGRAMS, 16, 0, 4, "I", 4097)
field("leaves the filters", PROGRAMS, 16, 1, 4, "I", 8)
field("leaves the filters", PROGRAMS, 16, 0, 8, "Q", AT[FILTERS][3])
field("leaves the filters", PROGRAMS, 16, 0, 8, "Q", 2**64 - 8)
field("multiple of 8", PROGRAMS, 16, 0, 8, "Q", 4)
field("same architecture", PROGRAMS, 16, 1, 0, "I", X86_64)
case("leaves the filters", (lambda b: (b.record(
    PROGRAMS, struct.pack("<IIQ", X86_64, 1, 0)), b.write())[1])(Bundle()))

# Environment, limits, forbidden, accepted.
field("unknown kind", ENV, 24, 0, 16, "I", 0)
field("unknown kind", ENV, 24, 0, 16, "I", 4)
field("rule number", ENV, 24, 0, 20, "I", NONE)
for kind, name in ((1, ""), (1, "A=B"), (1, "A*B"), (1, "**"), (2, "A*"),
                   (3, "*A"), (2, "")):
    build("variable name", lambda b: b.env(kind, name))
build("sets nothing", lambda b: b.env(1, "A", "x"))
build("sets nothing", lambda b: b.env(3, "A", "x"))
field("limit is unknown", LIMITS, 16, 0, 0, "I", 16)
field("rule number", LIMITS, 16, 0, 4, "I", NONE)
field("unknown kind", FORBIDDEN, 32, 0, 24, "I", 0)
field("unknown kind", FORBIDDEN, 32, 0, 24, "I", 3)
field("reserved", FORBIDDEN, 32, 0, 28, "I", 1)
field("rule number", FORBIDDEN, 32, 0, 4, "I", NONE)
field("base of a place", FORBIDDEN, 32, 0, 0, "I", 77)
field("base of a place", FORBIDDEN, 32, 1, 0, "I", 0)
build("component", lambda b: b.forbid("/a/..", READ))
field("reserved", ACCEPTED, 16, 0, 12, "I", 1)
field("rule number", ACCEPTED, 16, 0, 8, "I", NONE)
field("leaves the strings", RULES, 24, 0, 0, "I", 0xFFFFFF)
field("leaves the strings", RULES, 24, 0, 8, "I", 0xFFFFFF)

# What the broker needs.
build("no mediation record", lambda b: b.anchor("/", 0))
build("no mediation record", lambda b: b.row())
build("no mediation record", lambda b: b.pair(1, 1))
build("no row or no label", lambda b: b.mediation(1))
build("no row or no label", lambda b: (b.mediation(1), b.row()))
build("no row or no label", lambda b: (b.mediation(1), b.label()))
build("no action", lambda b: (b.mediation(0), b.row(), b.label()))
field("no action", MEDIATION, 272, 0, 0, "I", 1 << 15)
field("reserved", MEDIATION, 272, 0, 4, "I", 1)
field("mediation record has a right", MEDIATION, 272, 0, 8, "Q", 1 << 13)
field("base of a place", ANCHORS, 24, 0, 0, "I", 3)
field("an anchor names", ANCHORS, 24, 0, 4, "I", 0)
field("relative without", ANCHORS, 24, 1, 0, "I", NONE)
field("row number", ANCHORS, 24, 0, 16, "I", 3)
field("row number", ANCHORS, 24, 0, 16, "I", NONE)
field("unknown kind", ANCHORS, 24, 0, 20, "I", 2)
field("moves of a row leave", ROWS, 12, 1, 0, "I", 3)
field("moves of a row leave", ROWS, 12, 2, 0, "I", 3)
field("moves of a row leave", ROWS, 12, 2, 0, "I", NONE)
field("row 0 leads|moves of a row leave", ROWS, 12, 0, 0, "I", 1)
field("row 0 leads", ROWS, 12, 0, 4, "I", 1)
field("row 0 leads", ROWS, 12, 0, 8, "I", 1)
field("row 0 leads", ROWS, 12, 1, 0, "I", 1)
field("row number", ROWS, 12, 1, 4, "I", 3)
field("label number", ROWS, 12, 1, 8, "I", 2)
field("row number", MOVES, 4, 0, 0, "I", 3)
field("row number", MOVES, 4, 1, 0, "I", 1 << 24 | 0xFFFFFF)
field("do not ascend by class", MOVES, 4, 0, 0, "I", 1 << 24 | 1)
field("do not ascend by class", MOVES, 4, 1, 0, "I", 0)
field("label 0", LABELS, 24, 0, 0, "I", 1)
field("label 0", LABELS, 24, 0, 12, "I", 1)
field("label 0", LABELS, 24, 0, 16, "I", 1)
for at in (0, 4, 8):
    field("not mediated", LABELS, 24, 1, at, "I", 0x80)
field("halves of a label", LABELS, 24, 1, 12, "I", 1)
field("halves of a label", LABELS, 24, 1, 12, "I", NONE)
field("halves of a label", LABELS, 24, 1, 16, "I", 3)
field("halves of a label", LABELS, 24, 1, 20, "I", NONE)
field("a half", HALVES, 4, 0, 0, "I", 1)
field("a half", HALVES, 4, 1, 0, "I", 2)
field("a half", HALVES, 4, 2, 0, "I", 2)
field("unknown effect", PAIRS, 16, 0, 0, "I", 0)
field("unknown effect", PAIRS, 16, 0, 0, "I", 4)
field("no action", PAIRS, 16, 0, 4, "I", 0)
field("no action", PAIRS, 16, 0, 4, "I", 0x80)
field("rule number", PAIRS, 16, 0, 8, "I", NONE)
field("reserved", PAIRS, 16, 0, 12, "I", 1)
table("more records", PAIRS, 4, "I", 4097)
table("more records", ROWS, 4, "I", (1 << 24) + 1)
table("exactly one", MEDIATION, 4, "I", 2)

# What it judges sockets by.
build("no network record", lambda b: b.endpoint(0, 1))
build("no mediation record", lambda b: b.network())
table("exactly one", NETWORK, 4, "I", 2)
table("more records", ENDPOINTS, 4, "I", 8193)
field("flag of the network", NETWORK, 8, 0, 0, "I", 4)
field("reserved", NETWORK, 8, 0, 4, "I", 1)
field("rule number", ENDPOINTS, 40, 3, 0, "I", NONE)
field("do not stand together", ENDPOINTS, 40, 1, 0, "I", 3)
field("do not stand together", ENDPOINTS, 40, 0, 8, "B", 1)
field("do not stand together", ENDPOINTS, 40, 2, 8, "B", 2)
field("unknown effect", ENDPOINTS, 40, 0, 4, "B", 0)
field("unknown effect", ENDPOINTS, 40, 0, 4, "B", 4)
field("differ in effect", ENDPOINTS, 40, 2, 4, "B", 3)
field("differ in effect", ENDPOINTS, 40, 2, 5, "B", 2)
field("endpoint has no action", ENDPOINTS, 40, 0, 5, "B", 0)
field("endpoint has no action", ENDPOINTS, 40, 0, 5, "B", 8)
field("unknown transport", ENDPOINTS, 40, 0, 6, "B", 0)
field("unknown transport", ENDPOINTS, 40, 0, 6, "B", 4)
field("port without one", ENDPOINTS, 40, 3, 14, "H", 1)
field("ports of an endpoint", ENDPOINTS, 40, 0, 14, "H", 442)
field("kind of host", ENDPOINTS, 40, 0, 7, "B", 0)
field("kind of host", ENDPOINTS, 40, 0, 7, "B", 5)
field("kind of host", ENDPOINTS, 40, 3, 7, "B", 1)
field("kind of host", ENDPOINTS, 40, 3, 7, "B", 7)
field("does not fit its prefix", ENDPOINTS, 40, 0, 9, "B", 1)
field("does not fit its prefix", ENDPOINTS, 40, 1, 9, "B", 2)
field("does not fit its prefix", ENDPOINTS, 40, 1, 10, "B", 129)
field("does not fit its prefix", ENDPOINTS, 40, 1, 10, "B", 28)
field("does not fit its prefix", ENDPOINTS, 40, 1, 31, "B", 1)
field("does not fit its prefix", ENDPOINTS, 40, 0, 16, "B", 1)
field("reserved", ENDPOINTS, 40, 0, 11, "B", 1)
field("name in lower case", ENDPOINTS, 40, 0, 7, "B", 1)
field("leaves the strings", ENDPOINTS, 40, 0, 32, "I", 0xFFFFFF)

# How rules are enforced, and logging.
field("how a rule", HOW, 8, 0, 0, "B", 32)
field("how a rule", HOW, 8, 0, 1, "B", 0)
field("how a rule", HOW, 8, 1, 1, "B", 4)
field("how a rule", HOW, 8, 1, 2, "B", 5)
field("reserved", HOW, 8, 0, 3, "B", 1)
build("how a rule", lambda b: (b.how(), b.how()))
build("denials are to be logged", lambda b: (setattr(b, "abi", 6), setattr(b, "flags", 2)))


def logs_without_ruleset():
    b = Bundle()
    b.abi, b.flags = 7, 2
    return b.write()


case("denials are to be logged", logs_without_ruleset())
for name in ("Example.com", ".example.com", "example.com.", "a..b", "a/b", "a b",
             "a" * 254, ""):
    build("name in lower case", lambda b, name=name: (
        b.rule(), b.mediation(0), b.row(), b.label(), b.network(),
        b.endpoint(0, 2, name)))
build("name in lower case", lambda b: (
    b.rule(), b.mediation(0), b.row(), b.label(), b.network(2),
    b.endpoint(0, 6, "a" * 108, transport=3, ports=(0, 0))))


def expect(path, text, marker):
    """The failures of one case, as lines."""
    said = subprocess.run(["srt-check-bundle", path], capture_output=True,
                          text=True)
    if said.returncode != 1 or not any(t in said.stdout for t in text.split("|")):
        yield "checker: expected `%s`, got %d `%s`" % (
            text, said.returncode, said.stdout.strip())
    ran = subprocess.run(["srt-load", path, "--", "/bin/touch", marker],
                         capture_output=True, text=True)
    if ran.returncode != 125 or not ran.stderr.startswith("srt-load: bundle: "):
        yield "loader: `%s`: got %d `%s`" % (text, ran.returncode, ran.stderr)
    if os.path.exists(marker):
        os.unlink(marker)
        yield "the command ran: `%s`" % text


def main(folder):
    os.makedirs(folder, exist_ok=True)
    path, marker = folder + "/case.srtb", folder + "/marker"
    with open(path, "wb") as out:
        out.write(GOOD)
    good = subprocess.run(["srt-check-bundle", path], capture_output=True,
                          text=True).stdout.strip()
    print("sound:", good)
    wrong = 0
    for number, (text, data) in enumerate(CASES):
        with open(path, "wb") as out:
            out.write(data)
        for line in expect(path, text, marker):
            wrong += 1
            print("case %d: %s" % (number, line))
    print("at least 100 cases:", len(CASES) >= 100)
    print("failures:", wrong)


main(sys.argv[1])
