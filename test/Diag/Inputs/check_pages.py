#!/usr/bin/env python3
# test/Diag/Inputs/check_pages.py: do the examples on the pages do what they say?
# SPDX-License-Identifier: Apache-2.0
#
# Usage: check_pages.py SOURCE_ROOT
# A `Wrong` block tagged srt must yield its page's code and no other error or
# warning; a `Right` block must yield no error and not that code. Blocks tagged
# sh are for people and are left aside.
import json
import pathlib
import re
import subprocess
import sys
import tempfile

BLOCK = re.compile(r"^(Wrong|Warned of|Remarked on|Right)(?: \(`([^`]+)`\))?:\n\n"
                   r"```srt\n(.*?)```$", re.M | re.S)


def codes_of(text, arguments, directory):
    path = pathlib.Path(directory, "page.srt")
    path.write_text(text, encoding="ascii")
    run = subprocess.run(["srtc", "check", str(path), "--diagnostics=json"]
                         + arguments, capture_output=True, text=True)
    return {json.loads(line)["code"] for line in run.stderr.splitlines()}


def faults(page, directory):
    code, found = page.stem, []
    arguments = []
    for kind, command, text in BLOCK.findall(page.read_text(encoding="ascii")):
        if command:
            arguments = command.split()[3:]  # behind `srtc check FILE`
        codes = codes_of(text, arguments, directory)
        if kind == "Right":
            bad = {c for c in codes if c == code or
                   c.startswith("E") and not (code[1] == "5" and c[1] == "3")}
            if bad:
                found.append(f"{code}: Right yields {sorted(bad)}")
        # What rules mean together, they mean on every target: what this one can
        # enforce of the example is not the point of pages in the fives.
        others = {c for c in codes if c[1] == "3" or c[0] == "R"} if code[1] == "5" \
            else {"R3016"}
        if kind != "Right" and (codes - others - {code} or code not in codes):
            found.append(f"{code}: {kind} yields {sorted(codes)}")
    return found


def main():
    pages = sorted(pathlib.Path(sys.argv[1], "docs/diagnostics").glob("[EWR][0-9]*.md"))
    with tempfile.TemporaryDirectory() as directory:
        found = [fault for page in pages for fault in faults(page, directory)]
    print("\n".join(found) if found else f"{len(pages)} pages are true")
    return 1 if found else 0


sys.exit(main())
