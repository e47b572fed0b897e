# test/Loader/Inputs/tables.py: small automata for the broker, for tests.
# SPDX-License-Identifier: Apache-2.0
"""Turns rules on paths into the tables of bundle.h, knowing only that header.

A rule is {"effect": "allow"|"ask"|"deny", "actions": "write.data|...", "place":
"/dir", "glob": "", "except": [{"place": ..., "glob": ...}]}. The glob follows
the place: "" is the place itself, "/**" the place and all below, "/**/name"
any `name` below, "/*.o" one component. `?` and sets are not known here.
Denies and rules with excepts become pairs, so that they are told by name.
"""
ACTIONS = ["read.data", "read.list", "read.metadata", "write.data",
           "write.create", "write.delete", "write.rename", "write.link",
           "write.metadata", "write.special", "ioctl"]
EFFECTS = {"allow": 1, "ask": 2, "deny": 3}
NONE = 0xFFFFFFFF
OTHER = -1  # any byte that no pattern names


def actions(text):
    """The bits of "write.data|read": a name, or the parent of several."""
    bits = 0
    for name in text.split("|"):
        for i, action in enumerate(ACTIONS):
            if action == name or action.startswith(name + "."):
                bits |= 1 << i
    assert bits, text
    return bits


class Nfa:
    """States are numbers; a set of them is a state of the automaton."""

    def __init__(self):
        self.epsilon, self.step, self.accepts = [], [], []

    def state(self):
        self.epsilon.append([])
        self.step.append([])
        self.accepts.append(None)
        return len(self.step) - 1

    def glob(self, glob, accept):
        """Adds a pattern; returns its first state."""
        first = at = self.state()
        rest = glob.encode()
        while rest:
            if rest.startswith(b"/**"):
                # Nothing, or a slash and any bytes.
                inside, after = self.state(), self.state()
                self.epsilon[at].append(after)
                self.step[at].append((lambda b: b == 47, inside))
                self.step[inside].append((lambda b: True, inside))
                self.epsilon[inside].append(after)
                at, rest = after, rest[3:]
            elif rest[:1] == b"*":
                self.step[at].append((lambda b: b != 47, at))
                after = self.state()
                self.epsilon[at].append(after)
                at, rest = after, rest[1:]
            else:
                after = self.state()
                self.step[at].append((lambda b, c=rest[0]: b == c, after))
                at, rest = after, rest[1:]
        self.accepts[at] = accept
        return first

    def closure(self, states):
        found, work = set(), list(states)
        while work:
            state = work.pop()
            if state not in found:
                found.add(state)
                work += self.epsilon[state]
        return frozenset(found)

    def after(self, states, byte):
        return self.closure({to for s in states for test, to in self.step[s]
                             if test(byte)})


def add(b, rules, rights=0, mediated=None):
    """Adds all sections of the broker to the bundle `b`."""
    nfa, places, letters, pairs = Nfa(), {}, {47}, 0
    mask = 0
    for rule in rules:
        bits = actions(rule["actions"])
        mask |= bits
        excepts = rule.get("except", [])
        pair = None
        if excepts or rule["effect"] == "deny":
            pair, pairs = pairs, pairs + 1
        for half, part in [("p", rule)] + [("x", e) for e in excepts]:
            letters |= set(part.get("glob", "").encode()) - {42}
            where = (part["place"], part.get("base", NONE))
            accept = (half, pair, rule["effect"], bits)
            places.setdefault(where, set()).add(
                nfa.glob(part.get("glob", ""), accept))
    letters = sorted(letters)
    classes = bytearray(256)
    for i, letter in enumerate(letters):
        classes[letter] = i + 1
    b.mediation(actions(mediated) if mediated else mask, rights, bytes(classes))
    rows, order = {frozenset(): 0}, [frozenset()]
    anchors = []
    for (place, base), starts in sorted(places.items()):
        start = nfa.closure(starts)
        rows.setdefault(start, len(rows))
        if rows[start] == len(order):
            order.append(start)
        anchors.append((place, base, rows[start]))
    labels, halves = {(0, 0, 0, (), ()): 0}, []
    moves = 0
    for states in order:  # grows as targets are found
        targets = []
        for byte in [OTHER] + letters:
            target = nfa.after(states, byte)
            if target not in rows:
                rows[target] = len(rows)
                order.append(target)
            targets.append(rows[target])
        b.row(moves, targets[0], labels.setdefault(
            label(nfa, states), len(labels)))
        for i, target in enumerate(targets[1:]):
            if target != targets[0]:
                b.move(i + 1, target)
                moves += 1
    for place, base, row in anchors:
        b.anchor(place, row, base)
    for allowed, asked, denied, patterns, excepts in labels:
        b.label(allowed, asked, denied, len(halves) if patterns or excepts
                else 0, len(patterns), len(excepts))
        halves += patterns + excepts
    for half in halves:
        b.half(half)
    for rule in rules:
        if rule.get("except") or rule["effect"] == "deny":
            b.pair(EFFECTS[rule["effect"]], actions(rule["actions"]),
                   rule["effect"] + " " + rule["actions"])


def label(nfa, states):
    whole = [0, 0, 0]
    patterns, excepts = set(), set()
    for state in states:
        if nfa.accepts[state]:
            half, pair, effect, bits = nfa.accepts[state]
            if pair is None:
                whole[EFFECTS[effect] - 1] |= bits
            else:
                (patterns if half == "p" else excepts).add(pair)
    return (*whole, tuple(sorted(patterns)), tuple(sorted(excepts)))
