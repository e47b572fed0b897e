# test/Project/Inputs/check_security.py: every promise has tests that are there.
# SPDX-License-Identifier: Apache-2.0
#
# A test counts if lit would run it: it has a RUN line. Exits 1 on any problem.
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1])
TEST = re.compile(r"`(test/[^`]+)`")


def promises(text):
    """[(promise, tests)]: rows of the table, without its head."""
    table = text.split("\n## What is promised\n")[1].split("\n## ")[0]
    rows = [line.split("|")[1:-1] for line in table.splitlines()
            if line.startswith("|")]
    return [(cells[0].strip(), TEST.findall(cells[1])) for cells in rows[2:]]


def problems(promise, tests):
    if not tests:
        yield "no test holds: " + promise
    for test in tests:
        path = ROOT / test
        if not path.exists():
            yield test + ": there is no such test"
        elif "RUN:" not in path.read_text(encoding="utf-8"):
            yield test + ": runs nothing"


def main():
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    rows = promises(text)
    found = [problem for row in rows for problem in problems(*row)]
    # What is not promised names tests, too.
    found += [test + ": there is no such test" for test in set(TEST.findall(text))
              if not (ROOT / test).exists()]
    print("\n".join(sorted(set(found))))
    print("%d promises, %d tests, %d problems" %
          (len(rows), len({test for _, tests in rows for test in tests}), len(found)))
    return 1 if found else 0


sys.exit(main())
