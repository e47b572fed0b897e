# test/Workloads/Inputs/save.py: writes files as editors do.
# SPDX-License-Identifier: Apache-2.0
import ctypes
import errno
import fcntl
import os
import stat
import tempfile


def rename_over(name):
    """A new file in the same directory, made durable, renamed over the old one."""
    status = os.stat(name)
    handle, path = tempfile.mkstemp(dir=os.path.dirname(os.path.abspath(name)))
    os.write(handle, b"renamed over\n")
    os.fchmod(handle, stat.S_IMODE(status.st_mode))
    os.fchown(handle, status.st_uid, status.st_gid)
    os.fsync(handle)
    os.close(handle)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    os.rename(path, name)
    folder = os.open(".", os.O_RDONLY | os.O_DIRECTORY)
    os.fsync(folder)
    os.close(folder)


def backup_and_rewrite(name):
    """The old file keeps a second name while the new one is written."""
    os.rename(name, name + "~")
    handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    os.write(handle, b"after a backup\n")
    os.close(handle)
    os.unlink(name + "~")


def in_place(name):
    with open(name, "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        fcntl.lockf(file, fcntl.LOCK_EX)
        file.truncate(0)
        file.write(b"in place\n")


def link_over(name):
    """An unnamed file that gets its name when it is whole."""
    handle = os.open(".", os.O_TMPFILE | os.O_WRONLY, 0o644)
    os.write(handle, b"linked\n")
    os.unlink(name)
    # With a descriptor, for else Python calls link, which follows nothing.
    folder = os.open("/proc/self/fd", os.O_PATH)
    os.link(str(handle), name, src_dir_fd=folder)
    os.close(folder)
    os.close(handle)


def exchange(one, other):
    libc = ctypes.CDLL(None, use_errno=True)
    # renameat2(..., RENAME_EXCHANGE) and back with RENAME_NOREPLACE refused.
    for flag in (2, 1):
        result = libc.renameat2(-100, one.encode(), -100, other.encode(), flag)
        print(flag, result, errno.errorcode.get(ctypes.get_errno()))


def relative(name):
    """Calls that take the descriptor of a directory."""
    folder = os.open("sub", os.O_RDONLY | os.O_DIRECTORY)
    handle = os.open("new", os.O_WRONLY | os.O_CREAT, dir_fd=folder)
    os.write(handle, b"relative\n")
    os.close(handle)
    os.chmod("new", 0o604, dir_fd=folder)
    os.rename("new", name, src_dir_fd=folder)
    os.mkdir("dir", 0o710, dir_fd=folder)
    os.symlink("../a", "link", dir_fd=folder)
    os.link("link", "again", src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=False)
    os.mkfifo("pipe", 0o600, dir_fd=folder)
    os.unlink("link", dir_fd=folder)
    os.rmdir("dir", dir_fd=folder)
    print(sorted(os.listdir(folder)))


rename_over("a")
backup_and_rewrite("b")
in_place("c")
link_over("e")
exchange("f", "g")
relative("h")
