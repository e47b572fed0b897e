# test/Loader/Inputs/broken_filter.py: a filter that jumps out of itself.
# SPDX-License-Identifier: Apache-2.0
"""usage: broken_filter.py OUTPUT"""
import sys

sys.dont_write_bytecode = True
from make_bundle import *

b = Bundle()
b.program(X86_64, [(0x15, 200, 200, 0), (0x06, 0, 0, ALLOW)])
open(sys.argv[1], "wb").write(b.write())
