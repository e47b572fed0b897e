# test/Broker/Inputs/signals.py: signals.py BUNDLE: what signals to the broker do.
# SPDX-License-Identifier: Apache-2.0
import os
import pty
import signal
import subprocess
import sys
import time

SAY = r"""
import os, signal, sys, time
names = sys.argv[1].split()
def said(number, frame):
    os.write(1, signal.Signals(number).name[3:].encode() + bytes([10]))
for name in names:
    signal.signal(getattr(signal, "SIG" + name), said)
print("ready", os.getpid(), flush=True)
for _ in range(600):
    time.sleep(0.1)
"""


def start(names, **how):
    p = subprocess.Popen(["srt-load", sys.argv[1], "--", sys.executable, "-c",
                          SAY, names], stdout=subprocess.PIPE, text=True, **how)
    line = p.stdout.readline().split()
    assert line[0] == "ready", line
    return p, int(line[1])


def state(pid):
    try:
        with open("/proc/%d/stat" % pid) as file:
            return file.read().rsplit(")", 1)[1].split()[0]
    except OSError:
        return "gone"


def becomes(pid, wanted):
    for _ in range(100):
        if state(pid) in wanted:
            return True
        time.sleep(0.05)
    return False


def forwarded():
    names = "USR1 USR2 TERM INT HUP WINCH"
    p, _ = start(names)
    heard = []
    for name in names.split():
        p.send_signal(getattr(signal, "SIG" + name))
        heard.append(p.stdout.readline().strip())
    p.kill()
    p.wait()
    print("forwarded", *heard)


def terminal():
    """^C and ^Z of a terminal go to the whole group, and come once."""
    pid, master = pty.fork()
    if pid == 0:
        os.execvp("srt-load", ["srt-load", sys.argv[1], "--", sys.executable,
                               "-c", SAY, "INT"])
    text = b""
    while b"ready" not in text:
        text += os.read(master, 1000)
    os.write(master, b"\x03")
    time.sleep(0.5)
    text = os.read(master, 1000)
    print("terminal", "once" if text.count(b"INT") == 1 else text)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    os.close(master)


def stopping():
    p, command = start("USR1")
    os.kill(command, signal.SIGSTOP)
    if becomes(command, "T") and becomes(p.pid, "T"):
        print("stopped with the command")
    p.send_signal(signal.SIGCONT)
    if becomes(command, "S") and becomes(p.pid, "S"):
        print("continued with the broker")
    p.kill()
    p.wait()


def suspending():
    """As a shell with job control does it."""
    master, slave = pty.openpty()
    script = ("set -m; srt-load %s -- %s -c '%s' USR1; echo suspended $?; "
              "fg > /dev/null; echo resumed $?" % (sys.argv[1], sys.executable,
                                                   SAY.replace("range(600)", "range(20)")))
    p = subprocess.Popen(["bash", "-c", script], stdin=slave, stdout=slave,
                         stderr=slave, start_new_session=False,
                         preexec_fn=lambda: take(slave))
    text = read(master, b"ready")
    os.write(master, b"\x1a")
    text = read(master, b"suspended")
    print("suspended by the terminal")
    text = read(master, b"resumed 0")
    print("resumed by the shell")
    p.kill()
    p.wait()


def take(slave):
    import fcntl
    import termios
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)


def read(master, wanted):
    text = b""
    end = time.time() + 15
    while wanted not in text and time.time() < end:
        text += os.read(master, 1000)
    assert wanted in text, text
    return text


def killed():
    p, command = start("USR1")
    p.kill()
    p.wait()
    if becomes(command, ("gone", "Z")):
        print("killed with the broker")


forwarded()
terminal()
stopping()
suspending()
killed()
