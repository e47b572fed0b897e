# test/Load/Inputs/fork_bomb.py: a fork bomb in one sandbox, work in another.
# SPDX-License-Identifier: Apache-2.0
"""usage: fork_bomb.py DIR

The bomb runs as user 4712, whom nobody else uses: Linux counts the processes of
a user, and not those of root.
"""
import os
import subprocess
import sys
import time

root = sys.argv[1]
USER = 4712
AS_USER = ["setpriv", "--reuid=%d" % USER, "--regid=%d" % USER, "--clear-groups"]
# Each copy tries again for as long as it lives, and touches a file on the way.
BOMB = "b() { : > t$$; b & b & wait; }; while :; do b; done"
WORK = "i=0; while [ $i -lt 200 ]; do : > f$i; i=$((i+1)); done; : > fixed/x"


def processes_of_user():
    found = []
    for name in os.listdir("/proc"):
        try:
            if name.isdigit() and os.stat("/proc/" + name).st_uid == USER:
                found.append(int(name))
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found


def stop_all():
    """As the user: a signal to all is one to all of that user's."""
    for _ in range(20):
        subprocess.run(AS_USER + ["sh", "-c", "kill -9 -1"], check=False,
                       stderr=subprocess.DEVNULL)
        time.sleep(0.1)
        if not processes_of_user():
            return


def most_processes(seconds):
    until, most = time.time() + seconds, 0
    while time.time() < until:
        most = max(most, len(processes_of_user()))
        time.sleep(0.02)
    return most


def main():
    folder = root + "/work/"
    os.makedirs(folder + "fixed", exist_ok=True)
    bomb = subprocess.Popen(AS_USER + ["srt-load", root + "/bomb.srtb", "--", "sh",
                                       "-c", BOMB], cwd=root + "/bomb",
                            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL)
    try:
        most = most_processes(1.5)
        ran = subprocess.run(["srt-load", root + "/work.srtb", "--", "sh", "-c", WORK],
                             cwd=folder, stderr=subprocess.DEVNULL, timeout=8)
        is_done = ran.returncode != 125
    except subprocess.TimeoutExpired:
        is_done = False
    finally:
        stop_all()
        bomb.wait(10)
    made = len([name for name in os.listdir(folder) if name.startswith("f")]) - 1
    # srt-load, its broker's reader and the limit itself.
    print("the bomb was held back by its limit:", 20 < most <= 64)
    print("200 files made beside it in time:", is_done and made == 200)
    print("what is denied stays denied:", not os.path.exists(folder + "fixed/x"))
    print("processes left:", len(processes_of_user()))


main()
