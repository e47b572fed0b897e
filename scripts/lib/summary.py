# scripts/lib/summary.py: the closing lines of a test run.
# SPDX-License-Identifier: Apache-2.0
#
# Counts lit's results by kind, and says of each skipped test what it wanted.
# Usage: summary.py RESULTS.json
import collections
import json
import sys

FAILED = {"FAIL", "XPASS", "TIMEOUT", "UNRESOLVED"}


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        tests = json.load(file)["tests"]
    reasons = collections.Counter()
    counts = collections.Counter()
    for test in tests:
        code = test["code"]
        kind = "failed" if code in FAILED else \
            "skipped" if code in ("UNSUPPORTED", "SKIPPED") else "passed"
        counts[kind] += 1
        if kind == "skipped":
            reasons[test["output"].strip() or "no reason given"] += 1
    for reason, count in sorted(reasons.items()):
        print(f"skipped {count}: {reason}")
    print(f"{counts['passed']} passed, {counts['failed']} failed, "
          f"{counts['skipped']} skipped")
    # A run that found no test is no success.
    return 1 if counts["failed"] or not counts["passed"] else 0


sys.exit(main())
