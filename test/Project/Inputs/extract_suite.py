# test/Project/Inputs/extract_suite.py: the files of the example in Testing.md.
# SPDX-License-Identifier: Apache-2.0
#
# A block belongs to the file that is named last before it in backquotes.
# Usage: extract_suite.py PAGE FOLDER
import pathlib
import re
import sys

NAMES = ("lit.cfg.py", "agent.srt", "mistake.yaml", "agent.verdict")
text = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
folder = pathlib.Path(sys.argv[2])
folder.mkdir(parents=True)
example = text[text.index("## A complete example"):]
parts = re.split(r"^```\w*\n(.*?)^```", example, flags=re.S | re.M)
for before, block in zip(parts[::2], parts[1::2]):
    named = [name for name in re.findall(r"`([\w.]+)`", before) if name in NAMES]
    (folder / named[0]).write_text(block, encoding="utf-8")
