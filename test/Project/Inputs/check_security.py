# test/Project/Inputs/check_security.py: every promise has tests that are there.
# SPDX-License-Identifier: Apache-2.0
#
# Promises are the rows of tables whose last column is `held by`, in SECURITY.md and
# docs/ThreatModel.md. A test counts if lit would run it: it has a RUN line. Exits 1
# on any problem.
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1])
TEST = re.compile(r"`(test/[^`]+)`")


def promises(text):
    """[(promise, tests)]: rows of those tables, without their heads."""
    found, is_held = [], False
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.split("|")[1:-1]]
        if not cells or cells[-1] == "held by":
            is_held = bool(cells)
        elif is_held and set(cells[-1]) != {"-"}:
            found.append((cells[0], TEST.findall(cells[-1])))
    return found


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
    texts = [(ROOT / page).read_text(encoding="utf-8")
             for page in ("SECURITY.md", "docs/ThreatModel.md")]
    rows = [row for text in texts for row in promises(text)]
    found = [problem for row in rows for problem in problems(*row)]
    # What is not promised names tests, too.
    found += [test + ": there is no such test" for test in set(TEST.findall("".join(texts)))
              if not (ROOT / test).exists()]
    print("\n".join(sorted(set(found))))
    print("%d promises, %d tests, %d problems" %
          (len(rows), len({test for _, tests in rows for test in tests}), len(found)))
    return 1 if found else 0


sys.exit(main())
