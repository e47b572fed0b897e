# test/Loader/Inputs/without_call.py: runs a command where a system call is ENOSYS.
# SPDX-License-Identifier: Apache-2.0
"""usage: without_call.py NUMBER COMMAND [ARGUMENT...]

Guarantees: nothing else is filtered. With 437, openat2(2) on every machine, the
command finds what it would find in a sandbox of ours.
"""
import ctypes
import errno
import os
import struct
import sys

LOAD_NR, IF_EQUAL, RETURN = 0x20, 0x15, 0x06
ERRNO, ALLOW = 0x00050000, 0x7FFF0000
program = b"".join(struct.pack("<HBBI", *i) for i in (
    (LOAD_NR, 0, 0, 0), (IF_EQUAL, 0, 1, int(sys.argv[1])),
    (RETURN, 0, 0, ERRNO | errno.ENOSYS), (RETURN, 0, 0, ALLOW)))
code = ctypes.create_string_buffer(program)
fprog = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code))
prctl = ctypes.CDLL(None, use_errno=True).prctl
# PR_SET_NO_NEW_PRIVS, then PR_SET_SECCOMP with SECCOMP_MODE_FILTER.
if prctl(38, 1, 0, 0, 0) != 0 or prctl(22, 2, fprog, 0, 0) != 0:
    sys.exit(os.strerror(ctypes.get_errno()))
os.execvp(sys.argv[2], sys.argv[2:])
