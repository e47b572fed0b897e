# test/Faults/Inputs/inject.py: every system call of the start fails in turn.
# SPDX-License-Identifier: Apache-2.0
"""usage: inject.py SYMBOLS BUNDLE MARKER SAMPLE COMMAND [ARGUMENT...]

Runs `srt-load BUNDLE -- COMMAND` once for each system call that srt-load and
srt-broker make, with that call failing. The command makes the file MARKER.
SAMPLE: how many runs; `all`: each call with each error. In all of them

 - the command runs only if the failing call is in HARMLESS, or was made after
   the command began;
 - where it does not, there is exactly one message and the exit status is 125
   (126 or 127 where the command is not found or may not be executed);
 - nothing takes five seconds.
"""
import collections
import errno
import os
import random
import re
import shutil
import subprocess
import sys

# Calls that may fail before the command runs, and the command runs all the same:
# {(function, call): why that makes the sandbox no wider}. A function that was
# put into its caller by the compiler has the caller's name.
LEFT_OUT = "what cannot be looked at is left out of what is granted"
TIDY = "only tidies up: what stays open here is closed at exec"
OWN = "the broker, or its reader, keeps a descriptor open that is its own"
HARMLESS = {
    ("load::addNode", "newfstatat"): LEFT_OUT,
    ("load::Walk::look", "newfstatat"): LEFT_OUT,
    ("load::searchDirectory", "newfstatat"): LEFT_OUT,
    ("load::openSearchPath", "openat"): LEFT_OUT,
    ("load::openPlain", "openat2"): LEFT_OUT,
    ("load::openBeneath", "openat2"): LEFT_OUT,
    ("load::readLink", "readlinkat"): LEFT_OUT,
    ("load::openSearchPath", "statx"): "only saves looking into a directory twice",
    ("load::leaveKeyring", "keyctl"): "the filter denies what could use the keyring",
    ("load::Arena::expect", "madvise"): "asks for memory sooner, not for more",
    ("load::giveBack", "prlimit64"): "then all descriptors are given back",
    ("load::giveBack", "close"): TIDY,
    ("load::openSearchPath", "close"): TIDY,
    ("load::scopeApart", "close"): TIDY,
    ("load::readBundle", "close"): TIDY,
    ("load::runCommand", "execve"): "the next directory on PATH, as execvp(3) does",
    ("broker::prepare", "fcntl"): "the listener gets a higher number",
    ("broker::checkProc", "newfstatat"): "then /proc is told apart more slowly",
    ("broker::run", "openat"): "Yama's setting; then reading the command fails",
    ("broker::run", "read"): "Yama's setting, or the poll comes back again",
    ("broker::run", "ppoll"): "it is asked again",
    ("broker::serveAll", "ppoll"): "it is asked again",
    ("broker::run", "ioctl"): "only makes the broker faster",
    ("broker::run", "prctl"): "orphans and the end of the broker: calls then fail",
    ("broker::run", "close"): TIDY,
    ("broker::run", "chdir"): "the broker stays in the command's first directory",
    ("broker::run", "close_range"): OWN,
    ("broker::run", "dup3"): OWN,
    ("broker::openProc", "close"): OWN,
    ("broker::startStatusReader", "close"): OWN,
    ("broker::startStatusReader", "close_range"): OWN,
    ("broker::startStatusReader", "dup3"): OWN,
    ("broker::startStatusReader", "prctl"): "the reader ends when it has no socket",
    ("broker::startStatusReader", "read"): "then it has no answer, and calls fail",
    ("broker::enterSignals", "rt_sigaction"): "an ignored SIGCHLD stays ignored",
    ("broker::leaveSignals", "rt_sigaction"): "SIGCHLD is not ignored",
    ("broker::leaveSignals", "rt_sigprocmask"): "signals stay blocked",
}
# The kernel has no way to let these fail.
NEVER_FAIL = {"getpid", "getppid", "getuid", "exit_group"}

ERRORS = [errno.EPERM, errno.ENOMEM, errno.EACCES, errno.ENOENT, errno.EINTR,
          errno.EINVAL]

symbols, bundle, marker, sample = sys.argv[1:5]
command = sys.argv[5:]
report = marker + ".report"
# /proc names the file, not the link to it.
executed = os.path.basename(os.path.realpath(shutil.which(command[0])))


