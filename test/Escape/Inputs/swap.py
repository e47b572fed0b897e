# test/Escape/Inputs/swap.py: swap.py A B, exchanges two names for 4 seconds.
# SPDX-License-Identifier: Apache-2.0
import ctypes
import os
import sys
import time

libc = ctypes.CDLL(None)
a, b = (os.fsencode(name) for name in sys.argv[1:3])
end = time.monotonic() + 4
while time.monotonic() < end:
    for _ in range(1000):
        libc.renameat2(-100, a, -100, b, 2)  # AT_FDCWD, RENAME_EXCHANGE
