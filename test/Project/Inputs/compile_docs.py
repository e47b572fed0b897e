# test/Project/Inputs/compile_docs.py: do the policies in the documentation read?
# SPDX-License-Identifier: Apache-2.0
#
# Type-checks every policy in the code blocks of Markdown files. A block with
# `expected-` comments is held against them, one with a verdict table is run.
# Usage: compile_docs.py FOLDER FILE...
import pathlib
import re
import subprocess
import sys

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True)
# What the page on imports imports.
(folder / "team.srt").write_text(
    'policy team { param project: path = cwd; allow read "${project}"; }\n')


def command(kind, block, file):
    if re.search(r"^---$", block, re.M):
        return ["srt-sim", file]
    if "expected-" in block:
        return ["srtc", "check", "--verify", file]
    return ["srtc", "compile", "--emit=ir", file, "-o", "-"]


count = bad = 0
for page in sys.argv[2:]:
    text = pathlib.Path(page).read_text(encoding="utf-8")
    for kind, block in re.findall(r"^```(\w*)\n(.*?)^```", text, re.S | re.M):
        if kind in ("console", "sh", "text"):
            continue  # test/Docs runs these
        is_policy = re.search(r"^policy\b", block, re.M)
        if kind not in ("srt", "yaml", "toml", "json") and not is_policy:
            continue
        ending = "verdict" if re.search(r"^---$", block, re.M) else kind or "srt"
        file = folder / f"block{count}.{ending}"
        file.write_text(block, encoding="utf-8")
        done = subprocess.run(command(kind, block, str(file)),
                              capture_output=True, text=True)
        count += 1
        if done.returncode != 0:
            bad += 1
            print(page, block, done.stdout, done.stderr)
print(f"{count} blocks, {bad} do not read")
sys.exit(1 if bad or not count else 0)
