# test/Workloads/Inputs/tree.py: one line for all that can be seen of each file.
# SPDX-License-Identifier: Apache-2.0
#
# Names, kinds, modes, owners, numbers of links, contents; times too where LOOK
# has `mtime`. Whatever matches a pattern (of the path) is named, not looked at.
# Usage: tree.py FOLDER [PATTERN...]
import hashlib
import os
import re
import stat
import sys

TIMES = "mtime" in os.environ.get("LOOK", "")
SKIP = [re.compile(pattern) for pattern in sys.argv[2:]]


def content(path, status):
    """What a file holds, by its kind."""
    if stat.S_ISLNK(status.st_mode):
        return "-> " + os.readlink(path)
    if not stat.S_ISREG(status.st_mode):
        return ""
    with open(path, "rb") as file:
        data = file.read()
    # A short text says more than a digest when two trees differ.
    if len(data) < 200 and data.isascii():
        return repr(data.decode())
    return f"{len(data)} bytes {hashlib.sha256(data).hexdigest()[:16]}"


def line(root, path):
    """All that can be seen of one file."""
    name = os.path.relpath(path, root)
    if any(pattern.search(name) for pattern in SKIP):
        return f"{name} (not compared)"
    status = os.lstat(path)
    links = 0 if stat.S_ISDIR(status.st_mode) else status.st_nlink
    mtime = f" {status.st_mtime_ns}" if TIMES else ""
    return (f"{name} {stat.filemode(status.st_mode)} {status.st_uid}:"
            f"{status.st_gid} {links}{mtime} {content(path, status)}")


def main():
    root = sys.argv[1]
    lines = []
    for folder, folders, files in os.walk(root):
        lines += [line(root, os.path.join(folder, name)) for name in folders + files]
    print("\n".join(sorted(lines)))


main()
