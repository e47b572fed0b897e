# test/Tools/srt-dump/Inputs/program.py: a bundle of one x86_64 program.
# SPDX-License-Identifier: Apache-2.0
"""usage: program.py OUTPUT "CODE JT JF K"...   (all in hex)"""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__),
                                "../../../Loader/Inputs"))
from make_bundle import X86_64, Bundle  # noqa: E402

b = Bundle()
b.info()
b.program(X86_64, [[int(field, 16) for field in insn.split()]
                   for insn in sys.argv[2:]])
with open(sys.argv[1], "wb") as out:
    out.write(b.write())
