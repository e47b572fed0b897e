// tools/srt/Running.h: notes which sandboxes run, for `srt ps`.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: an entry is named by the process, the time of its start, the boot
// and the pid namespace, so that one that is out of date is known as such; what
// cannot be noted is no reason not to run. The process is the one that becomes
// srt-load, and keeps its number: the command, or its broker.
#ifndef SRT_TOOLS_SRT_RUNNING_H
#define SRT_TOOLS_SRT_RUNNING_H

#include "tools/srt/Discover.h"

namespace srt::command {

/// The process of a sandbox, as long as the machine runs: the number alone may
/// become another's.
struct RunId {
  long pid = 0;
  unsigned long long start = 0; // clock ticks since boot, proc(5)

  /// "4711-123456"
  std::string text() const {
    return std::to_string(pid) + "-" + std::to_string(start);
  }
};

/// This process. A start of 0: /proc does not tell.
RunId ownRunId();

/// When a process started, in ticks since boot; 0 if there is none, or a zombie
/// only. `process` is a number or "self".
unsigned long long startOf(const std::string &process);

/// What tells this boot and this pid namespace from others: part of names.
std::string machinePart();

/// A line of JSON that says what runs: `run`, `policy`, `project`, `cwd`, `log`,
/// `id` and `time`. Non-ASCII shows as `?`; at most some 3 KiB.
std::string runHeader(const Request &request, const Found &found,
                      const Places &places, const RunId &id);

/// Where running sandboxes are noted: in the first folder, or else in the other;
/// empty ones do not count.
std::vector<std::string> runningFolders(const Places &places);

/// Notes this process. False if there is no place for it.
bool noteRunning(const std::string &header, const Places &places,
                 const RunId &id);

/// Whether this is the start in 32 that clears up. Random, for every rule by
/// numbers has somebody whose numbers never fit.
bool isTimeToSweep();

/// Removes entries of processes that have gone.
void sweepRunning(const std::string &folder);

/// Whether an entry, by its name, is of a process that runs. The second answer:
/// whether it is this machine's, since it booted.
struct Liveness {
  bool isOurs = false, isAlive = false;
  RunId id;
};
Liveness livenessOf(const std::string &name);

/// Whether a folder is the user's own, and nobody else can write or read it.
bool isPrivateFolder(const std::string &folder);

} // namespace srt::command

#endif
