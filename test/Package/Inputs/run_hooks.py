# test/Package/Inputs/run_hooks.py: calls each hook as pre-commit would.
# SPDX-License-Identifier: Apache-2.0
#
# Usage: run_hooks.py HOOKS.yaml FILE...   prints the id and the exit status of each
import re
import shlex
import subprocess
import sys

text = open(sys.argv[1], encoding="ascii").read()
for hook in re.split(r"^- id: ", text, flags=re.M)[1:]:
    name = hook.split()[0]
    entry = re.search(r"^  entry: (.*)$", hook, re.M).group(1)
    done = subprocess.run(shlex.split(entry) + sys.argv[2:], capture_output=True)
    print(name, done.returncode)
