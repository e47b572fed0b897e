#!/usr/bin/env python3
# test/Backend/Seatbelt/Inputs/run_table.py: runs a table of facts on Seatbelt.
# SPDX-License-Identifier: Apache-2.0
#
# Usage: run_table.py TABLE
# Each row ends in `; SECTION`, the section of the reference it is from.
#   profile FORM...            the rules for the rows below (version 1 is added)
#   params NAME=VALUE...       for the rows below
#   allow|deny|refuse OP [KEY=VALUE...]
#   match|miss|refuse-regex REGEX TEXT
#   glob PATTERN REGEX         what a deny of the path pattern is emitted as
import re
import shlex
import subprocess
import sys
import tempfile


def run(*words, text=""):
    """The first line that srt-sbpl-check prints."""
    done = subprocess.run(["srt-sbpl-check", *words], input=text, text=True,
                          capture_output=True, check=False)
    return (done.stdout or done.stderr).strip()


def emitted(pattern):
    """The regexes of the deny that a policy with this pattern gets."""
    with tempfile.NamedTemporaryFile("w", suffix=".srtir") as file:
        file.write('policy @p {\n  rule R1 allow read [path "/"]\n'
                   f'  rule R2 deny read [path "{pattern}"]\n}}\n')
        file.flush()
        text = run("emit", file.name)
    line = next((line for line in text.splitlines()
                 if line.startswith("(deny file-read-data")), text)
    found = re.search(r'\((?:regex|subpath) "((?:[^"\\]|\\.)*)"', line)
    return re.sub(r"\\(.)", r"\1", found.group(1)) if found else line


def answer(verb, words, state):
    """What is seen, and what the row expects."""
    if verb in ("allow", "deny", "refuse"):
        params = [x for pair in state["params"] for x in ("-D", pair)]
        seen = run("eval", "-", *params, *words,
                   text="(version 1)\n" + state["profile"])
        return seen, verb if verb != "refuse" else "refused:"
    if verb in ("match", "miss", "refuse-regex"):
        wanted = {"match": "match", "miss": "no match"}
        return run("regex", *words), wanted.get(verb, "refused:")
    assert verb == "glob", verb
    return emitted(words[0]), words[1]


def main():
    state = {"profile": "", "params": []}
    rows = faults = 0
    for number, line in enumerate(open(sys.argv[1], encoding="ascii"), 1):
        line = line.strip()
        if not line or line.startswith("//"):
            continue
        row, separator, section = line.rpartition(" ; ")
        verb, _, rest = row.partition(" ")
        if verb == "profile":
            state = {"profile": rest, "params": []}
        elif verb == "params":
            state["params"] = rest.split()
        else:
            rows += 1
            seen, wanted = answer(verb, shlex.split(rest), state)
            if not (separator and section and seen.startswith(wanted)):
                faults += 1
                print(f"{number}: {line}\n  saw: {seen}")
    print(f"{rows} rows, {faults} wrong")


main()
