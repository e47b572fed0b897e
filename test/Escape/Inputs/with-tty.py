# test/Escape/Inputs/with-tty.py: with-tty.py COMMAND..., with a new terminal as its
# controlling one and as descriptor 0.
# SPDX-License-Identifier: Apache-2.0
import fcntl
import os
import pty
import subprocess
import sys
import termios

master, slave = pty.openpty()


def take():
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)


sys.exit(subprocess.run(sys.argv[1:], stdin=slave, preexec_fn=take).returncode)
