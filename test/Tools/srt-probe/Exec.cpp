// test/Tools/srt-probe/Exec.cpp: the roads to another program.
// SPDX-License-Identifier: Apache-2.0
//
// If the road is open, the other program answers: `srt-probe noop`, say.
#include "Probe.h"

#include <cstdio>
#include <linux/memfd.h>
#include <sys/mman.h>

namespace srt::probe {

constexpr long kNoExecSeal = 8; // MFD_NOEXEC_SEAL, Linux 6.3
static char *kNoEnvironment[] = {nullptr};

static long noop(const Args &) { return 0; }

static long execute(const Args &a) {
  return raw(SYS_execve, a.text(0), a.at, kNoEnvironment);
}

static long executeDescriptor(const Args &a) {
  long fd = openFile(a.text(0), O_PATH);
  return fd < 0 ? fd
                : raw(SYS_execveat, fd, "", a.at, kNoEnvironment, AT_EMPTY_PATH);
}

static long copyInto(long from, long to) {
  char block[65536];
  long size = 0;
  while ((size = raw(SYS_read, from, block, sizeof(block))) > 0)
    if (raw(SYS_write, to, block, size) != size)
      return -EIO;
  return size;
}

/// A memfd with the bytes of the program at `path`.
static long loadMemory(const char *path, long flags) {
  long from = openFile(path, O_RDONLY);
  if (from < 0)
    return from;
  long memory = raw(SYS_memfd_create, "srt", flags);
  if (memory < 0)
    return memory;
  long copied = copyInto(from, memory);
  return copied < 0 ? copied : memory;
}

static long executeMemory(const Args &a) {
  long fd = loadMemory(a.text(0), MFD_CLOEXEC);
  return fd < 0 ? fd
                : raw(SYS_execveat, fd, "", a.at, kNoEnvironment, AT_EMPTY_PATH);
}

/// With the seal: made, but of no use to execute, also by chmod.
static long executeSealed(const Args &a) {
  long fd = loadMemory(a.text(0), MFD_CLOEXEC | kNoExecSeal);
  if (fd < 0)
    return fd;
  raw(SYS_fchmod, fd, 0777);
  return raw(SYS_execveat, fd, "", a.at, kNoEnvironment, AT_EMPTY_PATH);
}

static long executeMagic(const Args &a) {
  long fd = loadMemory(a.text(0), 0);
  char path[64];
  snprintf(path, sizeof(path), "/proc/self/fd/%ld", fd);
  return fd < 0 ? fd : raw(SYS_execve, path, a.at, kNoEnvironment);
}

static long makeMemory(const Args &a) {
  return raw(SYS_memfd_create, "srt", a.number(0));
}

/// A file without a name in the directory of argument 0, filled from 1.
static long executeTemporary(const Args &a) {
  long to = openFile(a.text(0), O_RDWR | O_TMPFILE, 0700);
  long from = openFile(a.text(1), O_RDONLY);
  char path[64];
  snprintf(path, sizeof(path), "/proc/self/fd/%ld", to);
  if (to < 0 || from < 0)
    return to < 0 ? to : from;
  copyInto(from, to);
  // Open for writing it could not be executed: ETXTBSY.
  long program = openFile(path, O_PATH);
  close(int(to));
  return raw(SYS_execveat, program, "", a.at + 1, kNoEnvironment,
             AT_EMPTY_PATH);
}

/// Code can be mapped and run from what may only be read.
static long mapCode(const Args &a) {
  long fd = openFile(a.text(0), O_RDONLY);
  long at = fd < 0 ? fd
                   : raw(SYS_mmap, 0, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE,
                         fd, 0);
  return at < 0 && at > -4096 ? at : 0;
}

const Operation kExecOps[] = {{"noop", noop},
                              {"exec", execute},
                              {"execveat", executeDescriptor},
                              {"memfd", makeMemory},
                              {"memfd-exec", executeMemory},
                              {"memfd-sealed-exec", executeSealed},
                              {"memfd-magic-exec", executeMagic},
                              {"tmpfile-exec", executeTemporary},
                              {"map-code", mapCode},
                              {nullptr, nullptr}};

} // namespace srt::probe
