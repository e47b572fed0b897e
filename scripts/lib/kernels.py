# scripts/lib/kernels.py: live tests in an emulated machine.
# SPDX-License-Identifier: Apache-2.0
#
# A test is a shell script in its RUN lines. Here it is taken apart: what its
# `policy` lines say is compiled on this machine for the kernel at hand; all
# else runs in the other machine, where `policy` only puts the bundle in place.
# Usage: see scripts/kernels
import collections
import glob
import os
import random
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BIN = f"{ROOT}/build/dev/bin"
sys.dont_write_bytecode = True
sys.path.append(f"{ROOT}/test/Broker/Inputs")
from random_policies import World, draw_calls, draw_rules, policy_text
LIVE = f"{ROOT}/test/Live/Inputs/live.sh"

# Name, image, ABI of Landlock, further words of the kernel's command line.
Machine = collections.namedtuple("Machine", "name image abi words")
MACHINES = [
    Machine("6.1", "build/kernels/6.1", 2, ""),
    Machine("6.12", "build/kernels/6.12", 6, ""),
    Machine("off", "build/kernels/6.12", 0, "lsm=capability"),
]
TARGETS = {2: "linux-6.1", 6: "linux-6.12", 0: "linux-6.12"}

# What Landlock cannot stop before that ABI: the compiler refuses to promise it.
UNSTOPPED = [("ioctl", 5, 'allow ioctl "/";'), ("signal", 6, "allow signal all;")]

# What a test may not use, for the other machine does not have it.
MISSING = re.compile(r"%python|\b(python3|gcc|bash|FileCheck|srtc|split-file|bwrap)\b")


class Test:
    """One test file: its RUN lines as one script, and its policies."""

    def __init__(self, path):
        self.path = path
        self.name = os.path.relpath(path, f"{ROOT}/test")
        self.folder = "/t/" + self.name.replace("/", "-").removesuffix(".test")
        with open(path, encoding="utf-8") as file:
            self.text = file.read()
        self.needs = [need.strip() for line in
                      re.findall(r"^# REQUIRES: (.*)$", self.text, re.M)
                      for need in line.split(",")]
        lines = re.findall(r"^# RUN: (.*)$", self.text, re.M)
        script = " &&\n".join(f"{{ {line}; }}" for line in lines)
        for word, value in [("%S", os.path.dirname(path)), ("%s", path),
                            ("%t", self.folder), ("%root", ROOT)]:
            script = re.sub(f"{word}\\b", lambda _, v=value: v, script)
        self.script = script

    def why_not(self, abi):
        """Why it cannot run there, or None."""
        has = {"seccomp", "root"}
        if abi >= 6:
            has |= {"linux-6.3", "linux-6.10"}
        if abi:
            has |= {"landlock"} | {f"landlock-abi-{n}" for n in range(1, abi + 1)}
        lacks = [need for need in self.needs if need not in has]
        if lacks:
            return "needs " + ", ".join(lacks)
        if "TEST=" in self.script:
            return "writes its policies itself"
        uses = MISSING.search("\n".join(
            line for line in self.script.split("\n") if "live.sh" not in line))
        return f"uses {uses.group().lstrip('%')}" if uses else None

    def policies(self):
        """Name and options of every `policy` command, in order."""
        option = r"((?: +-[^&|;}\n]+)?)"
        found = []
        for match in re.finditer(rf"for (\w+) in ([\w ]+); do policy \$\1{option}"
                                 rf"|\bpolicy ([A-Za-z0-9]+){option}", self.script):
            loop, names, common, name, own = match.groups()
            found += [(each, common) for each in names.split()] if loop \
                else [(name, own)]
        return found

    def add_to(self, tree):
        write(f"{tree}{self.path}", self.text)
        write(f"{tree}/c/{self.folder[3:]}",
              CASE.format(folder=self.folder, script=self.script))

    def source(self, name, abi):
        """As the function `policy` of live.sh makes it; with what an older kernel
        cannot stop allowed, for the compiler wants that said."""
        probe = f"{BIN}/srt-probe"
        read = f'allow read.data "{probe}"'
        lines = re.findall(rf"^# {name}\| *(.*)$", self.text, re.M)
        text = "\n".join(lines) + "\n"
        text = text.replace("DIR", self.folder)
        text = text.replace("PROBE_PATH", f'allow exec "{probe}"; {read}')
        text = text.replace("PROBE", f'allow exec "srt-probe"; {read}')
        opened = [rule for action, since, rule in UNSTOPPED
                  if abi < since and
                  not re.search(rf'(allow|deny) [^";]*{action}', text)]
        return text.replace("{", "{ " + " ".join(opened), 1)


def compile_policies(test, machine, tree):
    """Bundles /b/FOLDER/1.srtb, 2.srtb, ... for the policies in their order."""
    place = f"{tree}/b{test.folder}"
    os.makedirs(place)
    for number, (name, options) in enumerate(test.policies(), 1):
        source = f"{place}/{number}.srt"
        with open(source, "w", encoding="utf-8") as file:
            file.write(test.source(name, machine.abi or 6))
        words = shlex.split(options.replace("$D", test.folder))
        if not any(word.startswith("--target") for word in words):
            words.append(f"--target={TARGETS[machine.abi]}")
        result = subprocess.run(
            [f"{BIN}/srtc", "compile", source, "-o", f"{place}/{number}.srtb", *words],
            capture_output=True, text=True)
        if result.returncode != 0:
            return result.stderr
    return None


