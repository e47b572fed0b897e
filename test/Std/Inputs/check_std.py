# test/Std/Inputs/check_std.py: every file of std/ is tested and described.
# SPDX-License-Identifier: Apache-2.0
#
# Its first line names it; it has test blocks with at least as many denies as
# allows; test/Std and docs/Std.md know it; hosts end in example.com. Exits 1 on
# any problem.
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1])
TEST_BLOCK = re.compile(r'test "[^"]*" \{(.*?)\}\n', re.S)
STRING_HOST = re.compile(r'host = "([^"]*)"|"([^"/:]*\.[a-z]{2,}):[0-9]+"')


def problems(path, table):
    text = path.read_text(encoding="utf-8")
    name = f"std/{path.name}"
    if not text.startswith(f"// {name}: "):
        yield f"{name}:1: the first line names the file and its purpose"
    lines = "".join(TEST_BLOCK.findall(text))
    allows = len(re.findall(r"^\s*allow\b", lines, re.M))
    denies = len(re.findall(r"^\s*deny\b", lines, re.M))
    if denies == 0 or denies < allows:
        yield f"{name}: {allows} allows and {denies} denies are tested"
    if not (ROOT / "test/Std" / f"{path.stem}.test").exists():
        yield f"{name}: no test/Std/{path.stem}.test"
    if f"`{name}`" not in table:
        yield f"{name}: not in docs/Std.md"
    for declared, used in STRING_HOST.findall(text):
        if not (declared or used).endswith("example.com"):
            yield f"{name}: `{declared or used}` is somebody's host"


def main():
    table = (ROOT / "docs/Std.md").read_text(encoding="utf-8")
    files = sorted((ROOT / "std").glob("*.srt"))
    found = [problem for path in files for problem in problems(path, table)]
    print("\n".join(found))
    print(f"{len(files)} files, {len(found)} problems")
    return 1 if found else 0


sys.exit(main())
