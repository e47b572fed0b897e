# scripts/lib/tidy.py: clang-tidy on everything that is shipped.
# SPDX-License-Identifier: Apache-2.0
#
# With the checks of .clang-tidy, the compiler's own warnings among them; so it
# is the test of zero warnings with clang 22 as well. Each finding is printed once.
# Usage: scripts/check --tidy; or tidy.py [FILE...], for a few
# Needs scripts/build dev. Exit status: 0 no findings, 1 some, 2 it cannot run.
import concurrent.futures
import json
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = f"{ROOT}/build/dev"
FOLDERS = ("lib/", "tools/", "runtime/")
TOOL = "clang-tidy-22"

# A file with one mistake of each kind: a run that does not find these proves nothing.
PLANTED = """
enum class Colour { Red, Green };
int Wrong_name(Colour colour) {
  switch (colour) {
  case Colour::Red:
    return Wrong_name(Colour::Green);
  default:
    break;
  }
  return sizeof(sizeof(colour));
}
"""
PLANTED_CHECKS = {"readability-identifier-naming", "misc-no-recursion",
                  "clang-diagnostic-switch-enum", "bugprone-sizeof-expression"}


def findings(files, options=("-p", BUILD), flags=()):
    """Lines `FILE:LINE:COLUMN: ... [CHECK]` about these files."""
    result = subprocess.run([TOOL, "--quiet", *options, *files, *flags], cwd=ROOT,
                            capture_output=True, text=True)
    lines = re.findall(r"^.*(?:warning|error): .* \[.*\]$", result.stdout, re.M)
    # It may fail without one: a file that is not there, a key that it does not know.
    if result.returncode != 0 and not lines:
        return {f"{files[0]}: {result.stdout[-2000:]}{result.stderr[-2000:]}"}
    return {re.sub(",-warnings-as-errors", "", line) for line in lines}


def finds_planted():
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/planted.cpp"
        with open(path, "w", encoding="ascii") as file:
            file.write(PLANTED)
        found = findings([path], [f"--config-file={ROOT}/.clang-tidy"], ["--", "-std=c++20"])
    missing = {check for check in PLANTED_CHECKS if not any(check in line for line in found)}
    for check in sorted(missing):
        print(f"{TOOL} does not find what {check} is there for")
    return not missing


def sources():
    with open(f"{BUILD}/compile_commands.json", encoding="utf-8") as file:
        paths = {os.path.relpath(each["file"], ROOT) for each in json.load(file)}
    return sorted(path for path in paths if path.startswith(FOLDERS))


def main():
    files = sys.argv[1:] or sources()
    if not finds_planted():
        return 2
    few = [files[i:i + 4] for i in range(0, len(files), 4)]
    found = set()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for some in pool.map(findings, few):
            found |= some
    for line in sorted(found):
        print(line.replace(ROOT + "/", ""))
    print(f"clang-tidy: {len(files)} files, {len(found)} findings")
    return 1 if found else 0


sys.exit(main())