# How many random policies run on each kernel, and the first of their seeds.
RANDOM_POLICIES, RANDOM_SEED = 10, 1200000
RANDOM_INPUTS = f"{ROOT}/test/Broker/Inputs"


class RandomPolicy:
    """One policy of test/Broker/random-live.test, with calls that were judged here
    (random_policies.py) and are made there (drive.c)."""

    def __init__(self, number):
        self.name = f"random/{number}"
        self.folder = f"/t/random-{number}"
        self.base = self.folder + "/tree"
        draw = random.Random(RANDOM_SEED + number)
        self.rules = draw_rules(draw, self.base)
        self.calls = list(draw_calls(draw, self.base))

    def policies(self):
        return True

    def compile(self, machine, tree):
        """Why it cannot be compiled for that kernel, or None."""
        place = f"{tree}/b{self.folder}"
        source = f"{place}/1.srt"
        write(source, policy_text(self.rules, self.base, "/bin/try"))
        target = f"--target={TARGETS[machine.abi]}"
        srtc = lambda *words: subprocess.run([f"{BIN}/srtc", "compile", source, target, *words],
                                             capture_output=True, text=True)
        made = srtc("-o", f"{place}/1.srtb")
        if made.returncode != 0:
            return made.stderr
        found = re.search(r"^  mediated (.*?)( rights .*)?$", srtc("--emit=plan").stdout, re.M)
        mediated = set(found.group(1).split(", ")) if found else set()
        world = World(self.rules, self.base)
        # Landlock sees truncation from ABI 3 on: before that truncate(2) is refused.
        exact = mediated if (machine.abi or 6) >= 3 else set()
        write(f"{place}/calls", "".join(
            f"{what} {a} {b or '-'} "
            f"{world.sign(exact if what == 'truncate' else mediated, what, a, b)}\n"
            for what, a, b in self.calls))
        return None

    def add_to(self, tree):
        write(f"{tree}/c/{self.folder[3:]}", f"""
mkdir -p {self.base} /dev/shm
export SRT_SUMMARY=off
drive {self.base} srt-load /b{self.folder}/1.srtb -- /bin/try < /b{self.folder}/calls > /tmp/out && exit
cat /tmp/out /b{self.folder}/1.srt
exit 1
""")


def take_random(machine, tree, only, counts, reasons):
    """The random policies that the compiler takes for that kernel."""
    taken = []
    for number in range(RANDOM_POLICIES):
        policy = RandomPolicy(number)
        if only and only not in policy.name:
            continue
        why = policy.compile(machine, tree)
        if why:
            reasons["random policies that are refused for that kernel"] += 1
            counts["skipped"] += 1
        else:
            taken.append(policy)
    return taken


# The first process: runs each test in a shell of its own, says how it ended.
INIT = """#!/bin/sh
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
mount -t tmpfs tmp /tmp
mkdir -p /dev/shm /dev/pts /t
mount -t devpts pts /dev/pts
ln -s /proc/self/fd /dev/fd
[ -e /dev/loop0 ] || mknod /dev/loop0 b 7 0
ip link set lo up
export HOME=/root
read -r up rest < /proc/uptime
echo "@ready $up"
for test in /c/*; do
  if PATH=$(cat /path) sh "$test" > /tmp/log 2>&1; then echo "@pass $(basename $test)"
  else echo "@fail $(basename $test)"; sed 's/^/  | /' /tmp/log; fi
done
echo @done
poweroff -f
"""

# The functions of live.sh, but for `policy`.
CASE = """cd /root
policy_number=0
place_bundle() {{ policy_number=$((policy_number + 1)); cp /b{folder}/$policy_number.srtb $D/$1.srtb; }}
{script}
"""


def write(path, text, mode=0o644):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(path, mode)


def make_tree(tree):
    """Busybox and what is under test, at the paths that they have here."""
    for folder in ("bin", "dev", "proc", "sys", "tmp", "root", "etc", "c", "b"):
        os.makedirs(f"{tree}/{folder}", exist_ok=True)
    os.makedirs(f"{tree}/usr")
    os.symlink("../bin", f"{tree}/usr/bin")
    os.symlink("bin", f"{tree}/sbin")
    shutil.copy("/usr/bin/busybox", f"{tree}/bin/busybox")
    applets = subprocess.run(["busybox", "--list"], capture_output=True, text=True)
    for applet in applets.stdout.split():
        if applet != "busybox":
            os.symlink("busybox", f"{tree}/bin/{applet}")
    os.makedirs(f"{tree}{BIN}")
    for tool in ("srt-load", "srt-broker", "srt-resolve", "srt-probe"):
        shutil.copy(f"{BIN}/{tool}", f"{tree}{BIN}/{tool}")
    for program in ("try", "drive"):
        subprocess.run(["cc", "-O1", "-static", "-o", f"{tree}/bin/{program}",
                        f"{RANDOM_INPUTS}/{program}.c"], check=True)
    write(f"{tree}/etc/passwd", "root:x:0:0:root:/root:/bin/sh\n")
    write(f"{tree}/etc/hosts", "127.0.0.1 localhost\n")
    write(f"{tree}/path", f"{BIN}:/bin\n")
    write(f"{tree}/init", INIT, 0o755)
    with open(LIVE, encoding="utf-8") as file:
        live = file.read()
    # Where a test calls policy, it is the one of CASE that it means.
    write(f"{tree}{LIVE}", live + '\npolicy() { place_bundle "$@"; }\n')


