# test/Docs/Inputs/compare.py: is what was printed what the page shows?
# SPDX-License-Identifier: Apache-2.0
#
# A line `...` stands for any lines, also none; `...` within a line for any text.
# Runs of spaces count as one, since columns are as wide as paths are long.
import re


def as_pattern(line):
    parts = [re.sub(r"(\\ )+", " +", re.escape(part)) for part in line.rstrip().split("...")]
    return re.compile(".*".join(parts) + r"\s*")


def matches(shown, printed):
    """Both are lists of lines. As for globs: the last `...` alone is gone back to,
    so it takes at most len(shown) * len(printed) comparisons."""
    at = 0
    resume = None
    index = 0
    while index < len(printed):
        if at < len(shown) and shown[at].strip() == "...":
            resume, at = (at, index), at + 1
        elif at < len(shown) and as_pattern(shown[at]).fullmatch(printed[index]):
            at, index = at + 1, index + 1
        elif resume:
            resume = (resume[0], resume[1] + 1)
            at, index = resume[0] + 1, resume[1]
        else:
            return False
    return all(line.strip() == "..." for line in shown[at:])
