# test/Project/Inputs/check_files.py: every file says what it is.
# SPDX-License-Identifier: Apache-2.0
#
# First line: path and purpose; second: licence; no file past 500 lines; tables
# name their source; no registry's host anywhere. Exits 1 on any problem.
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(sys.argv[1])
TABLES_WITH_SOURCE = ["lib/Kernel/Syscalls.def", "lib/Kernel/Landlock.def",
                      "lib/Kernel/SyscallArgs.def", "lib/Kernel/Targets.def",
                      "lib/Kernel/SyscallSpellings.def"]
LONGEST = 500


def source_files():
    listed = subprocess.run(["git", "-C", str(ROOT), "ls-files", "-co",
                             "--exclude-standard"], capture_output=True,
                            text=True, check=True).stdout.split("\n")
    for name in sorted(filter(None, listed)):
        if re.match(r"(lib|runtime|tools)/.*\.(h|cpp|def)$", name) and \
                (ROOT / name).exists():
            yield name


def problems(name):
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    head = "\n".join(lines[:4])
    if name not in head and name not in TABLES_WITH_SOURCE:
        yield f"{name}:1: the first line names the file and its purpose"
    if "SPDX-License-Identifier: Apache-2.0" not in head:
        yield f"{name}:2: the licence is missing"
    if len(lines) > LONGEST and not name.endswith(".def"):
        yield f"{name}: {len(lines)} lines; split it by idea"
    if name in TABLES_WITH_SOURCE and not re.search(r"\d+\.\d+.*20\d\d-\d\d-\d\d", lines[0]):
        yield f"{name}:1: a table's first line names its source and date"
    for number, line in enumerate(lines, 1):
        if re.search(r"TODO(?!\(#\d+\))|\bFIXME\b|\bXXX\b", line):
            yield f"{name}:{number}: a TODO names its issue"


def main():
    found = []
    files = list(source_files())
    for name in files:
        found += problems(name)
    print("\n".join(found))
    print(f"{len(files)} files, {len(found)} problems")
    return 1 if found or len(files) < 100 else 0


sys.exit(main())
