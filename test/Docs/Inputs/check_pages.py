# test/Docs/Inputs/check_pages.py: can a block rot unseen, or a link lead nowhere?
# SPDX-License-Identifier: Apache-2.0
#
# Every fence says what is in it; blocks of commands are run by a test of this
# folder, or are marked and listed in not-run.txt; links lead somewhere.
# Usage: check_pages.py ROOT [PAGE...]     (default: README.md, SECURITY.md, docs/)
# Exits 1 on any problem.
import collections
import pathlib
import re
import sys

import page

ROOT = pathlib.Path(sys.argv[1])
LIST = ROOT / "test/Docs/Inputs/not-run.txt"
COMMANDS = {"console", "sh"}
# Policies, read by the compiler: test/Project/docs.test.
READ = {"srt", "yaml", "toml", "json"}
# Other YAML and JSON stand as yml and jsonc.
OTHERS = {"text", "c", "cmake", "make", "ninja", "meson", "python", "yml", "jsonc"}
OURS = re.compile(r"^\s*(\$ |srt[a-z-]* \S|scripts/)")
LINK = re.compile(r"\]\(([^)#\s]+)?(#[^)\s]*)?\)")


def pages():
    if sys.argv[2:]:
        return [ROOT / name for name in sys.argv[2:]]
    found = [ROOT / "README.md", ROOT / "SECURITY.md"]
    return found + sorted((ROOT / "docs").glob("*.md")) + \
        sorted((ROOT / "docs/cookbook").glob("*.md"))


def tested():
    """The pages that a test of this folder runs, or a whole folder of such."""
    lines = "\n".join(path.read_text(encoding="utf-8")
                      for path in sorted((ROOT / "test/Docs").glob("*.test")))
    return set(re.findall(r"%root/(\S+\.md)", lines))


def orphans():
    """Pages that the table of contents does not lead to."""
    contents = ROOT / "docs/README.md"
    text = contents.read_text(encoding="utf-8") if contents.exists() else ""
    for path in pages():
        name = path.relative_to(ROOT / "docs") if ROOT / "docs" in path.parents else None
        if name and path != contents and f"]({name})" not in text:
            yield f"docs/README.md does not lead to {name}"


def anchors(path):
    heads = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def link_problems(path, name):
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.S | re.M)
    for target, anchor in LINK.findall(re.sub(r"`[^`\n]*`", "", text)):
        if target.startswith("http"):
            continue
        leads = (path.parent / target) if target else path
        if not leads.exists():
            yield f"{name}: {target} is not there"
        elif anchor and leads.suffix == ".md" and anchor[1:] not in anchors(leads):
            yield f"{name}: {target}{anchor}: no such heading"


def block_problems(block, name, is_tested):
    where = f"{name}:{block.line}"
    if block.kind not in COMMANDS | READ | OTHERS:
        yield f"{where}: say what is in this block: ```{block.kind}"
    if block.kind == "text" and any(OURS.match(line) for line in block.lines):
        yield f"{where}: commands stand in ```console or ```sh"
    if block.kind in COMMANDS and not is_tested and "not run" not in block.said:
        yield f"{where}: no test in test/Docs runs this page"
    if "file" in block.said and f"`{block.said['file']}`" not in block.above:
        yield f"{where}: the text above does not name `{block.said['file']}`"
    if len(page.DIRECTIVE.findall(block.above)) != len(block.said):
        yield f"{where}: a mark above this block does not stand right above it"
    if "not run" in block.said and block.kind not in COMMANDS:
        yield f"{where}: only blocks of commands are run"


def list_problems(marked):
    """not-run.txt against the pages: every mark is listed, and nothing else."""
    listed = collections.Counter(
        line for line in LIST.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#"))
    for entry in sorted((marked - listed).elements()):
        yield f"not in not-run.txt: {entry}"
    for entry in sorted((listed - marked).elements()):
        yield f"not-run.txt: no such block any more, so take it out: {entry}"


def main():
    found, marked, blocks = [], collections.Counter(), 0
    run = tested()
    for path in pages():
        name = str(path.relative_to(ROOT))
        found += link_problems(path, name)
        for block in page.blocks(path.read_text(encoding="utf-8")):
            blocks += 1
            found += block_problems(block, name, name in run)
            if "not run" in block.said:
                marked[f"{name}: {block.said['not run']}"] += 1
    if not sys.argv[2:]:
        found += [*list_problems(marked), *orphans()]
    print("\n".join(found))
    print(f"{blocks} blocks, {sum(marked.values())} not run, {len(found)} problems")
    return 1 if found or not blocks else 0


sys.exit(main())
