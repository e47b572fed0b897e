# test/Loader/Inputs/mutate.py: random damage with a right digest.
# SPDX-License-Identifier: Apache-2.0
"""Gives srt-check-bundle bundles that are wrong behind a right digest.

usage: mutate.py DIRECTORY COUNT SEED

The checker may accept or refuse each, it may not crash; in a sanitizer build
that includes every read out of bounds. Same seed, same files.
"""
import os
import random
import subprocess
import sys

sys.dont_write_bytecode = True
from make_bundle import *

INTERESTING = [0, 1, 7, 8, 15, 16, 255, 4095, 4096, 65535, 65536, 2**31,
               2**32 - 8, 2**32 - 1]


def seed_bundle(rng):
    b = Bundle()
    b.abi = rng.choice([1, 7])
    b.info()
    b.source()
    b.param("p", 1)
    b.param("h", 2, "HOME")
    b.ruleset(fs=ALL_FS, net=3)
    b.root("/usr", READ)
    b.root("/usr/lib", READ, beneath=0)
    b.root("", READ, base=1)
    b.command("sh", EXEC)
    b.port(443, 2)
    b.program(X86_64, deny_filter([101]))
    b.env(1, "LC_*")
    b.env(2, "A", "b")
    b.limit(7, 64)
    b.forbid(".ssh", READ, base=1)
    b.forbid("curl", EXEC, kind=2)
    b.accepted("x")
    b.mediation(0x7F, RIGHTS["read_file"])
    b.anchor("/", 1)
    b.anchor("a", 2, base=0)
    for row in ((0, 0, 0), (0, 1, 1), (2, 2, 0)):
        b.row(*row)
    b.move(0, 1)
    b.move(1, 2)
    b.label()
    b.label(allowed=1, first=0, patterns=2, excepts=1)
    for pair in (0, 1, 0):
        b.half(pair)
    b.pair(1, 3)
    b.pair(3, 4)
    b.network(3)
    b.endpoint(0, 2, "registry.example.com", ports=(443, 443))
    b.endpoint(1, 4, v6=1, prefix=32, address=b"\x20\x01\x0d\xb8" + bytes(12))
    b.endpoint(1, 3, "example.org", is_except=1)
    b.endpoint(2, 5, "agent", transport=3, ports=(0, 0))
    return b.write()


def mutate(rng, data):
    out = bytearray(data)
    for _ in range(rng.choice([1, 1, 1, 2, 4])):
        # Mostly words: that is what the format is made of.
        at = rng.randrange(48, len(out) - 8) & ~3
        how = rng.randrange(4)
        if how == 0:
            out[at + rng.randrange(4)] ^= 1 << rng.randrange(8)
        elif how == 1:
            out[at:at + 4] = rng.choice(INTERESTING).to_bytes(4, "little")
        elif how == 2:
            small = int.from_bytes(out[at:at + 4], "little") + rng.randint(-9, 9)
            out[at:at + 4] = (small % 2**32).to_bytes(4, "little")
        else:
            other = rng.randrange(48, len(out) - 8) & ~7
            out[at & ~7:(at & ~7) + 8] = out[other:other + 8]
    if rng.randrange(10) == 0:
        out = out[:rng.randrange(64, len(out))]
        out[8:16] = len(out).to_bytes(8, "little")
    return seal(out)


def main(folder, count, seed):
    rng = random.Random(seed)
    os.makedirs(folder, exist_ok=True)
    names = []
    for i in range(count):
        names.append("%s/%d.srtb" % (folder, i))
        with open(names[-1], "wb") as out:
            out.write(mutate(rng, seed_bundle(rng)))
    ran = subprocess.run(["srt-check-bundle"] + names, capture_output=True,
                         text=True)
    lines = ran.stdout.splitlines()
    reasons = {line.split(": ", 1)[1] for line in lines}
    for name in names:
        os.unlink(name)
    print("status:", ran.returncode)
    print("answers:", len(lines) == count)
    print("different reasons, at least 25:", len(reasons) >= 25)
    print("about the digest:", sum("digest" in r for r in reasons))
    print("stderr:", ran.stderr[:2000] or "empty")


main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
