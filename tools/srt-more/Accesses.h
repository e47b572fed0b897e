// tools/srt-more/Accesses.h: what a command did, as the broker wrote it down.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRT_MORE_ACCESSES_H
#define SRT_TOOLS_SRT_MORE_ACCESSES_H

#include "tools/srt-more/Denied.h"

namespace srt::command {

/// One thing that a command did, or wanted to do.
struct Access {
  std::string action; // "read.data"
  std::string what;   // a path, or an endpoint as Denied::path has it
  About about = About::Path;
  friend auto operator<=>(const Access &, const Access &) = default;
};

struct Observation {
  std::vector<Access> done;      // distinct, sorted
  std::vector<std::string> names; // of hosts, that were asked for; sorted
  std::vector<Denied> refused;
  bool isWhole = true;   // nothing was left out for want of room
  bool isStarted = false; // some program was executed

  /// What was refused because no rule allows it, as accesses; sorted.
  std::vector<Access> missing() const;
};

/// Reads what runWritten() kept. What cannot be told as text (a name that is no
/// UTF-8) is left out, and then it is not whole.
Observation observationOf(llvm::StringRef log);

} // namespace srt::command

#endif
