#!/usr/bin/env python3
# test/Engines/Inputs/check_oci.py: is this a seccomp object that runtimes read, and does it decide so?
# SPDX-License-Identifier: Apache-2.0
#
# Usage: check_oci.py PROFILE 'allow|deny CALL [ARG...]'...
# The shape is that of the OCI runtime specification, config-linux.md, "Seccomp". A call is judged as
# libseccomp would: entries of a call are alternatives, the tests of one must all hold.
import json
import sys

MASK = 2**64 - 1
TESTS = {
    "SCMP_CMP_EQ": lambda arg, one, two: arg == one,
    "SCMP_CMP_NE": lambda arg, one, two: arg != one,
    "SCMP_CMP_LT": lambda arg, one, two: arg < one,
    "SCMP_CMP_LE": lambda arg, one, two: arg <= one,
    "SCMP_CMP_GT": lambda arg, one, two: arg > one,
    "SCMP_CMP_GE": lambda arg, one, two: arg >= one,
    "SCMP_CMP_MASKED_EQ": lambda arg, one, two: arg & one == two,
}


def check_shape(profile):
    assert set(profile) == {"defaultAction", "defaultErrnoRet", "architectures", "syscalls"}
    assert profile["defaultAction"] == "SCMP_ACT_ERRNO"
    seen = {}
    for entry in profile["syscalls"]:
        assert set(entry) <= {"names", "action", "args", "errnoRet"} and entry["names"]
        assert entry["action"] in ("SCMP_ACT_ALLOW", "SCMP_ACT_ERRNO")
        args = entry.get("args", [])
        indices = [arg["index"] for arg in args]
        assert len(indices) == len(set(indices)), "two tests of one argument are alternatives to some"
        assert all(arg["op"] in TESTS and 0 <= arg["value"] <= MASK for arg in args)
        for name in entry["names"]:
            kinds = seen.setdefault(name, [])
            assert not kinds or (args and "free" not in kinds), f"{name} is said twice"
            kinds.append("tested" if args else "free")


def decide(profile, call, args):
    args = args + [0] * (6 - len(args))
    for entry in profile["syscalls"]:
        if call in entry["names"] and all(
                TESTS[test["op"]](args[test["index"]], test["value"], test.get("valueTwo", 0))
                for test in entry.get("args", [])):
            return "allow" if entry["action"] == "SCMP_ACT_ALLOW" else "deny"
    return "deny"


profile = json.load(open(sys.argv[1], encoding="ascii"))
check_shape(profile)
wrong = 0
for line in sys.argv[2:]:
    expected, call, *args = line.split()
    found = decide(profile, call, [int(arg, 0) for arg in args])
    if found != expected:
        wrong += 1
        print(f"{line}: found {found}")
print(f"{len(sys.argv) - 2} calls, {wrong} wrong")
sys.exit(1 if wrong else 0)
