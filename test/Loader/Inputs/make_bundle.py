# test/Loader/Inputs/make_bundle.py: a second writer of bundles, for tests.
# SPDX-License-Identifier: Apache-2.0
"""Writes a .srtb file from a description in JSON, knowing only bundle.h.

Guarantees: shares no code with the compiler or the checker, so that a mistake
in one of them cannot hide behind the same mistake here. It does not check what
it is told to write: `patch` and `Bundle.layout` exist to write broken files
whose digest is right.

usage: make_bundle.py OUTPUT '{"roots": [...], ...}'

Keys, all optional: abi, flags, handled_fs, handled_net, scoped, params, roots,
commands, ports, programs, env, limits, forbidden, broker (a filter that asks
it, and {"rules": as in tables.py, "rights", "mediated", "tests"}). Every record that needs a
rule gets one of its own, at line 10, 11, ... of `test.srt`.
"""
import hashlib
import json
import struct
import sys

NONE = 0xFFFFFFFF
STRINGS, INFO, SOURCES, PARAMS, RULESET, ROOTS, COMMANDS, PORTS = range(1, 9)
PROGRAMS, FILTERS, ENV, LIMITS, FORBIDDEN, RULES, ACCEPTED = range(9, 16)
MEDIATION, ANCHORS, ROWS, MOVES, LABELS, HALVES, PAIRS = range(16, 23)
NETWORK, ENDPOINTS, HOW = range(23, 26)
X86_64, AARCH64 = 0xC000003E, 0xC00000B7
ALLOW, ERRNO, KILL = 0x7FFF0000, 0x00050000, 0x80000000
NOTIFY = 0x7FC00000

# include/uapi/linux/landlock.h
RIGHTS = {name: 1 << bit for bit, name in enumerate(
    "execute write_file read_file read_dir remove_dir remove_file make_char "
    "make_dir make_reg make_sock make_fifo make_block make_sym refer truncate "
    "ioctl_dev".split())}
READ = RIGHTS["read_file"] | RIGHTS["read_dir"]
EXEC = RIGHTS["execute"]
ALL_FS = (1 << 13) - 1


class Strings:
    """The strings section; equal strings share their bytes."""

    def __init__(self):
        self.bytes = b"\0"
        self.known = {b"": 0}

    def add(self, text):
        data = text.encode() if isinstance(text, str) else text
        if data not in self.known:
            self.known[data] = len(self.bytes)
            self.bytes += data + b"\0"
        return struct.pack("<II", self.known[data], len(data))


