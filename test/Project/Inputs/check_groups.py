# test/Project/Inputs/check_groups.py: groups hold known calls, and are documented.
# SPDX-License-Identifier: Apache-2.0
#
# Usage: check_groups.py SOURCE_ROOT [--write]
import pathlib
import re
import sys
import textwrap

HEAD = """# Groups of syscalls

`allow syscall @network` names all calls of a group; so do `deny` and `except`. Groups cut what programs are made of,
not what is safe: `allow syscall @process` alone lets nothing start, and what gets around other rules stays closed
whichever group it is in ([Enforcement](Enforcement.md)). This page is made from `lib/Kernel/Groups.def` by
`test/Project/Inputs/check_groups.py ROOT --write`.
"""


def main():
    root = pathlib.Path(sys.argv[1])
    table = (root / "lib/Kernel/Groups.def").read_text(encoding="ascii")
    known = set(re.findall(r"^SRT_SYSCALL\((\w+),", (root / "lib/Kernel/Syscalls.def")
                           .read_text(encoding="ascii"), re.M))
    groups = dict(re.findall(r'^SRT_GROUP\("(@[\w-]+)", "([^"]+)"\)', table, re.M))
    rows = re.findall(r'^SRT_IN_GROUP\("(@[\w-]+)", (\w+)\)', table, re.M)
    outside = re.findall(r"^SRT_OUTSIDE_DEFAULT\((\w+),", table, re.M)
    members = {group: [call for own, call in rows if own == group] for group in groups}
    members["@default"] = outside
    faults = [f"{group}: a row without a group" for group, _ in rows if group not in groups]
    faults += [f"{group}: `{call}` is not known, or twice" for group, calls in members.items()
               for call in calls if call not in known or calls.count(call) > 1]
    page = HEAD
    for group, what in groups.items():
        says = "All known syscalls but: " if group == "@default" else ""
        listed = says + ", ".join(f"`{call}`" for call in members[group])
        page += f"\n## {group}\n\n{what[0].upper()}{what[1:]}.\n\n{textwrap.fill(listed, 118)}\n"
    path = root / "docs/SyscallGroups.md"
    if sys.argv[2:] == ["--write"]:
        path.write_text(page, encoding="ascii")
    if not path.exists() or path.read_text(encoding="ascii") != page:
        faults.append("docs/SyscallGroups.md is stale")
    print("\n".join(faults))
    print(f"{len(groups)} groups, {len(faults)} faults")
    return 1 if faults or len(groups) < 10 else 0


sys.exit(main())
