#!/usr/bin/env python3
# test/Diag/Inputs/apply_fixes.py: does each fix mend what it is offered for?
# SPDX-License-Identifier: Apache-2.0
#
# Usage: apply_fixes.py FILE...    Applies each fix of each file by itself and
# prints what is wrong: the text no longer reads (E1xxx), or the same code still
# stands at the same place.
import json
import pathlib
import subprocess
import sys


def findings(path):
    run = subprocess.run(["srtc", "check", path, "--diagnostics=json"],
                         capture_output=True, text=True)
    return [json.loads(line) for line in run.stderr.splitlines()]


def applied(lines, fix):
    assert fix["line"] == fix["endLine"]
    line = lines[fix["line"] - 1]
    changed = line[:fix["column"] - 1] + fix["replacement"] + line[fix["endColumn"] - 1:]
    return lines[:fix["line"] - 1] + [changed] + lines[fix["line"]:]


def main():
    count = faults = 0
    for name in sys.argv[1:]:
        lines = pathlib.Path(name).read_text(encoding="utf-8").split("\n")
        for found in findings(name):
            for fix in found["fixes"]:
                count += 1
                changed = pathlib.Path(name + ".fixed.srt")
                changed.write_text("\n".join(applied(lines, fix)), encoding="utf-8")
                after = findings(str(changed))
                same = [d for d in after if (d["code"], d["line"], d["column"])
                        == (found["code"], found["line"], found["column"])]
                if same or any(d["code"].startswith("E1") for d in after):
                    faults += 1
                    print(f"{name}:{found['line']}: {found['code']}: "
                          f"`{fix['replacement']}` does not mend it")
    print(count, "fixes,", faults, "faults")


main()
