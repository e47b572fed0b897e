// test/Tools/srt-probe/Metadata.cpp: modes, owners, times and attributes.
// SPDX-License-Identifier: Apache-2.0
#include "Probe.h"

#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>

namespace srt::probe {

// Younger than some headers; the numbers are the same on every architecture.
constexpr long kFchmodat2 = 452, kSetxattrat = 463, kFileSetattr = 469;

static long chmodFile(const Args &a) {
  return raw(SYS_fchmodat, AT_FDCWD, a.text(0), a.number(1, 0600));
}

static long chmodTwo(const Args &a) {
  return raw(kFchmodat2, AT_FDCWD, a.text(0), 0600, 0);
}

static long chmodOpen(const Args &a) {
  long fd = openFile(a.text(0), O_RDONLY);
  return fd < 0 ? fd : raw(SYS_fchmod, fd, 0600);
}

static long chmodDescriptor(const Args &a) {
  return raw(SYS_fchmod, a.number(0), 0600);
}

/// To the owner it has, which whoever owns the file may do.
static long chownFile(const Args &a) {
  return raw(SYS_fchownat, AT_FDCWD, a.text(0), -1, -1, 0);
}

static long setTimes(const Args &a) {
  timespec times[2] = {{1, 0}, {1, 0}};
  return raw(SYS_utimensat, AT_FDCWD, a.text(0), times, 0);
}

static long setTimesDescriptor(const Args &a) {
  return raw(SYS_utimensat, a.number(0), nullptr, nullptr, 0);
}

static long setAttribute(const Args &a) {
  return raw(SYS_setxattr, a.text(0), "user.srt", "x", 1, 0);
}

static long setAttributeDescriptor(const Args &a) {
  return raw(SYS_fsetxattr, a.number(0), "user.srt", "x", 1, 0);
}

static long setAttributeAt(const Args &a) {
  struct {
    uint64_t value;
    uint32_t size, flags;
  } attribute = {uint64_t("x"), 1, 0};
  return raw(kSetxattrat, AT_FDCWD, a.text(0), 0, "user.srt", &attribute,
             sizeof(attribute));
}

static long removeAttribute(const Args &a) {
  return raw(SYS_removexattr, a.text(0), "user.srt");
}

/// Sets the flags that the file has. Argument 1 is added to the request, for
/// its upper half, which the kernel does not look at.
static long setFlags(const Args &a) {
  long fd = openFile(a.text(0), O_RDONLY);
  long flags = 0;
  if (fd < 0)
    return fd;
  raw(SYS_ioctl, fd, FS_IOC_GETFLAGS, &flags);
  return raw(SYS_ioctl, fd, FS_IOC_SETFLAGS | a.number(1), &flags);
}

static long setProject(const Args &a) {
  long fd = openFile(a.text(0), O_RDONLY);
  fsxattr attributes = {};
  if (fd < 0)
    return fd;
  raw(SYS_ioctl, fd, FS_IOC_FSGETXATTR, &attributes);
  return raw(SYS_ioctl, fd, FS_IOC_FSSETXATTR, &attributes);
}

static long setProjectByPath(const Args &a) {
  struct {
    uint64_t flags;
    uint32_t extent, count, project, cow;
  } attributes = {};
  return raw(kFileSetattr, AT_FDCWD, a.text(0), &attributes,
             sizeof(attributes), 0);
}

/// An ioctl of a file system, on a file opened for reading; argument 1 is the
/// request, its operand is zero.
static long fileIoctl(const Args &a) {
  long fd = openFile(a.text(0), a.number(2, O_RDONLY));
  char operand[256] = {};
  return fd < 0 ? fd : raw(SYS_ioctl, fd, a.number(1), operand);
}

static long statFile(const Args &a) {
  struct stat status;
  return raw(SYS_newfstatat, AT_FDCWD, a.text(0), &status, 0);
}

static long readAttribute(const Args &a) {
  char value[16];
  return raw(SYS_getxattr, a.text(0), "user.srt", value, sizeof(value));
}

const Operation kMetadataOps[] = {{"chmod", chmodFile},
                                  {"fchmodat2", chmodTwo},
                                  {"fchmod", chmodOpen},
                                  {"fchmod-fd", chmodDescriptor},
                                  {"chown", chownFile},
                                  {"utimes", setTimes},
                                  {"utimes-fd", setTimesDescriptor},
                                  {"setxattr", setAttribute},
                                  {"setxattr-fd", setAttributeDescriptor},
                                  {"setxattrat", setAttributeAt},
                                  {"removexattr", removeAttribute},
                                  {"setflags", setFlags},
                                  {"setproject", setProject},
                                  {"file-setattr", setProjectByPath},
                                  {"file-ioctl", fileIoctl},
                                  {"stat", statFile},
                                  {"getxattr", readAttribute},
                                  {nullptr, nullptr}};

} // namespace srt::probe
