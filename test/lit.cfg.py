# test/lit.cfg.py: how the tests run, and what this machine can test.
# SPDX-License-Identifier: Apache-2.0
#
# A test that needs something of the kernel says `REQUIRES: feature`; lit then
# counts it as unsupported where the feature is missing, and scripts/check
# prints that count with the reasons. Features:
#   landlock, landlock-abi-N   the running kernel enforces that ABI
#   seccomp                    seccomp filters can be installed
#   linux-X.Y                  the running kernel is that release or a newer one
#   root, not-root             who runs the tests
#   srt-fault                  one of the calls of a program can be made to fail
#   i386                       32-bit entry works and can be compiled for
#   userns                     bwrap can make its namespaces
#   other-user                 srt-load can be run by another user, 4711
#   netns                      a network namespace with its own file in /etc can be made
#   vim, vscode                Vim with syntax; the packages of editors/vscode
#   git, make, node, npm, pip, cargo, rsync, musl-gcc, curl, openssl, valgrind,
#   pkg-config, mandoc, zsh, fish, dpkg-deb, systemd-analyze, jq, ninja, sqlite3, redis-cli,
#   ssh-agent, asyncssh, chromium, rubocop, apparmor_parser
#                              the program is there and runs
import ctypes
import os
import re
import shutil
import subprocess
import sys

import lit.formats

config.name = "srt"
config.test_format = lit.formats.ShTest(execute_external=True)
config.suffixes = [".test", ".verdict", ".srt", ".srtir"]
config.excludes = ["Inputs", "Tools/srt-algebra-check", "Tools/srt-filter-check", "Tools/srt-mutate", "Tools/srt-sbpl-check",
                   "Tools/srt-probe", "Tools/srt-fault"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.srt_binary_root, "test")

# The interpreter that runs lit comes before others on PATH: a version manager's
# shim takes ten times as long to start, and hundreds are started.
path = [config.srt_tools_dir, config.llvm_tools_dir,
        os.path.dirname(sys.executable), os.environ["PATH"]]
config.environment["PATH"] = os.pathsep.join(path)
# No output may depend on where and by whom it is made.
config.environment["LC_ALL"] = "C"
config.environment["HOME"] = os.environ.get("HOME", "/root")
# Every srt-opt run prints its IR, reads it back and compares.
config.environment["SRT_ROUNDTRIP"] = "1"
config.substitutions.append(("%root", config.srt_source_root))
config.substitutions.append(("%build", config.srt_binary_root))
config.substitutions.append(("%python", "python3"))
config.substitutions.append(("%lit", os.path.abspath(sys.argv[0])))


def landlock_abi():
    """The ABI of the running kernel; 0 if it has no Landlock."""
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(444, None, 0, 1)  # landlock_create_ruleset
    return max(version, 0)


def compiles_32_bit():
    """True if gcc can make static 32-bit programs and they run."""
    source = b"void _start(void){__asm__(\"mov $1,%eax;xor %ebx,%ebx;int $0x80\");}"
    target = os.path.join(config.test_exec_root, "can-run-i386")
    os.makedirs(config.test_exec_root, exist_ok=True)
    command = ["gcc", "-m32", "-nostdlib", "-static", "-x", "c", "-", "-o", target]
    try:
        subprocess.run(command, input=source, check=True, capture_output=True)
        return subprocess.run([target]).returncode == 0
    except (OSError, subprocess.CalledProcessError):
        return False


def release():
    """(6, 18) of the running kernel."""
    return tuple(int(part) for part in re.findall(r"\d+", os.uname().release)[:2])


def works(*command):
    try:
        return subprocess.run(command, capture_output=True).returncode == 0
    except OSError:
        return False


abi = landlock_abi()
if abi:
    config.available_features.add("landlock")
    for known in range(1, abi + 1):
        config.available_features.add(f"landlock-abi-{known}")
for wanted in ((6, 3), (6, 10)):
    if release() >= wanted:
        config.available_features.add("linux-%d.%d" % wanted)
if os.path.exists("/proc/sys/kernel/seccomp/actions_avail"):
    config.available_features.add("seccomp")
config.available_features.add("root" if os.getuid() == 0 else "not-root")
if compiles_32_bit():
    config.available_features.add("i386")
if shutil.which("bwrap") and works("bwrap", "--ro-bind", "/", "/",
                                   "--unshare-all", "true"):
    config.available_features.add("userns")
# Behaviours are shown to whoever runs the tests and, where that can be done, to
# a user without any rights as well.
if works("setpriv", "--reuid=4711", "--regid=4711", "--clear-groups", "test", "-x",
         os.path.join(config.srt_tools_dir, "srt-load")):
    config.available_features.add("other-user")
everyone = "self other" if "other-user" in config.available_features else "self"
config.substitutions.append(("%everyone", everyone))
# With the PATH of the tests: what stands first on ours may be another one.
for tool, question in (("git", "git --version"), ("make", "make --version"),
                       ("valgrind", "valgrind --version"),
                       ("node", "node --version"), ("npm", "npm --version"),
                       ("pip", "python3 -m pip --version"),
                       ("cargo", "cargo --version"), ("rsync", "rsync --version")):
    if works("env", "PATH=" + config.environment["PATH"], *question.split()):
        config.available_features.add(tool)
# The git host of docs/cookbook/git-ssh.md: Debian's python, whoever comes first.
if works("/usr/bin/python3", "-W", "ignore", "-c", "import asyncssh"):
    config.available_features.add("asyncssh")
if works(os.path.join(config.srt_tools_dir, "srt-fault"), os.devnull, "true", "0", "0", "0", "true"):
    config.available_features.add("srt-fault")
config.substitutions.append(("%faults", os.environ.get("SRT_FAULTS", "40")))
if "-fsanitize" not in config.srt_cxx_flags:
    config.available_features.add("no-sanitizers")
# A network of one's own: namespaces with a resolv.conf, and tools for them.
as_root = [] if os.getuid() == 0 else ["-r"]
if works("unshare", *as_root, "-nm", "sh", "-c", "ip link set lo up && ip link add srt0 type veth "
         "peer name srt1 && mount --bind /dev/null /etc/resolv.conf"):
    config.available_features.add("netns")
# What the tests of the extension for VS Code use; scripts/setup puts it there.
vscode = os.path.join(config.srt_binary_root, "..", "editors", "vscode")
config.substitutions.append(("%vscode", vscode))
if "node" in config.available_features and os.path.isdir(os.path.join(vscode, "node_modules")):
    config.available_features.add("vscode")
if works("vim", "-es", "-u", "NONE", "-c", "if has('syntax') | quit | endif | cquit"):
    config.available_features.add("vim")
# apparmor_parser lies where only root's PATH leads.
config.environment["PATH"] += os.pathsep + "/usr/sbin" + os.pathsep + "/sbin"
if shutil.which("apparmor_parser", path=config.environment["PATH"]):
    config.available_features.add("apparmor_parser")
for tool in ("musl-gcc", "curl", "openssl", "pkg-config", "mandoc", "zsh", "fish", "dpkg-deb",
             "systemd-analyze", "jq", "ninja", "sqlite3", "redis-cli", "ssh-agent", "chromium",
             "rubocop"):
    if shutil.which(tool):
        config.available_features.add(tool)
