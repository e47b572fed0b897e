# test/Diag/Inputs/check_sarif.py: is this a SARIF 2.1.0 log, and what does it say?
# SPDX-License-Identifier: Apache-2.0
#
# Usage: check_sarif.py LOG. The parts of the schema that we use, written down: which
# properties an object may have, which it must have, and what each is. Then what the schema
# cannot say: indices that fit, ends that are not before their starts.
import json
import re
import sys
import urllib.parse

MESSAGE = {"text!": str, "markdown": str}
REGION = {"startLine!": int, "startColumn": int, "endLine": int, "endColumn": int}
ARTIFACT = {"uri!": str}
PLACE = {"artifactLocation!": ARTIFACT, "region": REGION}
LOCATION = {"physicalLocation": PLACE, "message": MESSAGE, "id": int}
REPLACEMENT = {"deletedRegion!": REGION, "insertedContent": {"text!": str}}
FIX = {"description": MESSAGE,
       "artifactChanges!": [{"artifactLocation!": ARTIFACT, "replacements!": [REPLACEMENT]}]}
RESULT = {"ruleId!": str, "ruleIndex": int, "level!": {"error", "warning", "note", "none"},
          "message!": MESSAGE, "locations!": [LOCATION], "relatedLocations": [LOCATION],
          "fixes": [FIX]}
RULE = {"id!": str, "shortDescription": MESSAGE, "help": MESSAGE}
RUN = {"tool!": {"driver!": {"name!": str, "version": str, "rules": [RULE]}},
       "invocations": [{"executionSuccessful!": bool,
                        "toolExecutionNotifications": [{"message!": MESSAGE}]}],
       "columnKind!": {"utf16CodeUnits", "unicodeCodePoints"}, "results!": [RESULT]}
LOG = {"version!": {"2.1.0"}, "$schema": str, "runs!": [RUN]}


def check(value, shape, where):
    if isinstance(shape, dict):
        assert isinstance(value, dict), where
        for key in shape:
            assert not key.endswith("!") or key[:-1] in value, f"{where} lacks {key[:-1]}"
        for key, part in value.items():
            kind = shape.get(key, shape.get(key + "!"))
            assert kind is not None, f"{where} has {key}"
            check(part, kind, f"{where}.{key}")
    elif isinstance(shape, list):
        assert isinstance(value, list), where
        for number, part in enumerate(value):
            check(part, shape[0], f"{where}[{number}]")
    elif isinstance(shape, set):
        assert value in shape, (where, value)
    else:
        assert type(value) is shape, (where, value)


def check_region(region):
    assert min(region.values()) >= 1, region
    assert (region["startLine"], region["startColumn"]) <= \
        (region["endLine"], region["endColumn"]), region


def check_uri(uri):
    assert re.fullmatch(r"[A-Za-z0-9/._~%:-]*", uri), uri
    assert ":" not in uri or uri.startswith("file:///"), uri
    return urllib.parse.unquote(uri, errors="replace")


def places(result):
    found = [each["physicalLocation"] for each in result["locations"]]
    found += [each["physicalLocation"] for each in result.get("relatedLocations", [])
              if "physicalLocation" in each]
    return [(check_uri(each["artifactLocation"]["uri"]), each["region"]) for each in found]


def span(region):
    return "{startLine}:{startColumn}-{endLine}:{endColumn}".format(**region)


with open(sys.argv[1], "rb") as file:
    log = json.loads(file.read().decode("utf-8"))
check(log, LOG, "log")
assert len(log["runs"]) == 1
run = log["runs"][0]
rules = run["tool"]["driver"]["rules"]
assert len({rule["id"] for rule in rules}) == len(rules)
for rule in rules:
    assert rule["help"]["text"].startswith("# " + rule["id"]), rule["id"]
for result in run["results"]:
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"], result
    found = places(result)
    for _, region in found:
        check_region(region)
    where = " ".join(f"{name.rsplit('/', 1)[-1]} {span(region)}" for name, region in found)
    fixes = [replacement for fix in result["fixes"] for change in fix["artifactChanges"]
             for replacement in change["replacements"]]
    for fix in fixes:
        check_region(fix["deletedRegion"])
    fixed = " ".join(f"fix {span(fix['deletedRegion'])} {fix['insertedContent']['text']!r}"
                     for fix in fixes)
    print(result["level"], result["ruleId"], where or "nowhere", fixed)
for invocation in run["invocations"]:
    for notification in invocation.get("toolExecutionNotifications", []):
        print("notification:", notification["message"]["text"])
print(len(run["results"]), "results,", len(rules), "rules")
