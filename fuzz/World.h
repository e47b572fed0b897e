// fuzz/World.h: a kernel, a caller and its memory, as some bytes say they are.
// SPDX-License-Identifier: Apache-2.0
//
// The broker runs against it as it would against Linux. What the kernel may say
// to a call is drawn from the input, within what a kernel may say: paths lead
// through links to anywhere, files come and go, callers end. What the broker
// then does is held against the zones of Zones.h, which are the policy's rules
// written down a second time.
#ifndef SRT_FUZZ_WORLD_H
#define SRT_FUZZ_WORLD_H

#include "fuzz/Target.h"

#include <cstdint>
#include <map>
#include <string>

namespace srt::fuzz {

/// Where the memory of the caller begins, and its size in bytes at most.
inline constexpr uint64_t kMemory = 0x10000, kMemorySize = 1 << 20;
/// What the broker has from its start on.
inline constexpr long kListener = 3, kProc = 4, kOwn = 5, kEvents = 6,
                      kReport = 7, kAsker = 8, kResolver = 9, kFirstFree = 10;
inline constexpr long kBrokerPid = 77;
inline constexpr uint64_t kRootDevice = 0x801, kProcDevice = 0x16;
/// Ports of the stub are these and higher ones.
inline constexpr uint16_t kStubPort = 53000;

/// What a descriptor leads to.
struct Thing {
  std::string path; // as /proc/self/fd says it
  uint32_t mode = 0100644;
  uint64_t device = kRootDevice, links = 1;
  long flags = 0; // of open(2)
  bool isProcess = false; // pidfd_open(2)
  bool isKept = false;    // the broker has it for good
  int domain = 0, type = 0, protocol = 0; // of a socket; 0: none
  uint16_t port = 0;
  uint64_t cookie = 0;
};

/// What a system call is made with.
struct Arguments {
  long number, at[6];
  template <typename T> T *pointer(int i) const {
    return reinterpret_cast<T *>(at[i]);
  }
  const char *text(int i) const { return pointer<const char>(i); }
};

class World {
public:
  /// Begins anew, but for what the broker has for ever.
  void begin(llvm::StringRef draws, llvm::StringRef memory);
  /// The next drawn byte; 0, which is what usually happens, at the end.
  uint8_t draw();
  /// An errno that is drawn, negated; mostly 0, which is none.
  long drawError();
  std::string drawBytes(size_t most);

  long call(const Arguments &call);
  /// A descriptor for a thing: the lowest number that is free.
  long open(Thing thing);
  /// Null: it is not open.
  Thing *find(long fd);
  /// How many things are open that the broker must give back: all but processes,
  /// of which it remembers one, and what it has for good.
  size_t openCount() const;

  int64_t time = 1'000'000; // milliseconds
  bool isGone = false;      // the caller has ended
  bool isAskedOpen = false; // somebody may have said yes
  uint32_t caller = 0;      // its thread
  std::map<uint64_t, unsigned> answers; // by notification
  std::string asked;        // what was last sent to srt-resolve
  std::string told;         // what was last sent from a socket of the stub
  std::string coming;       // what the next receiving from outside gives
  std::map<long, Thing> things;
  std::string folder = "/"; // of the broker
  std::string memory;       // of the caller

private:
  std::string draws;
  size_t drawn = 0;
};

World &world();

/// WorldFiles.cpp, WorldSockets.cpp, WorldProcesses.cpp: each sets `result` and
/// returns true for calls that are its own.
bool callFile(World &world, const Arguments &call, long &result);
bool callSocket(World &world, const Arguments &call, long &result);
bool callProcess(World &world, const Arguments &call, long &result);

/// WorldFiles.cpp: the path that a descriptor and a path name, without links.
std::string spelledPath(World &world, long at, llvm::StringRef path);

} // namespace srt::fuzz

#endif
