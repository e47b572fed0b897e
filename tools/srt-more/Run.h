// tools/srt-more/Run.h: a command under a bundle, with what it did written down.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRT_MORE_RUN_H
#define SRT_TOOLS_SRT_MORE_RUN_H

#include "tools/srt-more/Compile.h"

namespace srt::command {

/// What the broker writes down, and where the command's standard output goes:
/// to standard error where ours is for a machine.
enum class Written { Denials, Everything };
enum class Output { Ours, ToErrors };

struct Ran {
  int status = 0; // as wait(2) gives it
  std::string log; // lines of JSON, docs/Broker.md; of Denials, behind the header
                   // that the log of a project has (tools/srt/Denials.h)
};

/// Runs the command of the request and waits. Nothing, after a message, if it
/// cannot be started. Signals that are sent to this process reach the command.
std::optional<Ran> runWritten(const Job &job, const std::string &bundle,
                              Written written, Output output = Output::Ours);

/// Ends as the command did: returns its status, or dies by its signal.
int endLike(int status);

} // namespace srt::command

#endif
