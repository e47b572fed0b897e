#!/usr/bin/env python3
# test/Network/Inputs/interrupts.py: what ends a connect(2) that waits.
# SPDX-License-Identifier: Apache-2.0
import errno
import signal
import socket
import struct
import time

HOLE = ("203.0.113.1", 80)


class Interrupted(Exception):
    pass


def interrupt(*_):
    raise Interrupted


def note(*_):
    print("handler ran, ", end="")


def told(label, prepare):
    s = socket.socket()
    print(label, end=": ")
    prepare(s)
    begin = time.monotonic()
    try:
        s.connect(HOLE)
        what = "connected"
    except Interrupted:
        what = "interrupted"
    except OSError as error:
        what = errno.errorcode[error.errno]
    # The kernel alone would give up after some two minutes.
    print(what, "in time" if time.monotonic() - begin < 30 else "late", flush=True)


def alarm(_):
    signal.setitimer(signal.ITIMER_REAL, 0.8)


def alarm_and_more(_):
    signal.siginterrupt(signal.SIGUSR1, False)
    signal.setitimer(signal.ITIMER_REAL, 1.6)
    import os
    if os.fork() == 0:
        time.sleep(0.5)
        os.kill(os.getppid(), signal.SIGUSR1)
        os._exit(0)


signal.signal(signal.SIGALRM, interrupt)
signal.signal(signal.SIGUSR1, note)
told("timeout", lambda s: s.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", 1, 0)))
told("signal", alarm)
told("restarted", alarm_and_more)
