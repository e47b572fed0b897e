# test/Loader/Inputs/damage.py: cut and flipped bundles, given to srt-load.
# SPDX-License-Identifier: Apache-2.0
"""Damages a sound bundle in every way of one kind; each must be refused.

usage: damage.py cut|flip DIRECTORY

`cut` keeps the first n bytes, for every n; `flip` flips one bit, for every bit.
Counts how often the loader exits with something else than 125, or the command
runs (it would make a file).
"""
import os
import sys

sys.dont_write_bytecode = True
from make_bundle import *


def small():
    b = Bundle()
    b.abi = 1
    b.ruleset(fs=ALL_FS)
    b.root("/", ALL_FS)
    b.env(2, "A", "b")
    return b.write()


def cuts(data):
    for size in range(len(data)):
        yield data[:size]


def flips(data):
    for bit in range(8 * len(data)):
        out = bytearray(data)
        out[bit // 8] ^= 1 << bit % 8
        yield bytes(out)


def run(loader, path, marker):
    null = [(os.POSIX_SPAWN_OPEN, 2, "/dev/null", os.O_WRONLY, 0)]
    pid = os.posix_spawn(loader, ["srt-load", path, "--", "/bin/touch", marker],
                         os.environ, file_actions=null)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def main(kind, folder):
    os.makedirs(folder, exist_ok=True)
    path, marker = folder + "/damaged.srtb", folder + "/marker"
    loader = next(d + "/srt-load" for d in os.environ["PATH"].split(":")
                  if os.access(d + "/srt-load", os.X_OK))
    data = small()
    with open(path, "wb") as out:
        out.write(data)
    print("whole:", run(loader, path, marker), os.path.exists(marker))
    os.unlink(marker)
    tried = wrong = 0
    for damaged in {"cut": cuts, "flip": flips}[kind](data):
        with open(path, "wb") as out:
            out.write(damaged)
        tried += 1
        wrong += run(loader, path, marker) != 125 or os.path.exists(marker)
    expected = len(data) * (8 if kind == "flip" else 1)
    print("tried all:", tried == expected)
    print("not refused:", wrong)


main(sys.argv[1], sys.argv[2])
