# test/Driver/Inputs/format_tree.py: does srtc fmt keep every policy as it is?
# SPDX-License-Identifier: Apache-2.0
#
# Takes every .srt file of examples/, std/ and test/, the parts of split tests
# and the blocks of the documentation. Those that read are laid out in place:
# only white space may change, a second time changes nothing, and those of
# examples/, std/ and docs/ say the same. Usage: format_tree.py ROOT FOLDER
import pathlib
import re
import subprocess
import sys

root, folder = map(pathlib.Path, sys.argv[1:])
folder.mkdir(parents=True)
texts, shown = [], set()
for part in ("examples", "std", "test"):
    for file in sorted((root / part).rglob("*")):
        if file.suffix not in (".srt", ".test"):
            continue
        text = file.read_bytes()
        if file.suffix == ".srt":
            if part != "test":
                shown.add(len(texts))
            texts.append(text)
        for split in re.split(rb"^//--- .*\.srt\n", text, flags=re.M)[1:]:
            texts.append(re.split(rb"^//--- ", split, flags=re.M)[0])
for page in sorted((root / "docs").rglob("*.md")):
    for block in re.findall(rb"```srt\n(.*?)```", page.read_bytes(), re.S):
        shown.add(len(texts))
        texts.append(block)

files = [folder / f"{i}.srt" for i in range(len(texts))]
for file, text in zip(files, texts):
    file.write_bytes(text)


def run(*words):
    return subprocess.run(["srtc", *map(str, words)], capture_output=True)


def syntax(file):
    return run("compile", "--emit=syntax", file).stdout


before = {i: syntax(files[i]) for i in shown}
run("fmt", "-i", *files)
once = [file.read_bytes() for file in files]
unread = run("fmt", "--check", *files)
run("fmt", "-i", *files)
bad = 0
for i, (file, text) in enumerate(zip(files, texts)):
    problem = ""
    if b"".join(once[i].split()) != b"".join(text.split()):
        problem = "has other bytes than white space changed"
    elif file.read_bytes() != once[i]:
        problem = "does not come to rest"
    elif i in shown and syntax(file) != before[i]:
        problem = "says something else"
    if problem:
        bad += 1
        print(file, problem)
if b"not in the common layout" in unread.stdout:
    bad += 1
    print(unread.stdout.decode())
print(f"{len(texts)} policies, {bad} are changed")
sys.exit(1 if bad else 0)
