# test/Broker/Inputs/judge.py: judge.py DIR TIMES SEED: is the broker of the
# opinion of a regular expression? SPDX-License-Identifier: Apache-2.0
"""Random rules with patterns and excepts over a tree of names made of a and b.

The second opinion knows the words of a rule and nothing of automata: each
pattern becomes a regular expression, deny beats ask beats allow.
"""
import itertools
import os
import random
import re
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)) + "/../../Loader/Inputs")
import make_bundle
import tables

folder, times, rng = sys.argv[1], int(sys.argv[2]), random.Random(int(sys.argv[3]))
NAMES = ["a", "b", "ab", "ba"]
top = folder + "/w"
PLACES = ["/".join(("",) + names) for size in range(3)
          for names in itertools.product(NAMES[:3], repeat=size)]


def grow(path, depth):
    os.mkdir(path)
    for name in NAMES:
        if depth and name != "ba":
            grow(path + "/" + name, depth - 1)
        else:
            open(path + "/" + name, "w").close()


def pattern():
    place = rng.choice(PLACES)
    parts = rng.choices(["/**", "/*", "/a", "/b", "/a*", "/*b", "/ab"],
                        weights=[4, 2, 2, 2, 1, 1, 1], k=rng.randint(0, 3))
    glob = re.sub(r"(/\*\*)+", "/**", "".join(parts))
    return {"place": top + place, "glob": glob}


def rule():
    made = pattern()
    made["effect"] = rng.choice(["allow"] * 5 + ["deny", "ask"])
    made["actions"] = rng.choice(["read.data", "read.list", "read"])
    if rng.random() < 0.4:
        made["except"] = [pattern() for _ in range(rng.randint(1, 2))]
    return made


def matches(part, path):
    text = re.escape(part["place"])
    for piece in re.split(r"(/\*\*|\*)", part["glob"]):
        text += {"/**": "(/.*)?", "*": "[^/]*"}.get(piece, re.escape(piece))
    return re.fullmatch(text, path) is not None


def permitted(rules, path, action):
    found = {r["effect"] for r in rules
             if action.startswith(r["actions"]) and matches(r, path)
             and not any(matches(e, path) for e in r.get("except", []))}
    return found == {"allow"}


def world():
    for path, folders, files in os.walk(top):
        yield path, "read.list"
        for name in files:
            yield path + "/" + name, "read.data"


grow(top, 2)
paths = list(world())
decided = allowed = different = 0
for _ in range(times):
    rules = [rule() for _ in range(rng.randint(1, 12))]
    # What the program itself needs, and a good half of the world.
    base = [{"effect": "allow", "actions": "read", "place": p, "glob": "/**"}
            for p in ("/proc", "/dev", "/etc", top + rng.choice(PLACES))]
    d = {"env": [[1, "*"]], "broker": {"rules": rules + base, "mediated": "read"}}
    with open(folder + "/b.srtb", "wb") as out:
        out.write(make_bundle.describe(d).write())
    said = subprocess.run(["srt-load", folder + "/b.srtb", "--", folder + "/opens"],
                          input="".join(p + "\n" for p, _ in paths), text=True,
                          capture_output=True, timeout=60).stdout.split()
    assert len(said) == len(paths), said[-1:]
    for (path, action), word in zip(paths, said):
        wanted = permitted(rules + base, path, action)
        decided += 1
        allowed += wanted
        if word != ("0" if wanted else "EACCES"):
            different += 1
            if different < 5:
                print(path, action, "wanted", wanted, "found", word, rules)
print("decisions, at least 5000:", decided >= 5000)
print("both verdicts, a quarter each at least:", decided / 4 < allowed < decided * 3 / 4)
print("different:", different)
