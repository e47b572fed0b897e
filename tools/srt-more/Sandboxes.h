// tools/srt-more/Sandboxes.h: the sandboxes of this user that run.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRT_MORE_SANDBOXES_H
#define SRT_TOOLS_SRT_MORE_SANDBOXES_H

#include "tools/srt/Running.h"

#include <cstdint>
#include <optional>

namespace srt::command {

struct RunningSandbox {
  RunId id;
  std::vector<std::string> words;
  std::string policy, project, cwd;
  int64_t since = 0;   // seconds since 1970
  long command = 0;    // its process; 0: cannot be told
  long broker = 0;     // 0: none
  int64_t memory = 0;  // KiB resident, of the command and all that it started
  int64_t brokerMemory = 0;
  /// What the log says of it; nothing where there is no broker to write it.
  struct Counts {
    int64_t denied = 0, asked = 0, open = 0;
  };
  std::optional<Counts> counts;
};

/// The sandboxes that were started by srt and still run, oldest first. Removes
/// what is noted of others.
std::vector<RunningSandbox> runningSandboxes(const Places &places);

/// Why sandboxes that are started now are not noted; empty: they are.
std::string whyNotNoted(const Places &places);

} // namespace srt::command

#endif
