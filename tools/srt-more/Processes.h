// tools/srt-more/Processes.h: what /proc says of processes.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: looks at what every user may see only, so it works for the broker
// too, which nobody may look into.
#ifndef SRT_TOOLS_SRT_MORE_PROCESSES_H
#define SRT_TOOLS_SRT_MORE_PROCESSES_H

#include <cstdint>
#include <string>
#include <vector>

namespace srt::command {

struct Process {
  long pid = 0, parent = 0;
  int64_t memory = 0; // KiB resident
  unsigned filters = 0; // seccomp filters that it is under
  std::string name;     // as the kernel knows it; the process may change it
};

/// All processes that are there now, by their numbers.
std::vector<Process> allProcesses();

/// The process with that number, or one with number 0.
Process processNumbered(const std::vector<Process> &all, long pid);

/// The indices of a process and of all that descend from it.
std::vector<size_t> treeOf(const std::vector<Process> &all, long root);

} // namespace srt::command

#endif
