# test/Load/Inputs/many.py: many sandboxes at once, in rounds of work.
# SPDX-License-Identifier: Apache-2.0
"""usage: many.py BUNDLE COUNT

Every sandbox does a round of mediated work for each line of its input. What its
broker holds after the first round it may hold after the last, and no more.
"""
import os
import subprocess
import sys
import time

bundle, count = sys.argv[1], int(sys.argv[2])
ROUNDS = 4
WORK = """
while read -r round; do
  mkdir d && echo $round > d/a && mv d/a d/b && rm d/b && rmdir d || echo broken
  cat .env 2>/dev/null
  echo done $round
done
"""


def folder(number):
    path = "%d" % number
    os.mkdir(path)
    with open(path + "/.env", "w", encoding="ascii") as file:
        file.write("SECRET\n")
    return path


def start(number):
    return subprocess.Popen(["srt-load", bundle, "--", "sh", "-c", WORK],
                            cwd=folder(number), stdin=subprocess.PIPE,
                            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                            env=dict(os.environ, SRT_SUMMARY="off"))


def status_of(pid, key):
    with open("/proc/%d/status" % pid, encoding="ascii") as file:
        for line in file:
            if line.startswith(key):
                return line.split()[1]
    return "0"


def processes():
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]


def children_of(pids):
    """{child: state}"""
    found = {}
    for pid in processes():
        try:
            if int(status_of(pid, "PPid:")) in pids:
                found[pid] = status_of(pid, "State:")
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found


def held(box):
    return (len(os.listdir("/proc/%d/fd" % box.pid)),
            int(status_of(box.pid, "VmRSS:")))


def do_round(boxes, number):
    """The lines of all sandboxes but the ones that say that it is done."""
    for box in boxes:
        box.stdin.write(b"%d\n" % number)
        box.stdin.flush()
    said = []
    for box in boxes:
        while (line := box.stdout.readline()) not in (b"done %d\n" % number, b""):
            said.append(line)
        if not line:
            said.append(b"ended")
    return said


def zombies_below(pids):
    """Whoever waits for a child may be about to: none may stay."""
    for _ in range(20):
        dead = [pid for pid, state in children_of(pids).items() if state == "Z"]
        if not dead:
            return 0
        time.sleep(0.1)
    return len(dead)


def left_over():
    for _ in range(30):
        left = 0
        for pid in processes():
            try:
                with open("/proc/%d/cmdline" % pid, "rb") as file:
                    words = file.read().split(b"\0")
                left += words[0].endswith((b"srt-load", b"srt-broker")) and \
                    os.fsencode(bundle) in words
            except (FileNotFoundError, ProcessLookupError):
                continue
        if left == 0:
            return 0
        time.sleep(0.1)
    return left


def main():
    boxes = [start(number) for number in range(count)]
    said = do_round(boxes, 1)
    first = [held(box) for box in boxes]
    for number in range(2, ROUNDS + 1):
        said += do_round(boxes, number)
    last = [held(box) for box in boxes]
    print("%d sandboxes at once" % len(boxes))
    print("every one did its work:", not {b"broken\n", b"ended"} & set(said))
    print("none reads what is denied:", b"SECRET\n" not in said)
    print("descriptors of the brokers grew by:",
          sum(b[0] for b in last) - sum(a[0] for a in first))
    print("memory of a broker grew by less than 64 kB:",
          all(b[1] - a[1] < 64 for a, b in zip(first, last)))
    print("zombies below a broker:", zombies_below({box.pid for box in boxes}))
    for box in boxes:
        box.stdin.close()
    print("exit statuses:", {box.wait(20) for box in boxes})
    print("processes left:", left_over())


main()
