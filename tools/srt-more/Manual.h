// tools/srt-more/Manual.h: the command line of srt as data.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRT_MORE_MANUAL_H
#define SRT_TOOLS_SRT_MORE_MANUAL_H

#include "tools/manual/Command.h"
#include "tools/srt-more/Verb.h"

#include "llvm/ADT/ArrayRef.h"

namespace srt::command {

struct VerbRow {
  const char *name;
  int (*run)(const Job &);
};

/// All of `srt`: its own options (tools/srt/Options.def), and each verb as it
/// would parse its words. Runs no verb.
manual::CommandInfo commandLine(llvm::ArrayRef<VerbRow> rows);

/// For parseWords: throws to commandLine() what `app` is, if that is what it
/// was called for.
void describeIfAsked(const CLI::App &app, const Job &job);

} // namespace srt::command

#endif
