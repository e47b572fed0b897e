# test/Tools/srt-dump/Inputs/whole.py: a bundle with something in every section.
# SPDX-License-Identifier: Apache-2.0
"""usage: whole.py OUTPUT"""
import os
import struct
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__),
                                "../../../Loader/Inputs"))
from make_bundle import (AARCH64, EXEC, READ, X86_64, Bundle,  # noqa: E402
                         deny_filter)

b = Bundle()
b.abi, b.flags = 6, 1
b.info("srtc 0.1.0", "agent", "linux-6.12")
b.source("agent.srt")
b.param("project", 1)
b.param("home", 2, "HOME")
b.param("cache", 3, "/var/cache")
b.ruleset(READ | EXEC | 1 << 40, 3, 1)
b.root("/usr", READ | EXEC)
b.root("", READ, base=0)
b.root('a "b"\n', READ, base=0, beneath=1)
b.root("/new", 1 << 40)
b.root("/mixed", READ | 1 << 40)
b.command("git", EXEC)
b.port(443, 2)
b.program(X86_64, deny_filter([0, 101]))
b.program(AARCH64, deny_filter([101], AARCH64, 38))
b.program(0x00000016, deny_filter([1], 0x00000016, 13))
b.env(1, "LC_*")
b.env(2, "LANG", b"\xff\xc3\xa9")
b.env(3, "LD_*")
b.limit(7, 64)
b.limit(13, 5)
b.forbid(".ssh", READ, base=1)
b.forbid("sudo", EXEC, kind=2)
b.accepted("UDP to any port")
b.sections[14][-1] = (b.strings.add("test.srt") + b.strings.add("allow read") +
                      struct.pack("<II", 24, 1))
b.record(14, b.strings.add("evil\x1b[0m.srt") + b.strings.add("allow read") +
         struct.pack("<II", 3, 7))
b.record(14, b.strings.add("") + b.strings.add("") + struct.pack("<II", 0, 0))
with open(sys.argv[1], "wb") as out:
    out.write(b.write())
