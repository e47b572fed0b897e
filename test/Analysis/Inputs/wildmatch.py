# test/Analysis/Inputs/wildmatch.py: a table of matches, asked of two engines.
# SPDX-License-Identifier: Apache-2.0
#
# Usage: wildmatch.py TABLE. Each row becomes a policy with one rule. `srtc
# query` asks lib/Sim; `srtc diff` asks the automata: the text is in the pattern
# if denying it, and nothing beneath it, narrows the policy.
import os
import subprocess
import sys
import tempfile


def literal(text):
    return "".join("\\" + c if c in "\\*?[]{}" else c for c in text)


def quoted(pattern):
    return '"' + pattern.replace('"', '\\"') + '"'


def main():
    rows = [line.split() for line in open(sys.argv[1], encoding="ascii")
            if line.strip() and not line.startswith("#")]
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        one, two = os.path.join(folder, "1.srt"), os.path.join(folder, "2.srt")
        for matches, text, pattern in rows:
            with open(one, "w", encoding="ascii") as file:
                file.write(f"policy p {{ allow read.data {quoted(pattern)}; }}")
            with open(two, "w", encoding="ascii") as file:
                file.write(f"policy p {{ allow read.data {quoted(pattern)};"
                           f" deny read.data {quoted(literal(text))}"
                           f" except {quoted(literal(text) + '/*')}; }}")
            asked = subprocess.run(["srtc", "query", one, "read.data", text],
                                   capture_output=True).returncode
            compared = subprocess.run(["srtc", "diff", one, two],
                                      capture_output=True).returncode
            wanted = (0, 5) if matches == "1" else (3, 0)
            if (asked, compared) != wanted:
                wrong += 1
                print(matches, text, pattern, asked, compared)
    print(f"{len(rows)} rows, {wrong} differ")


main()
