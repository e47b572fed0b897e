#!/usr/bin/env python3
# test/Project/Inputs/check_diagnostics.py: one row, one site, one page, one test.
# SPDX-License-Identifier: Apache-2.0
#
# Usage: check_diagnostics.py SOURCE_ROOT
# The exemptions below may only shrink: one that is not needed is a fault too.
import pathlib
import re
import sys

# Rows without a test of their own, and why.
NO_TEST = {
    "E4008": "reported only when srtc finds a mistake of its own",
    "E4011": "the same; test/Verify puts mistakes in and asks the verifier",
    "E4013": "the same; no pass is known to do it",
    "E4025": "the same; test/Verify puts mistakes in and asks the verifier",
}
# Rows with another number of report sites than one: the number, and why.
SITES = {
    "E3002": (2, "paths, and programs by path that an allowed name may lead to"),
    "E3018": (2, "plans for Linux, and engines of others"),
    "E3025": (2, "targets that have no such form, and forms that no target was named for"),
    "W3019": (2, "plans for Linux, and engines of others"),
    "E3007": (4, "paths, programs, and both directions of endpoints"),
    "E4001": (2, "the Driver, and srt-opt, which does not link it"),
    "E4004": (2, "the verifiers of policies and of plans"),
    "E4006": (2, "srt-dump and srt-sim read bundles in their own ways"),
    "E4008": (2, "the Driver, and srt-opt, which does not link it"),
}
# Messages that break the wording rules, and why.
WORDING = {
    "E2035": "begins with the option as it was typed",
    "E3018": "begins with the option as it was typed",
    "E3024": "begins with a name",
    "E4003": "begins with an abbreviation",
    "E4004": "begins with an abbreviation",
    "E4008": "asks for a report; nobody but us can mend it",
    "E4011": "asks for a report; nobody but us can mend it",
    "E4013": "asks for a report; nobody but us can mend it",
    "E4025": "asks for a report; nobody but us can mend it",
}

ROW = re.compile(r'^SRT_DIAG\(([EWR]\d{4}), (\w+), (Error|Warning|Remark), '
                 r'"((?:[^"\\]|\\.)*)"', re.M)
BANNED = re.compile(r"\b(please|invalid|illegal)\b", re.I)


def breaks_wording(message):
    first = re.sub(r"^`[^`]*`", "x", message)[0]
    full_stop = message.endswith(".") and not message.endswith("...")
    return (full_stop or not (first.islower() or first in "{`")
            or BANNED.search(message) is not None)


def sites_of(root):
    """How often each name stands behind `diag::` in our own code, to be reported:
    `diag::Name.id` only asks which one it is."""
    counts = {}
    for folder in ("lib", "tools"):
        for path in sorted((root / folder).rglob("*.cpp")):
            code = re.sub(r"//.*", "", path.read_text(encoding="utf-8"))
            for name in re.findall(r"\bdiag::(\w+)\b(?!\.id\b)", code):
                counts[name] = counts.get(name, 0) + 1
    return counts


def page_faults(root, rows):
    pages = {p.stem: p for p in (root / "docs/diagnostics").glob("[EWR][0-9]*.md")}
    index = (root / "docs/diagnostics/README.md").read_text(encoding="ascii")
    for code in rows:
        if code not in pages:
            yield f"{code}: no page docs/diagnostics/{code}.md"
        elif not pages[code].read_text(encoding="ascii").startswith(f"# {code}: "):
            yield f"{code}: its page does not begin with `# {code}: `"
        if f"[{code}]({code}.md)" not in index:
            yield f"{code}: not in docs/diagnostics/README.md"
    for code in sorted(set(pages) - set(rows)):
        yield f"{code}: a page without a row"
    for code in sorted(set(re.findall(r"\b[EWR]\d{4}\b", index)) - set(rows)):
        yield f"{code}: in the index without a row"


def test_faults(root, rows):
    for code in rows:
        tests = [p for p in (root / "test/Diag").glob(f"{code}-*")
                 if p.suffix in (".srt", ".test")]
        # As FileCheck sees it, or as a comment of `srtc check --verify`.
        says = any(form in p.read_text(encoding="utf-8") for p in tests
                   for form in (f"[{code}]", "{{" + code))
        if code in NO_TEST and tests:
            yield f"{code}: has a test, so its exemption can go"
        elif code not in NO_TEST and not says:
            yield f"{code}: no test test/Diag/{code}-* that checks for [{code}]"


def site_faults(root, rows):
    counts = sites_of(root)
    for code, (name, _, _) in rows.items():
        wanted = SITES.get(code, (1, ""))[0]
        found = counts.get(name, 0)
        if found > wanted or found == 0:
            yield f"{code}: diag::{name} stands {found} times in lib/ and tools/, not {wanted}"
        elif found < wanted:
            yield f"{code}: {found} sites left, so its exemption must shrink"
    for name in sorted(set(counts) - {name for name, _, _ in rows.values()}):
        yield f"diag::{name} has no row"


def row_faults(rows):
    for code, (_, severity, message) in rows.items():
        if code[0] != severity[0]:
            yield f"{code}: the letter says another severity than {severity}"
        if breaks_wording(message) != (code in WORDING):
            yield f"{code}: wording, or an exemption that can go: {message}"


def main():
    root = pathlib.Path(sys.argv[1])
    text = (root / "lib/Diag/Kinds.def").read_text(encoding="utf-8")
    found = ROW.findall(text)
    rows = {code: (name, severity, message) for code, name, severity, message in found}
    faults = []
    if len(found) != len(re.findall(r"^SRT_DIAG\(", text, re.M)):
        faults.append("a row of Kinds.def has a shape that this script does not read")
    if len(rows) != len(found):
        faults.append("a code stands in two rows")
    if [row[0][1:] for row in found] != sorted(row[0][1:] for row in found):
        faults.append("the rows are not in the order of their numbers")
    for unknown in sorted((set(NO_TEST) | set(SITES) | set(WORDING)) - set(rows)):
        faults.append(f"{unknown}: an exemption without a row")
    faults += [*row_faults(rows), *page_faults(root, rows),
               *test_faults(root, rows), *site_faults(root, rows)]
    print("\n".join(faults) if faults
          else f"{len(rows)} diagnostics, each with a page and a test")
    return 1 if faults else 0


sys.exit(main())
