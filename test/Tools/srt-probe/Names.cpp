// test/Tools/srt-probe/Names.cpp: making, removing and moving names.
// SPDX-License-Identifier: Apache-2.0
#include "Probe.h"

#include <cstdio>
#include <linux/fs.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

namespace srt::probe {

static long makeDir(const Args &a) {
  return raw(SYS_mkdirat, AT_FDCWD, a.text(0), 0755);
}

static long makeLink(const Args &a) {
  return raw(SYS_symlinkat, a.text(0), AT_FDCWD, a.text(1));
}

static long makeNode(const Args &a, long type) {
  return raw(SYS_mknodat, AT_FDCWD, a.text(0), type | 0600,
             makedev(a.number(1), a.number(2)));
}

static long makeFifo(const Args &a) { return makeNode(a, S_IFIFO); }
static long makeSocket(const Args &a) { return makeNode(a, S_IFSOCK); }
static long makeFile(const Args &a) { return makeNode(a, S_IFREG); }
static long makeChar(const Args &a) { return makeNode(a, S_IFCHR); }
static long makeBlock(const Args &a) { return makeNode(a, S_IFBLK); }

static long truncateFile(const Args &a) {
  return raw(SYS_truncate, a.text(0), 0);
}

static long truncateOpen(const Args &a) {
  long fd = openFile(a.text(0), O_WRONLY);
  return fd < 0 ? fd : raw(SYS_ftruncate, fd, 0);
}

static long unlinkFile(const Args &a) {
  return raw(SYS_unlinkat, AT_FDCWD, a.text(0), 0);
}

static long removeDir(const Args &a) {
  return raw(SYS_unlinkat, AT_FDCWD, a.text(0), AT_REMOVEDIR);
}

static long renameWith(const Args &a, long flags) {
  return raw(SYS_renameat2, AT_FDCWD, a.text(0), AT_FDCWD, a.text(1), flags);
}

static long renameFile(const Args &a) { return renameWith(a, 0); }

static long exchange(const Args &a) {
  return renameWith(a, RENAME_EXCHANGE);
}

static long whiteout(const Args &a) {
  return renameWith(a, RENAME_WHITEOUT);
}

static long hardLink(const Args &a) {
  return raw(SYS_linkat, AT_FDCWD, a.text(0), AT_FDCWD, a.text(1), 0);
}

/// By descriptor: the kernel wants CAP_DAC_READ_SEARCH or the opener's
/// credentials.
static long hardLinkOpen(const Args &a) {
  long fd = openFile(a.text(0), O_PATH);
  return fd < 0 ? fd : raw(SYS_linkat, fd, "", AT_FDCWD, a.text(1), AT_EMPTY_PATH);
}

static long hardLinkMagic(const Args &a) {
  long fd = openFile(a.text(0), O_PATH);
  char path[64];
  snprintf(path, sizeof(path), "/proc/self/fd/%ld", fd);
  return fd < 0 ? fd : raw(SYS_linkat, AT_FDCWD, path, AT_FDCWD, a.text(1),
                           AT_SYMLINK_FOLLOW);
}

#ifdef SYS_creat
static long creatFile(const Args &a) { return raw(SYS_creat, a.text(0), 0644); }
#endif

const Operation kNameOps[] = {{"mkdir", makeDir},
                              {"symlink", makeLink},
                              {"mkfifo", makeFifo},
                              {"mksock", makeSocket},
                              {"mkreg", makeFile},
                              {"mkchar", makeChar},
                              {"mkblock", makeBlock},
                              {"truncate", truncateFile},
                              {"ftruncate", truncateOpen},
                              {"unlink", unlinkFile},
                              {"rmdir", removeDir},
                              {"rename", renameFile},
                              {"rename-exchange", exchange},
                              {"rename-whiteout", whiteout},
                              {"link", hardLink},
                              {"link-fd", hardLinkOpen},
                              {"link-magic", hardLinkMagic},
#ifdef SYS_creat
                              {"creat", creatFile},
#endif
                              {nullptr, nullptr}};

} // namespace srt::probe