class Bundle:
    """Sections by kind: a list of records (bytes), or bytes for 1 and 10."""

    def __init__(self):
        self.strings = Strings()
        self.sections = {}
        self.abi = self.flags = 0
        self.os = 1
        self.rules = 0

    def record(self, kind, data):
        self.sections.setdefault(kind, []).append(data)

    def rule(self, text=""):
        line = 10 + self.rules
        self.rules += 1
        self.record(RULES, self.strings.add("test.srt") +
                    self.strings.add(text) + struct.pack("<II", line, 1))
        return self.rules - 1

    def place(self, path, base=NONE):
        return struct.pack("<II", base, self.rule()) + self.strings.add(path)

    def info(self, compiler="make_bundle", policy="test", target="linux"):
        self.record(INFO, b"".join(map(self.strings.add,
                                       (compiler, policy, target))))

    def source(self, path="test.srt"):
        self.record(SOURCES, self.strings.add(path) + bytes(32))

    def param(self, name, kind, value=""):
        self.record(PARAMS, self.strings.add(name) + self.strings.add(value) +
                    struct.pack("<II", kind, 0))

    def ruleset(self, fs=0, net=0, scoped=0):
        self.record(RULESET, struct.pack("<QQQ", fs, net, scoped))

    def root(self, path, rights, base=NONE, beneath=NONE):
        self.record(ROOTS, self.place(path, base) +
                    struct.pack("<QII", rights, beneath, 0))

    def command(self, name, rights):
        self.record(COMMANDS, self.strings.add(name) +
                    struct.pack("<QII", rights, self.rule(), 0))

    def port(self, port, rights):
        self.record(PORTS, struct.pack("<QII", rights, port, self.rule()))

    def program(self, arch, instructions):
        at = len(b"".join(self.sections.get(FILTERS, [])))
        self.record(PROGRAMS, struct.pack("<IIQ", arch, len(instructions), at))
        for code, jt, jf, k in instructions:
            self.record(FILTERS, struct.pack("<HBBI", code, jt, jf, k))

    def env(self, kind, name, value=""):
        self.record(ENV, self.strings.add(name) + self.strings.add(value) +
                    struct.pack("<II", kind, self.rule()))

    def limit(self, resource, value):
        self.record(LIMITS, struct.pack("<IIQ", resource, self.rule(), value))

    def forbid(self, path, rights, base=NONE, kind=1):
        self.record(FORBIDDEN, self.place(path, base) +
                    struct.pack("<QII", rights, kind, 0))

    def accepted(self, what):
        self.record(ACCEPTED, self.strings.add(what) +
                    struct.pack("<II", self.rule(), 0))

    def mediation(self, actions, rights=0, classes=bytes(256)):
        self.record(MEDIATION, struct.pack("<IIQ", actions, 0, rights) + classes)

    def anchor(self, path, row, base=NONE):
        self.record(ANCHORS, struct.pack("<II", base, NONE) +
                    self.strings.add(path) + struct.pack("<II", row, 0))

    def row(self, first_move=0, otherwise=0, label=0):
        self.record(ROWS, struct.pack("<III", first_move, otherwise, label))

    def move(self, byte_class, row):
        self.record(MOVES, struct.pack("<I", byte_class << 24 | row))

    def label(self, allowed=0, asked=0, denied=0, first=0, patterns=0, excepts=0):
        self.record(LABELS, struct.pack("<6I", allowed, asked, denied, first,
                                        patterns, excepts))

    def half(self, pair):
        self.record(HALVES, struct.pack("<I", pair))

    def pair(self, effect, actions, text=""):
        self.record(PAIRS, struct.pack("<IIII", effect, actions,
                                       self.rule(text), 0))

    def how(self, mechanisms=1, exactness=1, cost=0, since=(5, 13)):
        self.record(HOW, struct.pack("<BBBBHH", mechanisms, exactness, cost, 0, *since))

    def network(self, flags=0):
        self.record(NETWORK, struct.pack("<II", flags, 0))

    def endpoint(self, rule, host, name="", transport=1, effect=1, actions=1,
                 is_except=0, v6=0, prefix=0, ports=(0, 65535), address=bytes(16)):
        self.record(ENDPOINTS, struct.pack(
            "<I8B2H16s", rule, effect, actions, transport, host, is_except, v6,
            prefix, 0, *ports, address) + self.strings.add(name))

    def layout(self):
        """[(kind, count, offset, bytes)] in file order."""
        if self.strings.known.keys() != {b""} or self.sections:
            self.sections[STRINGS] = [self.strings.bytes]
        at = 64 + 24 * len(self.sections)
        placed = []
        for kind in sorted(self.sections):
            data = b"".join(self.sections[kind])
            count = (len(data) if kind in (STRINGS, FILTERS)
                     else len(self.sections[kind]))
            at += -at % 8
            placed.append((kind, count, at, data))
            at += len(data)
        return placed

    def write(self):
        return assemble(self.layout(), self.abi, self.flags, self.os)


def assemble(placed, abi=0, flags=0, os=1):
    """Header, table and sections, each wherever `placed` says."""
    total = max([64] + [at + len(data) for _, _, at, data in placed])
    out = bytearray(total)
    out[0:64] = struct.pack("<4sHHQ32sIIII", b"SRTB", 1, 64, total, bytes(32),
                            os, abi, flags, len(placed))
    for i, (kind, count, at, data) in enumerate(placed):
        out[64 + 24 * i:88 + 24 * i] = struct.pack("<IIQQ", kind, count, at,
                                                   len(data))
        out[at:at + len(data)] = data
    return seal(out)


def seal(data):
    """The same bytes with the digest that belongs to them."""
    out = bytearray(data)
    out[16:48] = bytes(32)
    out[16:48] = hashlib.sha256(bytes(out)).digest()
    return bytes(out)


def patch(data, at, fmt, value):
    """One field changed, the digest made right again."""
    out = bytearray(data)
    struct.pack_into("<" + fmt, out, at, value)
    return seal(out)


def sections(data):
    """{kind: (index in the table, count, offset, size)} of a sound bundle."""
    count = struct.unpack_from("<I", data, 60)[0]
    found = {}
    for i in range(count):
        kind, n, at, size = struct.unpack_from("<IIQQ", data, 64 + 24 * i)
        found[kind] = (i, n, at, size)
    return found


def deny_filter(numbers, arch=X86_64, error=1):
    """A filter: kill another arch, `error` for the numbers, allow the rest."""
    program = [(0x20, 0, 0, 4), (0x15, 1, 0, arch), (0x06, 0, 0, KILL),
               (0x20, 0, 0, 0)]
    for number in numbers:
        program += [(0x15, 0, 1, number), (0x06, 0, 0, ERRNO | error)]
    return program + [(0x06, 0, 0, ALLOW)]


