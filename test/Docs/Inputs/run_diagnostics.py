# test/Docs/Inputs/run_diagnostics.py: do the commands on the pages of diagnostics do
# what they say? SPDX-License-Identifier: Apache-2.0
#
# Usage: run_diagnostics.py ROOT FOLDER
# A `Wrong` block of commands must yield its page's code, a `Right` one must end well
# and not yield it. A policy that a block only writes is checked. FILE is the policy
# of the page; agent.* are there. Policies alone are test/Diag's.
import pathlib
import re
import shutil
import subprocess
import sys

BLOCK = re.compile(r"^(Wrong|Warned of|Remarked on|Right)[^\n]*:\n\n```sh\n(.*?)```$", re.M | re.S)
POLICY = re.compile(r"^```srt\n(.*?)```$", re.M | re.S)
# Blocks that another test runs, for they take a minute.
ELSEWHERE = {("E3013", "Wrong"): "test/Diag/E3013-filter.test"}
WRITTEN = re.compile(r"> ((?:wrong|right)\.srt)\b")


def prepare(root, folder):
    """What pages take for granted, made once."""
    folder.mkdir(parents=True)
    script = ("cp -r %s/examples . && cp examples/agent.srt . && cp examples/acceptance.yaml agent.yaml && "
              "srtc compile agent.srt -o agent.srtb && srtc compile agent.srt --emit=ir -o policy.srtir" % root)
    subprocess.run(script, shell=True, cwd=folder, check=True, capture_output=True)
    return folder


def run(script, folder):
    written = WRITTEN.search(script)
    if written and "srtc" not in script:
        script += f"srtc check {written.group(1)}\n"
    done = subprocess.run(["bash", "-c", script], cwd=folder, capture_output=True, text=True,
                          errors="replace")
    return done.returncode, done.stdout[:2000] + done.stderr


def faults(page, blocks, given):
    text = page.read_text(encoding="utf-8")
    policy = POLICY.search(text)
    if len(blocks) != text.count("```sh\n"):
        yield f"{page.stem}: a block of commands that is neither wrong nor right"
    for number, (kind, script) in enumerate(blocks):
        if (page.stem, kind) in ELSEWHERE:
            continue
        place = given.parent / f"{page.stem}-{number}"
        shutil.copytree(given, place)
        (place / "FILE").write_text(policy.group(1) if policy else "")
        status, output = run(script, place)
        if (kind != "Right") != (f"[{page.stem}]" in output) or kind == "Right" and status != 0:
            yield f"{page.stem}: {kind}: status {status}: {output}"


def main():
    root, folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    pages = sorted((root / "docs/diagnostics").glob("[EWR][0-9]*.md"))
    blocks = {page: BLOCK.findall(page.read_text(encoding="utf-8")) for page in pages}
    given = prepare(root, folder / "given")
    found = [fault for page in pages for fault in faults(page, blocks[page], given)]
    count = sum(map(len, blocks.values()))
    print("\n".join(found))
    print(f"{count} blocks, {len(found)} faults")
    return 1 if found or not count else 0


sys.exit(main())
