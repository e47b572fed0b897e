# test/Project/Inputs/compile_docs.py: do the policies in the documentation read?
# SPDX-License-Identifier: Apache-2.0
#
# Type-checks every ```srt block of a Markdown file. Usage: compile_docs.py FILE
import re
import subprocess
import sys

text = open(sys.argv[1], encoding="utf-8").read()
blocks = re.findall(r"```srt\n(.*?)```", text, re.S)
bad = 0
for block in blocks:
    done = subprocess.run(["srtc", "compile", "-", "--emit=ir"], input=block,
                          capture_output=True, text=True)
    if done.returncode != 0:
        bad += 1
        print(block, done.stderr)
print(f"{len(blocks)} blocks, {bad} do not read")
sys.exit(1 if bad or not blocks else 0)
