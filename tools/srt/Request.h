// tools/srt/Request.h: what the command line of srt asks for.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: the words of the command are never looked at, only counted off.
// Standard library only: srt itself is a static program without LLVM.
#ifndef SRT_TOOLS_SRT_REQUEST_H
#define SRT_TOOLS_SRT_REQUEST_H

#include <string>
#include <vector>

namespace srt::command {

/// Exit statuses of srt itself; otherwise the status is the command's own.
enum Status : int {
  kDone = 0,
  kFailed = 1,  // a verb found something wrong
  kUsage = 2,   // a verb's command line makes no sense
  kRefused = 125, // nothing was run
};

/// What is to be done. Run and Shell end in srt-load; the rest is srt-more's.
enum class Road { Run, Shell, Verb, Wrong };

struct Request {
  Road road = Road::Run;
  std::string verb;   // Road::Verb: "doctor"
  std::string policy; // --policy, or empty
  std::string tool;   // --tool, or what the command is called
  std::string repo;   // --repo, or empty: what the project's git says
  std::vector<std::string> defines; // -D, in their order
  bool avoidsCache = false;         // --no-cache
  bool explainsDenials = false;     // --explain-denials
  std::vector<char *> words;        // the command, or what follows the verb
  std::string wrong;                // Road::Wrong: the option, or what is missing
};

/// Reads the words behind the program's name. `srt run CMD`, `srt CMD` and
/// `srt -- CMD` are the same but for commands that are called as a verb is.
Request readRequest(int argc, char **argv);

/// The words that are verbs, in the order in which help shows them.
const std::vector<std::string> &verbs();

/// The options that stand before a command, for suggestions.
const std::vector<std::string> &optionNames();

/// The shell that `srt shell` starts: $SRT_SHELL, $SHELL or /bin/sh, but never
/// srt itself under the name that makes it a shell.
std::string shellProgram();

} // namespace srt::command

#endif
