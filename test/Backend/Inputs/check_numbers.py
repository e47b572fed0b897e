# test/Backend/Inputs/check_numbers.py: our numbers of syscalls against libseccomp's.
# SPDX-License-Identifier: Apache-2.0
#
# Usage: check_numbers.py SOURCE_ROOT
import ctypes
import re
import sys

ARCHS = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7, "riscv64": 0xC00000F3,
         "arm": 0x40000028, "i386": 0x40000003}
# Names that libseccomp takes for something else: what i386 knew as `select` and
# `mmap` has its arguments in memory, and there is a multiplexer for these.
RENAMED = {("i386", "old_select"): "select", ("i386", "old_mmap"): "mmap"}


def main():
    library = ctypes.CDLL("libseccomp.so.2")
    with open(f"{sys.argv[1]}/lib/Kernel/Syscalls.def", encoding="ascii") as table:
        rows = re.findall(r"^SRT_SYSCALL\((\w+), ([-\d, ]+)\)", table.read(), re.M)
    same, wrong = dict.fromkeys(ARCHS, 0), 0
    for name, numbers in rows:
        for (arch, audit), number in zip(ARCHS.items(), map(int, numbers.split(","))):
            known = RENAMED.get((arch, name), name)
            if (arch, known) in RENAMED.values() or number < 0:
                continue
            theirs = library.seccomp_syscall_resolve_name_arch(
                ctypes.c_uint32(audit), known.encode())
            if theirs >= 0:  # less: not known, or only within a multiplexer
                same[arch] += theirs == number
                if theirs != number:
                    wrong += 1
                    print(f"{arch} {name}: {number}, libseccomp says {theirs}")
    print(", ".join(f"{arch} {count}" for arch, count in same.items()))
    print(f"{wrong} wrong")
    return 0 if not wrong and min(same.values()) > 300 else 1


sys.exit(main())
