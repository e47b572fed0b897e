# test/Project/Inputs/compile_spellings.py: do the spellings in a page agree?
# SPDX-License-Identifier: Apache-2.0
#
# Compiles every yaml, toml, json and srt block of a Markdown file; blocks under
# one heading must have the same IR. Usage: compile_spellings.py FILE FOLDER
import pathlib
import re
import subprocess
import sys

text = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
folder = pathlib.Path(sys.argv[2])
count = bad = 0
for section in re.split(r"^#+ ", text, flags=re.M):
    first = None
    for kind, block in re.findall(r"```(yaml|toml|json|srt)\n(.*?)```", section, re.S):
        file = folder / f"block{count}.{kind}"
        file.write_text(block, encoding="utf-8")
        count += 1
        for form in ("--emit=ir", "--emit=syntax"):
            done = subprocess.run(["srtc", "compile", str(file), form, "-o", "-"],
                                  capture_output=True, text=True)
            if done.returncode != 0:
                bad += 1
                print(block, done.stderr)
            if form == "--emit=ir":
                first = first or done.stdout
                if done.stdout != first:
                    bad += 1
                    print(f"{file.name} has another IR than the first block")
print(f"{count} blocks, {bad} are wrong")
sys.exit(1 if bad or not count else 0)