def call_names():
    header = subprocess.run(["cc", "-E", "-dM", "-include", "sys/syscall.h", "-x",
                             "c", "/dev/null"], capture_output=True, text=True,
                            check=True).stdout
    return {int(n): name for name, n in
            re.findall(r"#define __NR_(\w+) (\d+)$", header, re.M)}


def functions_of(program):
    """[(address, name)], ascending"""
    listing = subprocess.run(["llvm-nm", "-n", "-C", os.path.join(symbols, program)],
                             capture_output=True, text=True, check=True).stdout
    rows = [line.split(" ", 2) for line in listing.splitlines()]
    return [(int(row[0], 16), re.sub(r"^srt::|\(.*", "", row[2]))
            for row in rows if row[1] in "tTW"]


NAMES = call_names()
FUNCTIONS = {program: functions_of(program) for program in ("srt-load", "srt-broker")}


def function_at(program, address):
    rows = [row for row in FUNCTIONS.get(program, []) if row[0] < address]
    return max(rows, default=(0, program))[1]


class Run:
    """One start in which a call fails (number 0: none does)."""

    def __init__(self, process=0, number=0, error=0):
        for file in (marker, report):
            if os.path.exists(file):
                os.unlink(file)
        self.stderr = subprocess.run(
            ["srt-fault", report, executed, str(process), str(number), str(error),
             "srt-load", bundle, "--"] + command,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, text=True, errors="replace", timeout=30).stderr
        with open(report, encoding="ascii") as file:
            first, *self.calls = file.read().splitlines()
        words = first.split()
        self.status, ran, failed, before = (int(word) for word in words[1:5])
        self.has_run = bool(ran) or os.path.exists(marker)
        self.is_early = failed != -1 and bool(before)
        self.call = NAMES.get(failed, str(failed))
        self.caller = function_at(words[5], int(words[6]))
        self.error = errno.errorcode.get(error)

    def is_harmless(self):
        return (self.caller, self.call) in HARMLESS

    def messages(self):
        return sum(not line.startswith("  hint: ")
                   for line in self.stderr.splitlines())

    def fault(self):
        """What is wrong with it, or None."""
        if self.status == -1:
            return "hangs"
        if not self.is_early or self.call in NEVER_FAIL:
            return None
        if self.has_run:
            return None if self.is_harmless() else "the command runs all the same"
        is_exec = self.stderr.startswith("srt-load: exec: ")
        if self.status not in ((126, 127) if is_exec else (125,)):
            return "exit status %d" % self.status
        return None if self.messages() == 1 else "%d messages" % self.messages()

    def kind(self):
        if not self.is_early:
            return "after the start"
        return "harmless" if self.has_run else "refused"


def chosen(calls):
    """(process, number, error) of the runs."""
    numbers, cases, seen = {}, [], set()
    for process, call, before in calls:
        numbers[process] = numbers.get(process, 0) + 1
        if before:
            cases.append((process, numbers[process], call))
    if sample == "all":
        return [(p, n, e) for p, n, _ in cases for e in ERRORS]
    # Each kind of call once, then any.
    rng = random.Random(1)
    rng.shuffle(cases)
    first = [c for c in cases if not (c[0::2] in seen or seen.add(c[0::2]))]
    rest = [c for c in cases if c not in first]
    return [(p, n, rng.choice(ERRORS)) for p, n, _ in (first + rest)[:int(sample)]]


def main():
    plain = Run()
    if plain.status != 0 or not plain.has_run:
        sys.exit("nothing right to begin with: " + plain.stderr)
    calls = [tuple(int(word) for word in line.split()[1:]) for line in plain.calls]
    kinds, wrong = collections.Counter(), collections.Counter()
    for process, number, error in chosen(calls):
        run = Run(process, number, error)
        kinds[run.kind()] += 1
        if fault := run.fault():
            wrong["%s of %s, %s: %s; %s" % (run.call, run.caller, run.error, fault,
                                          run.stderr.strip())] += 1
    for line, count in sorted(wrong.items()):
        print("%d times: %s" % (count, line))
    print("%d calls before the command; %d runs, %s; %d wrong" %
          (sum(call[2] for call in calls), sum(kinds.values()),
           ", ".join("%d %s" % (n, kind) for kind, n in sorted(kinds.items())),
           sum(wrong.values())))
    return 1 if wrong else 0


sys.exit(main())