def refusals(tree, tests):
    """With Landlock off a bundle that needs it must not start."""
    for test in tests:
        write(f"{tree}/c/{test.folder[3:]}", f"""
for bundle in /b{test.folder}/*.srtb; do
  srt-load $bundle -- srt-probe noop > /tmp/out 2>&1
  status=$?
  [ $status -eq 125 ] && grep -q Landlock /tmp/out && continue
  echo "exit status $status, expected a refusal"; cat /tmp/out; exit 1
done
""")


def boot(machine, tree, folder):
    """What the machine wrote to its console."""
    image = f"{folder}/initramfs"
    with open(image, "wb") as out:
        names = subprocess.run(["find", ".", "-print0"], cwd=tree,
                               capture_output=True, check=True).stdout
        subprocess.run(["cpio", "--null", "--quiet", "-o", "-H", "newc"], cwd=tree,
                       input=names, stdout=out, check=True)
    # no_timer_check: on a busy machine the kernel would take the late ticks of an
    # emulated clock for a broken board, and stop.
    result = subprocess.run(
        ["qemu-system-x86_64", "-accel", "tcg", "-m", "768", "-smp", "2",
         "-kernel", f"{ROOT}/{machine.image}", "-initrd", image, "-no-reboot",
         "-display", "none", "-monitor", "none", "-serial", "stdio", "-nic", "none",
         "-append", f"console=ttyS0 quiet panic=-1 no_timer_check {machine.words}"],
        stdin=subprocess.DEVNULL, capture_output=True, timeout=900)
    return result.stdout.decode("utf-8", "replace").replace("\r", "")


def run(machine, only):
    """Runs what can run there; returns counts by kind."""
    counts = collections.Counter()
    reasons = collections.Counter()
    with tempfile.TemporaryDirectory(prefix="srt-kernel-") as folder:
        tree = f"{folder}/tree"
        make_tree(tree)
        # What is to be refused is what starts where Landlock is on.
        abi = machine.abi or 6
        taken = []
        for path in sorted(glob.glob(f"{ROOT}/test/Live/*.test") +
                           glob.glob(f"{ROOT}/test/Escape/*.test") +
                           glob.glob(f"{ROOT}/test/Kernels/*.test")):
            test = Test(path)
            if only and only not in test.name:
                continue
            why = test.why_not(abi)
            if why:
                reasons[why] += 1
                counts["skipped"] += 1
                continue
            why = compile_policies(test, machine, tree)
            if why:
                print(f"  FAIL {test.name}: cannot be compiled\n{why}")
                counts["failed"] += 1
                continue
            taken.append(test)
        taken += take_random(machine, tree, only, counts, reasons)
        if machine.abi:
            for test in taken:
                test.add_to(tree)
        else:
            taken = [test for test in taken if test.policies()]
            refusals(tree, taken)
        output = boot(machine, tree, folder)
    report(output, taken, counts)
    for reason, count in sorted(reasons.items()):
        print(f"  skipped {count}: {reason}")
    return counts


def report(output, taken, counts):
    """Counts the verdicts; shows what a failed test said."""
    body = output.partition("@ready")[2]
    passed = re.findall(r"^@pass (\S+)", body, re.M)
    counts["passed"] += len(passed)
    lost = {test.folder[3:] for test in taken} - set(passed)
    counts["failed"] += len(lost)
    if lost:
        print(re.sub(r"^@pass.*\n", "", body, flags=re.M) or output[-3000:])
    for name in sorted(lost):
        print(f"  FAIL {name}")
    if "@done" not in body:
        print("  the machine did not get to the end:\n" + output[-2000:])


def main():
    words = sys.argv[1:]
    only = words[words.index("--only") + 1] if "--only" in words else None
    names = [word for word in words if word in {m.name for m in MACHINES}]
    total = collections.Counter()
    for machine in MACHINES:
        if names and machine.name not in names:
            continue
        print(f"Linux {machine.name}" +
              (f", Landlock ABI {machine.abi}" if machine.abi
               else ": 6.12 without Landlock"), flush=True)
        counts = run(machine, only)
        total += counts
        print(f"  {counts['passed']} passed, {counts['failed']} failed, "
              f"{counts['skipped']} skipped", flush=True)
    print(f"on other kernels: {total['passed']} passed, {total['failed']} failed, "
          f"{total['skipped']} skipped")
    return 1 if total["failed"] or not total["passed"] else 0


sys.exit(main())
