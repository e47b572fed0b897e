# test/Broker/Inputs/random_policies.py: random policies, and what they mean.
# SPDX-License-Identifier: Apache-2.0
"""What a policy says is written down here a third time, by the words of
docs/Language.md: patterns as regular expressions, rules as a loop."""
import copy
import os
import re

NAMES = ["a", "b", ".env", "k.pem", "new"]  # all but the last are there: drive.c
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
        for word in words:
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

    @property
    def leaves(self):
        return {leaf for each in self.actions for leaf in LEAVES.get(each, [each])}

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

    def changed(self, **members):
        other = copy.copy(self)
        vars(other).update(members)
        return other

    def simpler(self, base):
        """The same with less in it; a pattern becomes a plainer one."""
        for name in ("excepts", "patterns", "actions"):
            items = getattr(self, name)
            for i in range(len(items)):
                if len(items) > 1 or name == "excepts":
                    yield self.changed(**{name: items[:i] + items[i + 1:]})
        for name in ("patterns", "excepts"):
            items = getattr(self, name)
            for i, pattern in enumerate(items):
                for text in TAILS[:TAILS.index(pattern.text)] if pattern.text in TAILS else TAILS:
                    yield self.changed(
                        **{name: items[:i] + [Pattern(text, base)] + items[i + 1:]})
        for i, action in enumerate(self.actions):
            for leaf in LEAVES.get(action, []):
                yield self.changed(actions=self.actions[:i] + [leaf] + self.actions[i + 1:])


def policy_text(rules, base, program):
    return (f'policy p {{\n  allow exec "{program}";\n  allow read.data "{program}";\n'
            '  allow ioctl "/"; allow signal all; allow syscall all;\n'
            + "".join(rule.text(base) for rule in rules) + "}\n")


class World:
    """What the rules say of calls on the tree of drive.c."""

    def __init__(self, rules, base):
        self.rules = rules
        self.folders = {os.path.join(base, f).rstrip("/") for f in FOLDERS}
        self.files = {os.path.join(base, f, n) for f in FOLDERS for n in NAMES[:-1]}

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
        simple = {"read": ["read.list" if a in self.folders else "read.data"],
                  "write": ["write.data"], "both": ["read.data", "write.data"],
                  "empty": ["write.data"], "truncate": ["write.data"],
                  "make": ["write.create", "write.data"],
                  "mkdir": ["write.create"], "symlink": ["write.create"],
                  "fifo": ["write.special"], "unlink": ["write.delete"],
                  "rmdir": ["write.delete"], "chmod": ["write.metadata"],
                  "times": ["write.metadata"]}
        if what in simple:
            return self.all(a, *simple[what]), set(simple[what])
        if what == "rename":
            over = ["write.delete"] if b in self.files | self.folders else []
            return self.all(a, "write.rename", "write.delete") and not self.gains(a, b) and \
                self.all(b, "write.rename", "write.create", *over), \
                {"write.rename", "write.delete", "write.create"} | CONTENT
        return self.all(a, "write.link") and self.all(b, "write.link", "write.create") and \
            not self.gains(a, b), {"write.link", "write.create"} | CONTENT

    def sign(self, mediated, what, a, b):
        """+ must succeed, - must not, ? either; see drive.c. Only where the broker
        judges nothing may be narrower."""
        wanted, leaves = self.permits(what, a, b)
        if not wanted:
            return "-"
        is_exact = leaves <= mediated and not self.may_be_narrower(what, a, b, leaves)
        return "+" if is_exact else "?"


def draw_calls(draw, base):
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
        pairs = [("rename", draw.choice(files), draw.choice(files + news)),
                 ("link", draw.choice(files), draw.choice(news))]
        yield from (pair for pair in pairs if pair[1] != pair[2])


def draw_rules(draw, base):
    return [Rule(draw, base) for _ in range(draw.randint(1, 5))]
