# test/Srt/Inputs/follow.py: srt log --follow, beside runs that are denied something.
# SPDX-License-Identifier: Apache-2.0
#
# Usage: follow.py, in a project with mine.srt that denies .env (home.sh).
import glob
import json
import os
import select
import subprocess

SRT = ["srt", "--policy", "mine.srt", "sh", "-c"]
LOGS = os.path.join(os.environ["HOME"], ".local/state/srt/denials")


def run(script):
    subprocess.run([*SRT, script], stderr=subprocess.DEVNULL)


def line(reader):
    ready, _, _ = select.select([reader.stdout], [], [], 20)
    assert ready, "no line within 20 s"
    return json.loads(reader.stdout.readline())


run("cat .env")
reader = subprocess.Popen(["srt", "log", "--follow", "--json", "--since", "1h"],
                          stdout=subprocess.PIPE, bufsize=0)
first = line(reader)  # it reads by now
run("cat .env")
second = line(reader)
assert first["id"] != second["id"] and second["denied"] == "read.data", second
# Longer than a log may be at a start: the next start replaces it.
log, = glob.glob(f"{LOGS}/*.jsonl")
with open(log, "a", encoding="ascii") as file:
    file.write("\n" * (300 * 1024))
run("cat .env")
third = line(reader)
assert os.path.exists(log + ".old") and third["id"] != second["id"], third
reader.kill()
reader.wait()
# One run alone cannot fill the disk: what is too much is counted.
run("i=0; while [ $i -lt 6000 ]; do i=$((i+1)); true < .env; done; cat .env")
size = sum(os.path.getsize(path) for path in glob.glob(f"{LOGS}/*"))
assert size < 2 << 20, size
with open(log, encoding="ascii") as file:
    last = json.loads(file.readlines()[-1])
assert last.get("dropped", 0) > 100 and last["id"], last
print("fine")
