// runtime/loader/Read.cpp: the bundle, from a file into memory of our own.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: what is checked is what is used later. The file is read, not
// mapped: a mapping would change with the file after the check.
#include "Loader.h"

namespace srt::load {

static constexpr const char *kStep = "bundle";

static long openFile(const char *path) {
  // O_NONBLOCK: opening a pipe that nobody writes to must not hang.
  long fd = sys::open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0)
    refuse(kStep, Message() << "cannot open `" << path << "`: " << Errno{fd});
  return fd;
}

/// Returns the size of the file, after seeing that it is one.
static uint64_t fileSize(long fd, const char *path) {
  struct stat status;
  long result = sys::statDescriptor(fd, status);
  if (result < 0)
    refuse(kStep, Message()
                      << "cannot stat `" << path << "`: " << Errno{result});
  if (!sys::isRegular(status.st_mode))
    refuse(kStep, Message() << "`" << path << "` is not a regular file");
  if (uint64_t(status.st_size) > SRT_MAX_FILE)
    refuse(kStep,
           Message() << "`" << path << "`: " << srt_check_reason(SRT_BAD_LONG));
  return uint64_t(status.st_size);
}

/// Reads until the end of the file or `room` bytes; returns how many.
static uint64_t readAll(long fd, uint8_t *to, uint64_t room, const char *path) {
  uint64_t size = 0;
  while (size < room) {
    long got = sys::read(fd, to + size, room - size);
    if (got < 0)
      refuse(kStep, Message()
                        << "cannot read `" << path << "`: " << Errno{got});
    if (got == 0)
      break;
    size += uint64_t(got);
  }
  return size;
}

void readBundle(Sandbox &sandbox, const char *path) {
  long fd = openFile(path);
  // One byte more than the size: a file that grows is seen, and refused since
  // it then differs from the size in its header.
  uint64_t room = fileSize(fd, path) + 1;
  constexpr long kPopulate = 0x8000; // MAP_POPULATE: no page fault per 4 KiB
  long memory = sys::mapMemory(room, kPopulate);
  if (memory < 0 && memory > -4096)
    refuse(kStep, Message()
                      << "cannot map " << room << " bytes: " << Errno{memory});
  auto *bytes = reinterpret_cast<uint8_t *>(memory);
  uint64_t size = readAll(fd, bytes, room, path);
  sys::close(fd);
  srt_reason reason = srt_check_bundle(bytes, size, &sandbox.view);
  if (reason != SRT_OK)
    refuse(kStep, Message() << "`" << path << "`: " << srt_check_reason(reason),
           "compile the policy again with the srtc of this release");
}

} // namespace srt::load
