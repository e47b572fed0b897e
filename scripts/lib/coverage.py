# scripts/lib/coverage.py: what the tests reach, per library.
# SPDX-License-Identifier: Apache-2.0
#
# Reads the counters that the tests of the preset `cov` have left, and holds them
# against docs/Coverage.md: the share of lines and branches of a library may not
# fall by more than SLACK, and no error path may come to the list of those that no
# test takes. A line of an error path is one that says ERROR.
# Usage: scripts/check --coverage
#        coverage.py BUILD [--write]     --write: the page anew, from what is there
# Exit status: 0 no less than there was, 1 less, 2 nothing to read.
import collections
import glob
import json
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LLVM = "/usr/lib/llvm-22/bin"
PAGE = f"{ROOT}/docs/Coverage.md"
SLACK = 0.5  # per cent: what depends on the kernel, and on what is installed
ERROR = re.compile(r"diags?\.report\(|\brefuse\w*\(|createStringError|return SRT_(?!OK)|"
                   r"return -E[A-Z]+;|problems?\.push_back|\bproblem\(")
FOLDER = re.compile(r"((?:lib|tools|runtime)/[^/]+)/")

HEAD = """# Coverage

What the tests reach, by clang's counters for each region of the source: all tests of the compiler and the tools, and
for `runtime/` the corpora of `fuzz/` (the programs themselves have no C library to count with). Made by
`scripts/check --coverage`, which fails if a number falls, or if the list below grows; `scripts/lib/coverage.py build/cov --write`
writes this page. A library without a row is not held to anything yet.

| library | lines | branches |
|---|---|---|
"""
LIST = """
## Error paths that no test takes

The list may only shrink: write a test, or say in the source why it cannot be reached.

"""


def export(build):
    """The counters of all programs together, as llvm-cov says them."""
    raw = glob.glob(f"{build}/profiles/*.profraw")
    if not raw:
        return None
    merged = f"{build}/merged.profdata"
    names = f"{build}/profiles.txt"
    with open(names, "w", encoding="utf-8") as file:
        file.write("\n".join(raw))
    subprocess.run([f"{LLVM}/llvm-profdata", "merge", "--failure-mode=all", "-f", names,
                    "-o", merged], check=True)
    programs = [path for path in sorted(glob.glob(f"{build}/bin/*"))
                if os.access(path, os.X_OK) and has_counters(path)]
    objects = [word for path in programs[1:] for word in ("-object", path)]
    out = subprocess.run([f"{LLVM}/llvm-cov", "export", "-instr-profile", merged,
                          programs[0], *objects], capture_output=True, check=True)
    return json.loads(out.stdout)["data"][0]["files"]


def has_counters(path):
    with open(path, "rb") as file:
        return b"__llvm_covmap" in file.read()


def shares(files):
    """Lines and branches that were reached, in per cent, by library."""
    sums = collections.defaultdict(collections.Counter)
    for name, file in files:
        found = FOLDER.match(name)
        for kind in ("lines", "branches"):
            for word in ("count", "covered"):
                sums[found.group(1)][kind, word] += file["summary"][kind][word]
    share = lambda one, kind: 100 * one[kind, "covered"] / max(one[kind, "count"], 1)
    return {library: (share(one, "lines"), share(one, "branches"))
            for library, one in sorted(sums.items())}


def missed_errors(files):
    """"FILE: TEXT" of every line of an error path that was never run."""
    for name, file in files:
        with open(f"{ROOT}/{name}", encoding="utf-8") as source:
            lines = source.read().split("\n")
        for number in missed_lines(file["segments"]):
            text = lines[number - 1].strip() if number <= len(lines) else ""
            if ERROR.search(text) and not text.startswith("//"):
                yield f"{name}: {text}"


def missed_lines(segments):
    """Numbers of lines in regions with a count of 0. A segment is line, column, count,
    whether it has one, whether a region begins, whether it is a gap."""
    for one, other in zip(segments, segments[1:]):
        if one[3] and one[2] == 0 and not one[5]:
            yield from range(one[0], other[0] + (other[1] > 1))


def page(numbers, missed):
    rows = "".join(f"| `{library}` | {lines:.1f} | {branches:.1f} |\n"
                   for library, (lines, branches) in numbers.items())
    return HEAD + rows + LIST + "".join(f"    {line}\n" for line in missed)


def compare(numbers, missed):
    """What is worse than docs/Coverage.md says."""
    with open(PAGE, encoding="utf-8") as file:
        text = file.read()
    for library, *floors in re.findall(r"^\| `(\S+)` \| ([\d.]+) \| ([\d.]+) \|$", text, re.M):
        now = numbers.get(library, (0, 0))
        for kind, floor, share in zip(("lines", "branches"), map(float, floors), now):
            if share < floor - SLACK:
                yield f"{library}: {kind} fell from {floor:.1f} to {share:.1f} per cent"
    known = collections.Counter(re.findall(r"^    (\S+: .*)$", text, re.M))
    held = re.findall(r"^\| `(\S+)` \|", text, re.M)
    missed = [line for line in missed if line.startswith(tuple(each + "/" for each in held))]
    for line, count in (collections.Counter(missed) - known).items():
        yield f"no test takes this error path any more, or it is new: {line}" + \
            (f" ({count} times)" if count > 1 else "")


def main():
    build = os.path.join(ROOT, sys.argv[1])
    exported = export(build)
    if not exported:
        print(f"there are no counters in {build}/profiles")
        return 2
    # A source may be there twice, spelled from two folders: then it is the one that
    # was reached, in the programs that have been run.
    known = {}
    for each in sorted(exported, key=lambda each: each["summary"]["lines"]["covered"]):
        known[os.path.relpath(os.path.realpath(os.path.join(build, each["filename"])), ROOT)] = each
    files = [(name, each) for name, each in sorted(known.items()) if FOLDER.match(name)]
    numbers, missed = shares(files), sorted(missed_errors(files))
    if "--write" in sys.argv:
        with open(PAGE, "w", encoding="utf-8") as file:
            file.write(page(numbers, missed))
        return 0
    worse = list(compare(numbers, missed))
    for library, (lines, branches) in numbers.items():
        print(f"{library:20} {lines:5.1f} % of lines  {branches:5.1f} % of branches")
    print("\n".join(worse + [f"coverage: {len(numbers)} libraries, {len(missed)} error paths "
                             f"that no test takes, {len(worse)} worse"]))
    return 1 if worse else 0


sys.exit(main())
