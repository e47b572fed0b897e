# test/Srt/Inputs/running.py: starts and kills sandboxes, and asks srt about them.
# SPDX-License-Identifier: Apache-2.0
#
# Usage: running.py static|broker|many, in a project with mine.srt (home.sh).
import json
import os
import signal
import subprocess
import sys
import time

FOLDER = os.path.join(os.environ["HOME"], ".local/state/srt/running")


def ps():
    done = subprocess.run(["srt", "ps", "--json"], capture_output=True, text=True)
    assert done.returncode == 0, done
    return json.loads(done.stdout)["sandboxes"]


def start(*command):
    return subprocess.Popen(["srt", "--policy", "mine.srt", *command],
                            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def until(question, what):
    """Waits for an answer that is true; returns it."""
    for _ in range(400):
        answer = question()
        if answer:
            return answer
        time.sleep(0.05)
    sys.exit(f"not within 20 s: {what}")


def kill(process):
    process.send_signal(signal.SIGKILL)
    process.wait()
    until(lambda: not ps(), "an end in the list")
    assert os.listdir(FOLDER) == [], "left over: %s" % os.listdir(FOLDER)


def static():
    process = start("sleep", "60")
    row = until(ps, "a row")[0]
    assert row["pid"] == process.pid and row["broker"] is None, row
    assert row["run"] == ["sleep", "60"] and row["denied"] is None, row
    assert row["policy"].endswith("/p/mine.srt") and row["memory_kib"] > 0, row
    assert abs(row["since"] - time.time()) < 60, row
    assert os.stat(FOLDER).st_mode & 0o777 == 0o700
    kill(process)


def broker():
    process = start("sh", "-c", "cat .env; cat .env; echo here; exec sleep 60")
    assert process.stdout.readline() == b"here\n"
    row = ps()[0]
    assert row["broker"] == process.pid, row
    with open(f"/proc/{row['pid']}/stat", encoding="ascii") as file:
        assert int(file.read().rsplit(") ")[1].split()[1]) == process.pid, row
    assert row["denied"] == 2 and row["asked"] == 0, row
    assert row["broker_memory_kib"] > 0, row
    kill(process)  # the broker: the command goes with it
    until(lambda: not os.path.exists(f"/proc/{row['pid']}"), "the command's end")


def many():
    """Several at once, each counted by itself; one is killed, entries of the dead
    and foreign files do not matter."""
    processes = [start("sh", "-c", "cat .env; " * i + "echo here; exec sleep 60")
                 for i in range(3)]
    for process in processes:
        assert process.stdout.readline() == b"here\n"
    denied = {row["broker"]: row["denied"] for row in ps()}
    assert denied == {process.pid: i for i, process in enumerate(processes)}, denied
    with open(f"{FOLDER}/1-1-x", "w", encoding="ascii") as file:
        file.write("{")
    own = [name for name in os.listdir(FOLDER)
           if name.startswith(f"{processes[0].pid}-")][0]
    pid, start_time, boot, space = own.split("-")
    # The number is in use, by a process that started at another time.
    stale = f"{pid}-{int(start_time) + 1}-{boot}-{space}"
    with open(f"{FOLDER}/{stale}", "w", encoding="ascii") as file:
        file.write("garbage")
    assert len(ps()) == 3 and not os.path.exists(f"{FOLDER}/{stale}")
    os.unlink(f"{FOLDER}/1-1-x")
    # An entry that says nothing is still a sandbox.
    with open(f"{FOLDER}/{own}", "w", encoding="ascii") as file:
        file.write("\0garbage")
    assert len(ps()) == 3
    for process in processes:
        process.kill()
        process.wait()
    until(lambda: not ps(), "an empty list")


{"static": static, "broker": broker, "many": many}[sys.argv[1]]()
print("fine")
