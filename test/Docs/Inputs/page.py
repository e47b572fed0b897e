# test/Docs/Inputs/page.py: a Markdown page as blocks, with what is said of each.
# SPDX-License-Identifier: Apache-2.0
import dataclasses
import re

FENCE = re.compile(r"^```(\w*)\s*$")
DIRECTIVE = re.compile(r"<!-- (not run|file|before): (.*?) -->", re.S)


@dataclasses.dataclass
class Block:
    kind: str          # what stands behind the fence: console, sh, srt ...
    line: int          # of the opening fence, from 1
    lines: list        # between the fences
    said: dict         # directives right above it: not run, file, before
    above: str         # the text between the block before it and this one


def directives(above):
    """Those with nothing but space between them and the fence."""
    found = {}
    while match := re.search(r"<!--(?:(?!-->).)*-->\s*\Z", above, re.S):
        known = DIRECTIVE.match(match.group().strip())
        if known:
            found[known.group(1)] = known.group(2)
        above = above[:match.start()]
    return found


def blocks(text):
    """The fenced blocks of a page, in order; ValueError for one without an end."""
    found, above, lines = [], [], text.split("\n")
    number = 0
    while number < len(lines):
        fence = FENCE.match(lines[number])
        if not fence:
            above.append(lines[number])
            number += 1
            continue
        if "```" not in lines[number + 1:]:
            raise ValueError(f"{number + 1}: a block without an end")
        end = lines.index("```", number + 1)
        said = "\n".join(above)
        found.append(Block(fence.group(1), number + 1, lines[number + 1:end],
                           directives(said), said))
        above, number = [], end + 1
    return found


@dataclasses.dataclass
class Step:
    command: str
    shown: list        # lines that it should print; None: whatever it prints
    status: int
    line: int
    end: int           # line behind the last one shown


def steps(block):
    """The commands of a console block, each with what it should print, or a sh
    block as one. `$ ` begins a command, `> ` goes on with it."""
    if block.kind == "sh":
        script = "(set -e\n%s\n)" % "\n".join(block.lines)
        return [Step(script, None, 0, block.line, 0)]
    found = []
    for offset, line in enumerate(block.lines):
        number = block.line + 1 + offset
        if line.startswith("$ "):
            found.append(Step(line[2:], [], 0, number, number + 1))
        elif not found:
            raise ValueError(f"{number}: output before any command")
        elif line.startswith("> ") and not found[-1].shown:
            found[-1].command += "\n" + line[2:]
            found[-1].end = number + 1
        else:
            found[-1].shown.append(line)
            found[-1].end = number + 1
    for step in found:
        status = re.search(r"# status (\d+)\s*$", step.command)
        step.status = int(status.group(1)) if status else 0
    return found
