# test/Loader/Inputs/raw_env.py: starts srt-load with an environment as given.
# SPDX-License-Identifier: Apache-2.0
"""usage: raw_env.py BUNDLE ENTRY...

Entries go to execve(2) as they are, doubles and all, which no Python or shell
call does. Prints the environment that the command got, joined by bars.
"""
import ctypes
import os
import shutil
import sys


def strings(items):
    return (ctypes.c_char_p * (len(items) + 1))(*[i.encode() for i in items])


loader = shutil.which("srt-load")
# A shell would add variables of its own; /proc shows what execve was given.
command = [loader, sys.argv[1], "--", "/bin/cat", "/proc/self/environ"]
read, write = os.pipe()
if os.fork() == 0:
    os.dup2(write, 1)
    ctypes.CDLL(None).execve(loader.encode(), strings(command),
                             strings(sys.argv[2:]))
    os._exit(1)
os.close(write)
data = os.fdopen(read, "rb").read()
print(data.decode().rstrip("\0").replace("\0", "|"))
