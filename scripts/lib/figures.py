# scripts/lib/figures.py: the figures of docs/Comparison.md, all from Benchmarks.md.
# SPDX-License-Identifier: Apache-2.0
#
# The table below the heading "What it costs" names the benchmark and the row of
# each line; other numbers with a unit do not stand on that page.
# Usage: figures.py ROOT [--update]
#   --update   takes the figures over; scripts/bench does that
# Exit status: 0 if all figures are those of Benchmarks.md, 1 if not.
import pathlib
import re
import sys

COLUMNS = ("median us", "ratio")
MEASURED = re.compile(r"\d[\d.]* ?(?:us|µs|ms|ns|s|MiB|KiB|GiB|MB|kB|times|%)(?![\w])")


def cells(line):
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def measured(text):
    """{(benchmark, row): {column: figure}} of the tables of Benchmarks.md."""
    found = {}
    for name, body in re.findall(r"^`bench/(\w+)`\n(.*?)(?=^## |\Z)", text, re.S | re.M):
        rows = [cells(line) for line in body.splitlines() if line.startswith("|")]
        for row in rows[2:]:
            found[name, row[0]] = dict(zip(rows[0], row))
    return found


def table(text):
    """The rows of the table of figures: (line, benchmark, row, figures)."""
    start = text.index("## What it costs")
    for line in text[start:].split("\n## ")[0].splitlines():
        parts = cells(line)
        if line.startswith("| `bench/"):
            yield line, parts[1].strip("`"), parts[0].strip("`").removeprefix("bench/"), parts[2:]


def rewritten(line, figures):
    return "| " + " | ".join(cells(line)[:2] + figures) + " |"


def main():
    root = pathlib.Path(sys.argv[1])
    page = root / "docs/Comparison.md"
    text = page.read_text(encoding="utf-8")
    known = measured((root / "docs/Benchmarks.md").read_text(encoding="utf-8"))
    problems, rows = [], list(table(text))
    for line, row, name, figures in rows:
        wanted = [known.get((name, row), {}).get(column, "not measured") for column in COLUMNS]
        if figures == wanted:
            continue
        problems.append(f"{row} of bench/{name}: {figures}, measured {wanted}")
        text = text.replace(line, rewritten(line, wanted))
    problems += [f"a figure that is not in the table: {figure}" for figure in
                 MEASURED.findall(re.sub(r"^\|.*$", "", text, flags=re.M))]
    if "--update" in sys.argv:
        page.write_text(text, encoding="utf-8")
    print("\n".join(problems))
    print(f"{len(rows)} rows, {len(problems)} problems")
    return 1 if problems or not rows else 0


sys.exit(main())
