#!/usr/bin/env python3
# test/Driver/Inputs/odd_characters.py: characters that steer a terminal.
# SPDX-License-Identifier: Apache-2.0
#
# Usage: odd_characters.py DIRECTORY | odd_characters.py --find FILE
import pathlib
import sys

ODD = {"csi": 0x9B, "nel": 0x85, "override": 0x202E, "isolate": 0x2066,
       "line-separator": 0x2028}
PLACES = {"path": 'deny read.data "usr{0}2Jx";', "host": 'deny connect "{0}b:1";',
          "comment": 'allow raed "/usr"; // {0}2J', "bare": "allow read {0};"}


def write(directory):
    for name, code in ODD.items():
        for place, text in PLACES.items():
            path = pathlib.Path(directory, f"{name}-{place}.srt")
            line = "policy p { " + text.format(chr(code))
            path.write_text(line + "\n}\n", encoding="utf-8")


def find(path):
    said = pathlib.Path(path).read_bytes().decode("utf-8")
    for line in said.split("\n"):
        found = sorted({f"U+{code:04X}" for code in ODD.values() if chr(code) in line})
        if found:
            print(*found, "in", ascii(line))
            yield line


if sys.argv[1] == "--find":
    sys.exit(1 if list(find(sys.argv[2])) else 0)
write(sys.argv[1])
