# test/Faults/Inputs/without_each.py: one system call after the other is EPERM.
# SPDX-License-Identifier: Apache-2.0
"""usage: without_each.py BUNDLE MARKER WITNESS

Starts `sh` in the sandbox under a filter that lets one system call fail for
all of it. Either there is one message and nothing runs, or the sandbox holds:
WITNESS, which the policy does not let it write, is not there afterwards, and
nor are `fixed/x` and what a forbidden argument would make.
"""
import ctypes
import errno
import os
import struct
import subprocess
import sys

bundle, marker, witness = sys.argv[1:]
SCRIPT = ": > marker; : > fixed/x; : > %s; mkdir -m 700 by-argument" % witness
# Of x86-64: what srt-load, srt-broker and the command use at the start. Not
# execve, without which there is no start, nor exit_group and write, by which
# it is refused.
CALLS = {"read": 0, "close": 3, "fstat": 5, "poll": 7, "mmap": 9, "mprotect": 10,
         "munmap": 11, "brk": 12, "rt_sigaction": 13, "rt_sigprocmask": 14,
         "ioctl": 16, "pread64": 17, "access": 21, "madvise": 28, "getpid": 39,
         "socketpair": 53, "shutdown": 48, "clone": 56, "wait4": 61, "kill": 62,
         "fcntl": 72, "chdir": 80, "getppid": 110, "ptrace": 101, "capget": 125,
         "capset": 126, "fstatfs": 138, "prctl": 157, "keyctl": 250, "openat": 257,
         "newfstatat": 262, "readlinkat": 267, "ppoll": 271, "unshare": 272,
         "signalfd4": 289, "dup3": 292, "prlimit64": 302, "process_vm_readv": 310,
         "seccomp": 317, "statx": 332, "pidfd_open": 434, "close_range": 436,
         "openat2": 437, "pidfd_getfd": 438, "landlock_create_ruleset": 444,
         "landlock_add_rule": 445, "landlock_restrict_self": 446}
LOAD_NR, IF_EQUAL, RETURN = 0x20, 0x15, 0x06
ERRNO, ALLOW = 0x00050000, 0x7FFF0000
PRCTL = ctypes.CDLL(None, use_errno=True).prctl


def program_without(number):
    return b"".join(struct.pack("<HBBI", *i) for i in (
        (LOAD_NR, 0, 0, 0), (IF_EQUAL, 0, 1, number),
        (RETURN, 0, 0, ERRNO | errno.EPERM), (RETURN, 0, 0, ALLOW)))


def enter(program):
    code = ctypes.create_string_buffer(program)
    fprog = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code))
    # PR_SET_NO_NEW_PRIVS, then PR_SET_SECCOMP with SECCOMP_MODE_FILTER.
    if PRCTL(38, 1, 0, 0, 0) != 0 or PRCTL(22, 2, fprog, 0, 0) != 0:
        os._exit(99)


def start(number):
    """Ends with the status of srt-load. By a helper, whose fork is not ours."""
    program = program_without(number)
    return subprocess.run(["srt-load", bundle, "--", "sh", "-c", SCRIPT],
                          preexec_fn=lambda: enter(program), text=True,
                          stdin=subprocess.DEVNULL, capture_output=True,
                          timeout=5)


def exists(*names):
    return [name for name in names if os.path.lexists(name)]


def fault(name, number):
    try:
        ran = start(number)
    except subprocess.TimeoutExpired:
        return "hangs"
    except (OSError, subprocess.SubprocessError):
        return None  # Python itself needs the call
    outside = exists("fixed/x", witness, "by-argument")
    has_run = bool(exists(marker))
    told = [line for line in ran.stderr.splitlines() if line.startswith("srt-load: ")]
    if outside:
        return "made " + ", ".join(outside)
    if ran.returncode in (125, 126, 127) and not has_run and len(told) > 1:
        return "%d messages" % len(told)
    if ran.returncode == 125 and not has_run and not told:
        return "no message"
    return None


def main():
    os.makedirs("fixed", exist_ok=True)
    wrong = 0
    for name, number in [("none", 0xFFFF)] + sorted(CALLS.items()):
        for file in exists(marker, "fixed/x", witness):
            os.unlink(file)
        if os.path.isdir("by-argument"):
            os.rmdir("by-argument")
        why = fault(name, number)
        if name == "none" and not exists(marker):
            why = "nothing right to begin with"
        if why:
            wrong += 1
            print("%s: %s" % (name, why))
    print("%d calls, %d wrong" % (len(CALLS), wrong))
    return 1 if wrong else 0


sys.exit(main())
