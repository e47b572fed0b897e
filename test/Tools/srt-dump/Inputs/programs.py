# test/Tools/srt-dump/Inputs/programs.py: many instructions, sound and not.
# SPDX-License-Identifier: Apache-2.0
"""usage: programs.py BUNDLE WORDS

Writes a bundle of one program with every 8-bit code and several fields each,
in which no mnemonic can show everything; and the words that srt-dump
--assemble should print for its listing.
"""
import os
import random
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__),
                                "../../../Loader/Inputs"))
from make_bundle import X86_64, Bundle  # noqa: E402

rng = random.Random(1)
insns = []
for code in range(256):
    insns += [(code, 0, 0, 0), (code, 0, 0, rng.getrandbits(32)),
              (code, rng.randrange(256), 0, 0), (code, 0, 255, 4294967295)]
while len(insns) < 4096:
    insns.append((rng.getrandbits(rng.choice((4, 8, 16))), rng.choice((0, 1, 255)),
                  rng.choice((0, 3)), rng.getrandbits(rng.choice((1, 8, 32)))))
b = Bundle()
b.info()
b.program(X86_64, insns)
with open(sys.argv[1], "wb") as out:
    out.write(b.write())
with open(sys.argv[2], "w") as out:
    for insn in insns:
        out.write("%04x %02x %02x %08x\n" % insn)
