// runtime/loader/Read.cpp: the bundle, from a file into memory of our own.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: what is checked is what is used later. The file is read, not
// mapped: a mapping would change with the file after the check.
#include "Loader.h"

namespace srt::load {

static constexpr const char *kStep = "bundle";

/// Opens the file as the first descriptor of ours, above 0, 1 and 2.
static long openFile(const char *path) {
  // O_NONBLOCK: opening a pipe that nobody writes to must not hang.
  constexpr long kFlags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
  long fd = sys::open(path, kFlags);
  // The kernel gives the lowest number that is free (open(2)), so a higher one
  // says that 0, 1 and 2 are open, and nobody has to ask.
  if (fd >= 0 && fd <= 2) {
    sys::close(fd);
    keepStandardDescriptors();
    fd = sys::open(path, kFlags);
  }
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

/// Reads `expected` bytes, or one more or fewer if the file has changed since;
/// returns how many. Requires: room for one more.
static uint64_t readAll(long fd, uint8_t *to, uint64_t expected,
                        const char *path) {
  uint64_t size = 0;
  long got = 1;
  // One byte more is asked for, and a file that has it is refused, since it
  // differs from the size in its header. A read that comes back with all but
  // that byte has met the end, and need not be followed by one that gets 0.
  while (got != 0 && size < expected) {
    got = sys::read(fd, to + size, expected + 1 - size);
    if (got < 0)
      refuse(kStep, Message()
                        << "cannot read `" << path << "`: " << Errno{got});
    size += uint64_t(got);
  }
  return size;
}

/// Memory for the bundle: next to everything else, or pages of its own that are
/// there at once and need no fault each.
static uint8_t *takeMemory(Sandbox &sandbox, uint64_t size) {
  if (sandbox.arena.hasRoom(size)) {
    // What is made of a bundle takes little more than the bundle.
    sandbox.arena.expect(size * 2 + 1024);
    return sandbox.arena.array<uint8_t>(size);
  }
  constexpr long kPopulate = 0x8000; // MAP_POPULATE
  long memory = sys::mapMemory(size, kPopulate);
  if (memory < 0 && memory > -4096)
    refuse(kStep, Message()
                      << "cannot map " << size << " bytes: " << Errno{memory});
  return reinterpret_cast<uint8_t *>(memory);
}

void readBundle(Sandbox &sandbox, const char *path) {
  long fd = openFile(path);
  uint64_t expected = fileSize(fd, path);
  uint8_t *bytes = takeMemory(sandbox, expected + 1);
  uint64_t size = readAll(fd, bytes, expected, path);
  // Not closed: that is what comes next (Main.cpp), for all at once.
  srt_reason reason = srt_check_bundle(bytes, size, &sandbox.view);
  if (reason != SRT_OK)
    refuse(kStep, Message() << "`" << path << "`: " << srt_check_reason(reason),
           "compile the policy again with the srtc of this release");
}

} // namespace srt::load
