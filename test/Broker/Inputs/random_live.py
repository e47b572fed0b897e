#!/usr/bin/env python3
# test/Broker/Inputs/random_live.py: random policies on the running kernel.
# SPDX-License-Identifier: Apache-2.0
#
# Usage: random_live.py DIR SEED POLICIES [--plant=EFFECT]
# DIR holds `try` and `drive`, compiled. Each policy is compiled and started once;
# calls are made in it, and what the kernel says is compared with what the policy
# says (random_policies.py). A difference is reduced (reduce.py) and printed as a
# policy and a call, with the seed that finds it.
# --plant: a mistake on purpose: bundles lack the rules of that effect.
import os
import random
import re
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.append(os.path.join(os.path.dirname(__file__), "../../Live/Inputs"))
from random_policies import World, draw_calls, draw_rules, policy_text
from reduce import reduced, smaller_cases


class Runner:
    def __init__(self, directory, plant):
        self.directory, self.plant = directory, plant
        self.base, self.program = f"{directory}/tree", f"{directory}/try"

    def text(self, rules):
        return policy_text(rules, self.base, self.program)

    def mediated(self):
        """What the broker judges; there nothing may be narrower either."""
        plan = subprocess.run(["srtc", "compile", f"{self.directory}/p.srt", "--emit=plan"],
                              capture_output=True, text=True).stdout
        found = re.search(r"^  mediated (.*?)( rights .*)?$", plan, re.M)
        return set(found.group(1).split(", ")) if found else set()

    def compile(self, rules):
        kept = [rule for rule in rules if rule.effect != self.plant]
        with open(f"{self.directory}/p.srt", "w", encoding="ascii") as file:
            file.write(self.text(kept))
        return subprocess.run(
            ["srtc", "compile", f"{self.directory}/p.srt", "-o", f"{self.directory}/p.srtb"],
            capture_output=True, text=True).returncode == 0

    def run(self, case):
        """What drive says: a difference, or counts; None if the policy is refused."""
        rules, calls = case
        if not self.compile(rules):
            return None
        mediated, world = self.mediated(), World(rules, self.base)
        lines = [f"{what} {a} {b or '-'} {world.sign(mediated, what, a, b)}\n"
                 for what, a, b in calls]
        return subprocess.run(
            [f"{self.directory}/drive", self.base, "srt-load", f"{self.directory}/p.srtb",
             "--", self.program], input="".join(lines), text=True, capture_output=True).stdout, \
            bool(mediated)

    def kind(self, case):
        """"WIDER", "narrower" or "ended"; "" where there is no difference."""
        result = self.run(case)
        first = result[0].split(" ")[0] if result else ""
        return first if first in ("WIDER", "narrower", "ended") else ""

    def reduce(self, case, said):
        """Begins with the call that differs: mostly it is one without the others."""
        kind = said.split(" ")[0]
        alone = [call for call in case[1] if " ".join(call).strip() in said]
        if alone and self.kind((case[0], alone[:1])) == kind:
            case = case[0], alone[:1]
        return reduced(case, lambda each: smaller_cases(each, self.base),
                       lambda each: self.kind(each) == kind)


def report(runner, case, said):
    rules, calls = runner.reduce(case, said)
    said = runner.run((rules, calls))[0].strip()
    before = "".join(f"  after {' '.join(call)}\n" for call in calls[:-1])
    kind, _, call = said.partition(" ")
    return f"{kind}\n{runner.text(rules)}{before}  {call.replace(' -:', ':')}"


def main():
    plant = [word[8:] for word in sys.argv if word.startswith("--plant=")]
    directory, seed, policies = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    runner = Runner(directory, plant[0] if plant else None)
    count = dict.fromkeys(["mediated", "plain", "refused", "calls", "ok", "denied", "narrower"], 0)
    os.environ["SRT_SUMMARY"] = "off"
    for number in range(policies):
        draw = random.Random(seed * 100000 + number)
        rules = draw_rules(draw, runner.base)
        case = rules, list(draw_calls(draw, runner.base))
        result = runner.run(case)
        if result is None:
            count["refused"] += 1
            continue
        said, is_mediated = result
        count["mediated" if is_mediated else "plain"] += 1
        if not re.match(r"\d+ calls", said):
            print(f"seed {seed}, policy {number}: {report(runner, case, said)}")
            return 1
        for number_of, name in re.findall(r"(\d+) (\w+)", said):
            count[name] += int(number_of)
    print(", ".join(f"{value} {name}" for name, value in count.items()))
    return 0


sys.exit(main())
