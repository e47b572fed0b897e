#!/usr/bin/env python3
# test/Broker/Inputs/random_live.py: random policies on the running kernel.
# SPDX-License-Identifier: Apache-2.0
#
# Usage: random_live.py DIR TRY SEED POLICIES
# Each policy is compiled and started once; TRY makes calls in it, one by one, and
# what the kernel says is compared with what the policy says by the words of
# docs/Language.md, written down here a third time: patterns as regular
# expressions, rules as a loop. After each call the tree is as it was.
# A difference is printed as a policy and a call, and the seed that finds it.
import os
import random
import re
import shutil
import subprocess
import sys

NAMES = ["a", "b", ".env", "k.pem", "new"]
FOLDERS = ["", "d", "d/d", "e"]
LEAVES = {"read": ["read.data", "read.list"],
          "write": ["write.data", "write.create", "write.delete", "write.rename",
                    "write.link", "write.metadata", "write.special"]}
ACTIONS = ["read", "read.data", "read.list", "write", "write.data", "write.create",
           "write.delete", "write.rename", "write.link", "write.metadata"]
TAILS = ["/", "/a", "/d", "/d/d", "/e", "/*", "/?", "/[ab]", "/*.pem", "/**/.env", "/d/*",
         "/d/**/b", "/e/.*", "/*/a", "/**/d/a", "/d/d/**", "/nope/x", "/new"]
FLOATING = ["**/.env", "**/k.*", "**/d/b"]
CONTENT = {"read.data", "write.data", "write.metadata"}


class Pattern:
    """Covers what it names and everything beneath it."""

    def __init__(self, text, base):
        self.text = text
        path = base + text if text.startswith("/") else "/" + text
        words, out = [word for word in path.split("/") if word], ""
        for i, word in enumerate(words):
            if word == "**":
                out += "(/[^/]+)*"
            else:
                out += "/" + "".join(
                    {"*": "[^/]*", "?": "[^/]", "[": "[", "]": "]"}.get(c, re.escape(c))
                    for c in word)
        self.regex = re.compile(out + "(/.*)?", re.S)
        wild = [i for i, word in enumerate(words) if re.search(r"[*?[]", word)]
        self.root = "/" + "/".join(words[:wild[0]] if wild else words)

    def covers(self, path):
        return self.regex.fullmatch(path) is not None


class Rule:
    def __init__(self, draw, base):
        pick = lambda: Pattern(draw.choice(TAILS if draw.random() < .8 else FLOATING), base)
        self.effect = draw.choice(["allow", "allow", "deny"])
        self.actions = sorted(set(draw.choices(ACTIONS, k=draw.choice([1, 1, 2]))))
        if self.effect == "deny":  # names and sizes are another matter
            self.actions = [each for each in self.actions if each != "read"] or ["write"]
        self.patterns = [pick() for _ in range(draw.choice([1, 1, 2]))]
        self.excepts = [pick() for _ in range(draw.choice([0, 0, 0, 1, 2]))]
        self.leaves = {leaf for each in self.actions for leaf in LEAVES.get(each, [each])}

    def text(self, base):
        quote = lambda all: ", ".join(
            f'"{base}{p.text}"'.replace('//"', '/"').replace('/"', '"')
            if p.text.startswith("/") else f'"{p.text}"' for p in all)
        tail = f" except {quote(self.excepts)}" if self.excepts else ""
        actions = []
        for each in self.actions:  # a parent and its child say one thing twice
            if each.split(".")[0] not in self.actions or "." not in each:
                actions.append("read.data, read.list" if each == "read" else each)
        return f"  {self.effect} {', '.join(actions)} {quote(self.patterns)}{tail};\n"

    def says(self, leaf, path):
        return leaf in self.leaves and any(p.covers(path) for p in self.patterns) \
            and not any(p.covers(path) for p in self.excepts)


def make_tree(base):
    shutil.rmtree(base, ignore_errors=True)
    for folder in FOLDERS:
        os.makedirs(os.path.join(base, folder))
        for name in NAMES[:-1]:
            with open(os.path.join(base, folder, name), "w", encoding="ascii") as file:
                file.write(name)