# What the broker can perform, x86_64 and aarch64; -1: not on that machine.
CALLS = {"open": (2, -1), "openat": (257, 56), "creat": (85, -1),
         "mkdir": (83, -1), "mkdirat": (258, 34), "mknod": (133, -1),
         "mknodat": (259, 33), "symlink": (88, -1), "symlinkat": (266, 36),
         "link": (86, -1), "linkat": (265, 37), "rename": (82, -1),
         "renameat": (264, 38), "renameat2": (316, 276), "unlink": (87, -1),
         "unlinkat": (263, 35), "rmdir": (84, -1), "truncate": (76, 45),
         "chmod": (90, -1), "fchmod": (91, 52), "fchmodat": (268, 53),
         "fchmodat2": (452, 452), "chown": (92, -1), "fchown": (93, 55),
         "lchown": (94, -1), "fchownat": (260, 54), "utime": (132, -1),
         "utimes": (235, -1), "futimesat": (261, -1), "utimensat": (280, 88),
         "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7),
         "removexattr": (197, 14), "lremovexattr": (198, 15),
         "fremovexattr": (199, 16)}
CLOSED = {"openat2": (437, 437), "io_uring_setup": (425, 425)}


# The argument that has the flags, and O_PATH, which no broker can hand over.
FLAGS = {"open": 1, "openat": 2}
O_PATH = 0o10000000


def broker_filter(arch, tests=None):
    """A filter that asks the broker about all of CALLS, and answers CLOSED
    with ENOSYS. `tests` is {call: [argument, mask]}: ask only if a bit of the
    mask is in the argument; [] never."""
    tests = tests or {}
    column = 1 if arch == AARCH64 else 0
    program = [(0x20, 0, 0, 4), (0x15, 1, 0, arch), (0x06, 0, 0, KILL),
               (0x20, 0, 0, 0)]
    for name, numbers in CLOSED.items():
        program += [(0x15, 0, 1, numbers[column]), (0x06, 0, 0, ERRNO | 38)]
    for name, numbers in CALLS.items():
        if numbers[column] < 0 or tests.get(name) == []:
            continue
        body = []
        if name in FLAGS:
            body += [(0x20, 0, 0, 16 + 8 * FLAGS[name]), (0x45, 0, 1, O_PATH),
                     (0x06, 0, 0, ALLOW)]
        if name in tests:
            argument, mask = tests[name]
            body += [(0x20, 0, 0, 16 + 8 * argument), (0x45, 1, 0, mask),
                     (0x06, 0, 0, ALLOW)]
        body += [(0x06, 0, 0, NOTIFY)]
        program += [(0x15, 0, len(body), numbers[column])] + body
    return program + [(0x06, 0, 0, ALLOW)]


def rights(value):
    """Rights as a number, or as names with a bar between."""
    if isinstance(value, int):
        return value
    return sum({**RIGHTS, "read": READ, "exec": EXEC, "all": ALL_FS}[name]
               for name in value.split("|"))


def describe(d):
    """A bundle from the JSON description in the module's docstring."""
    b = Bundle()
    b.abi, b.flags = d.get("abi", 0), d.get("flags", 0)
    b.info()
    for p in d.get("params", []):
        b.param(*p)
    handled = [rights(d.get(k, 0)) for k in ("handled_fs", "handled_net", "scoped")]
    if any(handled):
        b.abi = d.get("abi", 1)
        b.ruleset(*handled)
    for r in d.get("roots", []):
        b.root(r["path"], rights(r["rights"]), r.get("base", NONE),
               r.get("beneath", NONE))
    for name, right in d.get("commands", []):
        b.command(name, rights(right))
    for port, right in d.get("ports", []):
        b.port(port, right)
    for p in d.get("programs", []):
        b.program(p.get("arch", X86_64),
                  deny_filter(p.get("deny", []), p.get("arch", X86_64)))
    if "broker" in d:
        import tables
        for arch in (X86_64, AARCH64):
            b.program(arch, broker_filter(arch, d["broker"].get("tests")))
        tables.add(b, d["broker"]["rules"], rights(d["broker"].get("rights", 0)),
                   d["broker"].get("mediated"))
    for e in d.get("env", []):
        b.env(*e)
    for limit in d.get("limits", []):
        b.limit(*limit)
    for f in d.get("forbidden", []):
        b.forbid(f["path"], rights(f["rights"]), f.get("base", NONE),
                 f.get("kind", 1))
    return b


if __name__ == "__main__":
    with open(sys.argv[1], "wb") as out:
        out.write(describe(json.loads(sys.argv[2]) if len(sys.argv) > 2 else {}).write())
