# test/Srt/Inputs/typed.py: runs a command on a terminal and types lines into it.
# SPDX-License-Identifier: Apache-2.0
#
# Usage: typed.py TEXT CMD [ARG...]. Each line of TEXT is typed when the command
# has been quiet for a moment. Prints what the terminal shows; the status is the
# command's.
import os
import pty
import select
import sys


def read_until_quiet(terminal, seconds):
    """Prints what comes; False at the end."""
    while select.select([terminal], [], [], seconds)[0]:
        try:
            piece = os.read(terminal, 4096)
        except OSError:  # EIO: nobody has it open any more
            return False
        if not piece:
            return False
        sys.stdout.buffer.write(piece)
        sys.stdout.flush()
    return True


def main():
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvp(sys.argv[2], sys.argv[2:])
    # The first answer may have to wait for a compilation.
    is_open = True
    for line in sys.argv[1].split("\n"):
        is_open = is_open and read_until_quiet(terminal, 1.5)
        if is_open:
            os.write(terminal, line.encode() + b"\n")
    while is_open:
        is_open = read_until_quiet(terminal, 60)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


sys.exit(main())
