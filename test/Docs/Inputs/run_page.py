# test/Docs/Inputs/run_page.py: runs the commands of a page, in order, and compares
# what they print with what the page shows. docs/adding-features.md has the rules.
# SPDX-License-Identifier: Apache-2.0
#
# Usage: run_page.py ROOT BUILD SCRATCH PAGE [--update]
#   --update   writes what was printed into the page, where that differs; read the
#              change before you keep it
# Exit status: 0 if all is as shown, 1 if not, 2 if the page cannot be read.
import pathlib
import sys

import compare
import page
import scratch

LONGEST = 60  # lines of a command's output in a report


def lines_of(printed):
    """Without the empty lines that a terminal would show before the prompt."""
    return printed.rstrip().split("\n") if printed.strip() else []


def trouble(step, printed, status):
    """What is wrong with this step, or nothing."""
    if status is None:
        return "takes too long"
    if status != step.status:
        return f"ends with status {status}, not {step.status}"
    if step.shown is not None and not compare.matches(step.shown, lines_of(printed)):
        return "prints something else"
    return None


def report(where, step, printed, what):
    print(f"{where}:{step.line}: {what}: {step.command}")
    for line in step.shown or []:
        print("  shown   | " + line)
    for line in lines_of(printed)[:LONGEST]:
        print("  printed | " + line)


class Run:
    def __init__(self, where, shell):
        self.where, self.shell = where, shell
        self.ran = self.wrong = self.skipped = 0
        self.is_stuck = False  # a command did not end: what follows says nothing
        self.changes = []  # (first line, line behind the last, lines)

    def block(self, block):
        if "before" in block.said and not self.is_stuck:
            printed, status = self.shell.run("(set -e\n%s\n)" % block.said["before"])
            if status != 0:
                self.wrong += 1
                print(f"{self.where}:{block.line}: `before` fails: {printed}")
        if "file" in block.said:
            path = self.shell.project / block.said["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("\n".join(block.lines) + "\n", encoding="utf-8")
        if block.kind not in ("console", "sh"):
            return
        if "not run" in block.said:
            self.skipped += 1
            return
        for step in page.steps(block):
            if not self.is_stuck:
                self.step(step)

    def step(self, step):
        printed, status = self.shell.run(step.command)
        self.ran += 1
        self.is_stuck = status is None
        what = trouble(step, printed, status)
        if not what:
            return
        self.wrong += 1
        report(self.where, step, printed, what)
        if step.shown is not None:
            self.changes.append((step.end - len(step.shown), step.end, lines_of(printed)))


def update(path, changes):
    lines = path.read_text(encoding="utf-8").split("\n")
    for first, end, new in reversed(changes):
        lines[first - 1:end - 1] = new
    path.write_text("\n".join(lines), encoding="utf-8")


def main(root, build, folder, name, *options):
    path = pathlib.Path(name)
    try:
        found = page.blocks(path.read_text(encoding="utf-8"))
        for block in found:
            page.steps(block) if block.kind in ("console", "sh") else None
    except ValueError as error:
        print(f"{name}:{error}")
        return 2
    shell = scratch.Scratch(folder, root, build)
    run = Run(name, shell)
    try:
        for block in found:
            run.block(block)
    finally:
        shell.close()
    if "--update" in options:
        update(path, run.changes)
    print(f"{run.ran} commands, {run.wrong} wrong, {run.skipped} blocks not run")
    return 1 if run.wrong or not run.ran else 0


sys.exit(main(*sys.argv[1:]))