class World:
    def __init__(self, rules):
        self.rules = rules

    def may(self, leaf, path):
        found = [rule.effect for rule in self.rules if rule.says(leaf, path)]
        return "allow" in found and "deny" not in found

    def all(self, path, *leaves):
        return all(self.may(leaf, path) for leaf in leaves)

    def is_beneath_root(self, leaf, path):
        """Names are Landlock's to judge too, at the directory that holds them: the
        very place that a rule names is not made or removed by it. And a rule on a
        file is one on that file, and not on the one that replaces it."""
        return any(rule.effect == "allow" and leaf in rule.leaves and
                   any(path != p.root and p.covers(path) for p in rule.patterns)
                   for rule in self.rules)

    def may_be_narrower(self, what, a, b, leaves):
        # A move into a directory that may be read in part is one into a directory
        # that may be read, to Landlock, and so it gains a right.
        if b and os.path.dirname(a) != os.path.dirname(b):
            return True
        # No link is made where a directory above something denied should be.
        if what == "symlink":
            return any(rule.effect == "deny" or rule.excepts for rule in self.rules)
        return not all(self.is_beneath_root(leaf, path)
                       for leaf in leaves for path in (a, b) if path)

    def gains(self, source, target):
        return any(self.may(leaf, target) and not self.may(leaf, source) for leaf in CONTENT)

    def permits(self, what, a, b):
        """What the policy says of a call on files that are there, or are not, and
        the actions that it takes."""
        is_folder = os.path.isdir(a)
        simple = {"read": ["read.list" if is_folder else "read.data"], "write": ["write.data"],
                  "both": ["read.data", "write.data"], "empty": ["write.data"],
                  "truncate": ["write.data"], "make": ["write.create", "write.data"],
                  "mkdir": ["write.create"], "symlink": ["write.create"],
                  "fifo": ["write.special"], "unlink": ["write.delete"],
                  "rmdir": ["write.delete"], "chmod": ["write.metadata"],
                  "times": ["write.metadata"]}
        if what in simple:
            return self.all(a, *simple[what]), set(simple[what])
        if what == "rename":
            over = ["write.delete"] if os.path.exists(b) else []
            return self.all(a, "write.rename", "write.delete") and not self.gains(a, b) and \
                self.all(b, "write.rename", "write.create", *over), \
                {"write.rename", "write.delete", "write.create"} | CONTENT
        return self.all(a, "write.link") and self.all(b, "write.link", "write.create") and \
            not self.gains(a, b), {"write.link", "write.create"} | CONTENT


def calls(draw, base):
    files = [os.path.join(base, f, n) for f in FOLDERS for n in NAMES[:-1]]
    news = [os.path.join(base, f, "new") for f in FOLDERS]
    for path in files:
        for what in ("read", "write", "both", "empty", "truncate", "unlink", "chmod", "times"):
            yield what, path, ""
    for path in news:
        for what in ("make", "mkdir", "symlink", "fifo"):
            yield what, path, ""
    for folder in FOLDERS:
        yield "read", os.path.join(base, folder).rstrip("/"), ""
    for _ in range(25):
        yield "rename", draw.choice(files), draw.choice(files + news)
        yield "link", draw.choice(files), draw.choice(news)


def mediated_in(directory):
    """What the broker judges; there nothing may be narrower either."""
    plan = subprocess.run(["srtc", "compile", f"{directory}/p.srt", "--emit=plan"],
                          capture_output=True, text=True).stdout
    found = re.search(r"^  mediated (.*?)( rights .*)?$", plan, re.M)
    return set(found.group(1).split(", ")) if found else set()


def run_policy(directory, program, draw, count):
    base = f"{directory}/tree"
    rules = [Rule(draw, base) for _ in range(draw.randint(1, 5))]
    text = f'policy p {{\n  allow exec "{program}";\n  allow read.data "{program}";\n'
    text += "  allow ioctl \"/\"; allow signal all; allow syscall all;\n"
    text += "".join(rule.text(base) for rule in rules) + "}\n"
    with open(f"{directory}/p.srt", "w", encoding="ascii") as file:
        file.write(text)
    made = subprocess.run(["srtc", "compile", f"{directory}/p.srt", "-o", f"{directory}/p.srtb"],
                          capture_output=True, text=True)
    if made.returncode != 0:
        count["refused"] += 1
        return None
    mediated = mediated_in(directory)
    count["mediated" if mediated else "plain"] += 1
    make_tree(base)
    world = World(rules)
    with subprocess.Popen(["srt-load", f"{directory}/p.srtb", "--", program], text=True,
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        for what, a, b in calls(draw, base):
            if a == b:
                continue
            wanted, leaves = world.permits(what, a, b)
            print(what, a, b, file=process.stdin, flush=True)
            said = process.stdout.readline().strip()
            if said == "":
                return f"it ended\n{text}  {what} {a} {b}"
            count["calls"] += 1
            count["ok" if said == "ok" else "denied"] += 1
            # Whatever it said: where making is allowed and writing is not, the
            # kernel makes the file and then does not open it.
            make_tree_again(base)
            if said == "ok" and not wanted:
                return f"WIDER\n{text}  {what} {a} {b}: {said}"
            if said != "ok" and wanted and leaves <= mediated and \
                    not world.may_be_narrower(what, a, b, leaves):
                return f"narrower\n{text}  {what} {a} {b}: {said}"
            count["narrower"] += said != "ok" and wanted
        process.stdin.close()
    return None


def make_tree_again(base):
    """In place: the sandbox holds on to the directories."""
    for folder in FOLDERS:
        here = os.path.join(base, folder)
        os.makedirs(here, exist_ok=True)
        new = os.path.join(here, "new")
        if os.path.isdir(new) and not os.path.islink(new):
            os.rmdir(new)
        elif os.path.lexists(new):
            os.unlink(new)
        for name in NAMES[:-1]:
            path = os.path.join(here, name)
            if os.path.lexists(path):
                os.unlink(path)
            with open(path, "w", encoding="ascii") as file:
                file.write(name)


def main():
    directory, program, seed, policies = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    count = dict.fromkeys(["mediated", "plain", "refused", "calls", "ok", "denied", "narrower"], 0)
    os.environ["SRT_SUMMARY"] = "off"
    for number in range(policies):
        draw = random.Random(seed * 100000 + number)
        problem = run_policy(directory, program, draw, count)
        if problem:
            print(f"seed {seed}, policy {number}: {problem}")
            return 1
    print(", ".join(f"{value} {name}" for name, value in count.items()))
    return 0


sys.exit(main())
