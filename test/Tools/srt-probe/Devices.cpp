// test/Tools/srt-probe/Devices.cpp: ioctls on devices and terminals.
// SPDX-License-Identifier: Apache-2.0
#include "Probe.h"

#include <linux/random.h>
#include <sys/ioctl.h>

namespace srt::probe {

/// RNDGETENTCNT: on /dev/urandom, which every machine has, anybody may ask.
static long deviceIoctl(const Args &a) {
  long fd = openFile(a.text(0), O_RDONLY);
  int count;
  return fd < 0 ? fd : raw(SYS_ioctl, fd, RNDGETENTCNT, &count);
}

/// Types a byte into the terminal at descriptor 0; argument 0 is added to the
/// request.
static long typeByte(const Args &a) {
  char byte = 'x';
  return raw(SYS_ioctl, 0, TIOCSTI | a.number(0), &byte);
}

/// TIOCLINUX, subcode 12: asks a virtual console for its number. ENOTTY where
/// descriptor 0 is no such console.
static long askConsole(const Args &a) {
  char subcode = 12;
  return raw(SYS_ioctl, 0, TIOCLINUX | a.number(0), &subcode);
}

static long anyIoctl(const Args &a) {
  char operand[256] = {};
  return raw(SYS_ioctl, a.number(0), a.number(1), operand);
}

const Operation kDeviceOps[] = {{"ioctl-dev", deviceIoctl},
                                {"tiocsti", typeByte},
                                {"tioclinux", askConsole},
                                {"ioctl", anyIoctl},
                                {nullptr, nullptr}};

} // namespace srt::probe
