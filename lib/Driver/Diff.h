// lib/Driver/Diff.h: the difference of two policies, with rules and reasons.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_DRIVER_DIFF_H
#define SRT_LIB_DRIVER_DIFF_H

#include "lib/Analysis/Compare.h"
#include "lib/Support/Sources.h"

#include "llvm/Support/raw_ostream.h"

namespace srt {

/// Who decided an event, before or after.
struct Decider {
  ir::Effect effect = ir::Effect::Deny;
  std::optional<ir::RuleId> rule; // nothing matched: denied
};

/// A region with the event that stands for it and what decided it.
struct DiffRegion {
  ChangedRegion region;
  std::string event; // "read.data /a", as a row of a verdict table
  Decider before, after;
};

struct DiffChange {
  Change change;
  std::vector<std::string> actions; // `read` for all of its parts
  std::vector<DiffRegion> regions;
};

struct Diff {
  const ir::Policy *before = nullptr;
  const ir::Policy *after = nullptr;
  std::vector<DiffChange> changes;
  std::vector<SettingChange> settings;
  bool isIncomplete = false;
  bool isWidened = false;
  bool isNarrowed = false;
};

enum class DiffFormat : uint8_t { Text, Markdown, Json, Sarif };

/// Compares, and asks lib/Sim which rules decide each witness. The policies
/// outlive the result.
Diff diffOf(const ir::Policy &before, const ir::Policy &after);

/// "equal", "widened", "narrowed", "widened and narrowed".
llvm::StringRef summaryOf(const Diff &diff);

void writeDiff(llvm::raw_ostream &out, const Diff &diff, DiffFormat format,
               const Sources &sources);

/// The parts of writeDiff().
void writeDiffText(llvm::raw_ostream &out, const Diff &diff,
                   const Sources &sources);
void writeDiffMarkdown(llvm::raw_ostream &out, const Diff &diff,
                       const Sources &sources);
void writeDiffJson(llvm::raw_ostream &out, const Diff &diff,
                   const Sources &sources);
void writeDiffSarif(llvm::raw_ostream &out, const Diff &diff,
                    const Sources &sources);

/// "R3 at new.srt:4:3", "R5, implied", "no rule allows it".
std::string deciderText(const Decider &decider, const ir::Policy &policy,
                        const Sources &sources);
/// "/etc except /etc/shadow".
std::string regionText(const ChangedRegion &region);

} // namespace srt

#endif
