# test/Srt/Inputs/ask_hook.py: asks `srt hook claude-code` about one use of a tool.
# SPDX-License-Identifier: Apache-2.0
#
# Usage: ask_hook.py TOOL KEY VALUE. Prints `DECISION: REASON` and the changed
# input, a line for each key; or `nothing`.
import json
import os
import subprocess
import sys

tool, key, value = sys.argv[1:]
question = {"session_id": "s", "cwd": os.getcwd(), "hook_event_name": "PreToolUse",
            "tool_name": tool, "tool_input": {key: value, "description": "d"}}
done = subprocess.run(["srt", "hook", "claude-code"], input=json.dumps(question),
                      stdout=subprocess.PIPE, text=True, check=True)
if not done.stdout:
    print("nothing")
    sys.exit()
answer = json.loads(done.stdout)["hookSpecificOutput"]
assert answer["hookEventName"] == "PreToolUse"
print(f"{answer['permissionDecision']}: {answer['permissionDecisionReason']}")
for name, text in answer.get("updatedInput", {}).items():
    print(f"{name}: {text}")
