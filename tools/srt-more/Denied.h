// tools/srt-more/Denied.h: the log of denials, read back.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRT_MORE_DENIED_H
#define SRT_TOOLS_SRT_MORE_DENIED_H

#include "tools/srt-more/Events.h"

#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace srt::command {

/// One thing that was denied, however often.
struct Denied {
  std::string action; // "read.data"
  std::string path;   // or an endpoint: "registry.example.com:443 (192.0.2.7)"
  std::string call; // "openat"
  std::string rule; // "agent.srt:12:3"; empty: no rule allows it
  std::string text; // "deny write"
  About about = About::Path;
  unsigned times = 1;

  /// A name that was asked for, before any port was said.
  bool isName() const { return call == "dns"; }
};

/// One run of a command.
struct DeniedRun {
  std::vector<std::string> words;
  std::string policy; // path
  std::string cwd;
  std::vector<Denied> denied; // in the order of their first times
  unsigned dropped = 0;       // denials that the log had no room for
};

/// The runs in a log (tools/srt/Denials.h, docs/Broker.md). Lines that are no
/// JSON are passed over: a log may be cut anywhere. What stands before the first
/// run belongs to one without words.
std::vector<DeniedRun> readLog(llvm::StringRef text);

/// The path with the number of a process replaced, so that what every process
/// asks for of itself is one thing: "/proc/self/mounts".
std::string generalised(llvm::StringRef path);

} // namespace srt::command

#endif
