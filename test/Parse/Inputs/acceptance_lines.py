# test/Parse/Inputs/acceptance_lines.py: each line of the acceptance policy, asked.
# SPDX-License-Identifier: Apache-2.0
#
# Usage: acceptance_lines.py POLICY...
import re
import subprocess
import sys

ALLOW, DENY = 0, 3
# Status, question, and what decides: a word of the line, or nothing.
QUESTIONS = [
    (ALLOW, "read /src/main.c", "src"), (ALLOW, "read /usr/lib/x.so", "src"),
    (ALLOW, "read /home/me/notes", "src"), (DENY, "read /usr/libx", ""),
    (DENY, "read.data /etc/passwd", ""), (DENY, "read /home/other/x", ""),
    (ALLOW, "write /src/output/a/b", "output"), (ALLOW, "write /tmp/x", "output"),
    (DENY, "write /src/main.c", ""), (DENY, "write /home/me/notes", ""),
    (DENY, "read /etc/shadow", "shadow"), (DENY, "write /etc/shadow", "shadow"),
    (DENY, "read ~/.ssh/id_rsa", "shadow"), (DENY, "write ~/.ssh/config", "shadow"),
    (ALLOW, "connect registry.example.com:443", "registry"),
    (ALLOW, "connect api.github.com:443", "registry"),
    (DENY, "connect registry.example.com:80", ""),
    (DENY, "connect github.com:443", ""),
    (DENY, "connect registry.example.com:22", "22"),
    (DENY, "connect db.example.com:3306", "22"),
    (ALLOW, "exec node -e 1", "node"), (ALLOW, "exec python3", "node"),
    (ALLOW, "exec go build", "node"), (ALLOW, "exec git push", "node"),
    (DENY, "exec sudo", "sudo"), (DENY, "exec sudo -n true", "sudo"),
    (DENY, "exec rm -rf /", "sudo"), (DENY, "exec rm -rf /x", ""),
    (DENY, "exec perl", ""),
]

# The line in each spelling on which the statement with that word begins.
BEGINS = {"src": r"allow read|read *[:=]|\"read\"", "output": r"allow write|write *[:=]|\"write\"",
          "shadow": r"deny +read|deny *[:=]|\"deny\"", "registry": r"allow connect|allow *[:=]|\"allow\"",
          "22": r"deny +connect|deny *[:=]|\"deny\"", "node": r"allow exec|allow *[:=]|\"allow\"",
          "sudo": r"deny +exec|deny *[:=]|\"deny\""}

count = bad = 0
for policy in sys.argv[1:]:
    lines = open(policy, encoding="utf-8").read().split("\n")
    for status, question, word in QUESTIONS:
        done = subprocess.run(["srtc", "query", "--bind", "home=/home/me", policy,
                               *question.split()], capture_output=True, text=True)
        place = re.search(r" at .*:(\d+):\d+$", done.stdout)
        begins = place and re.search(BEGINS.get(word, "$^"), lines[int(place[1]) - 1])
        count += 1
        if done.returncode != status or bool(begins) != bool(word):
            bad += 1
            print(policy, question, done.stdout, done.stderr)
print(f"{count} questions, {bad} are answered otherwise")
sys.exit(1 if bad else 0)
