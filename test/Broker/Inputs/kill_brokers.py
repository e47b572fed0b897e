# test/Broker/Inputs/kill_brokers.py: kills brokers at moments that chance picks.
# SPDX-License-Identifier: Apache-2.0
"""usage: kill_brokers.py BUNDLE PROGRAM DIR TIMES"""
import glob
import os
import random
import subprocess
import sys
import time

bundle, program, folder, times = sys.argv[1:4] + [int(sys.argv[4])]
rng = random.Random(4711)


def alive(pattern):
    found = []
    for name in glob.glob("/proc/[0-9]*/cmdline"):
        try:
            with open(name, "rb") as file:
                text = file.read().replace(b"\0", b" ").decode(errors="replace")
            with open(os.path.dirname(name) + "/stat") as file:
                state = file.read().rsplit(")", 1)[1].split()[0]
        except OSError:
            continue
        if pattern in text and state != "Z" and "kill_brokers" not in text:
            found.append(int(name.split("/")[2]))
    return found


served = hanging = 0
for _ in range(times):
    p = subprocess.Popen(["srt-load", bundle, "--", program, folder, "3"],
                         stderr=subprocess.DEVNULL)
    time.sleep(rng.uniform(0.001, 0.15))
    served += bool(os.listdir(folder + "/ok"))
    p.kill()
    p.wait()
# The grandchildren end by themselves once their calls fail.
end = time.time() + 10
while alive(program + " ") and time.time() < end:
    time.sleep(0.1)
print("left over:", len(alive("srt-load " + bundle)))
print("hanging:", len(alive(program + " ")))
print("leaked:", len(glob.glob(folder + "/leak*")))
print("made outside:", len(os.listdir(folder + "/no")) - 1)
print("some were served:", served > 0)
