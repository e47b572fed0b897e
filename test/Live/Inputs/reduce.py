# test/Live/Inputs/reduce.py: makes what shows a difference as small as it gets.
# SPDX-License-Identifier: Apache-2.0
"""Used by the differentials of random policies, test/Broker and test/Network."""


def reduced(case, smaller, fails, most=400):
    """The smallest case that is found: `smaller(case)` yields simpler ones, the
    simplest first, `fails(case)` says whether one still shows the difference. At most
    `most` are tried, so it ends soon whatever the difference is."""
    tries = 0
    progress = True
    while progress:
        progress = False
        for candidate in smaller(case):
            tries += 1
            if tries > most:
                return case
            if fails(candidate):
                case, progress = candidate, True
                break
    return case


def without_parts(items):
    """The list without its halves, quarters and so on, then without each item: few
    tries where most of it does not matter."""
    size = len(items) // 2
    while size >= 1:
        for start in range(0, len(items), size):
            rest = items[:start] + items[start + size:]
            if rest:
                yield rest
        size //= 2


def smaller_cases(case, *places):
    """Of a case, which is rules and what is tried under them: fewer tries, fewer
    rules, and each rule as its `simpler(*places)` has it."""
    rules, tries = case
    for some in without_parts(tries):
        yield rules, some
    for some in without_parts(rules):
        yield some, tries
    for i, rule in enumerate(rules):
        for simpler in rule.simpler(*places):
            yield rules[:i] + [simpler] + rules[i + 1:], tries
