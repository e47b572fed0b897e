#!/usr/bin/env python3
# test/Driver/Inputs/check_json.py: has each line the shape that Render.h says?
# SPDX-License-Identifier: Apache-2.0
import json
import os
import sys

PLACE = {"line": int, "column": int, "endLine": int, "endColumn": int}
FIX = dict(PLACE, replacement=str)
NOTE = dict(PLACE, file=str, message=str)
TOP = dict(PLACE, file=str, severity=str, code=str, message=str, hints=list,
           fixes=list, notes=list)


def require(value, shape):
    assert set(value) == set(shape), sorted(value)
    for key, kind in shape.items():
        assert type(value[key]) is kind, (key, value[key])
    ends = (value["line"], value["column"]) <= (value["endLine"], value["endColumn"])
    assert ends, value


lines = open(sys.argv[1], encoding="utf-8").read().splitlines()
for line in lines:
    found = json.loads(line)
    require(found, TOP)
    assert found["severity"] in ("error", "warning", "remark"), found["severity"]
    assert all(type(hint) is str for hint in found["hints"])
    for fix in found["fixes"]:
        require(fix, FIX)
    for note in found["notes"]:
        require(note, NOTE)
    print(os.path.basename(found["file"]).encode("ascii", "backslashreplace").decode(),
          "{line}:{column}-{endLine}:{endColumn} {severity} {code}".format(**found),
          *(f"{key}={len(found[key])}" for key in ("hints", "fixes", "notes")))
print(len(lines), "lines")
