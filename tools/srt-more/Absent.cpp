// tools/srt-more/Absent.cpp: finds places that a sandbox would skip.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-more/Absent.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

namespace srt::command {

/// The one place that a pattern names; empty if it has wildcards.
static std::string placeOf(const ir::PathPattern &pattern,
                           const sim::Bindings &bindings) {
  if (!pattern.isLiteral())
    return {};
  std::string path = pattern.base ? bindings.params[pattern.base->value] : "";
  for (const ir::Segment &segment : pattern.segments)
    path += "/" + segment.name.literal();
  return path;
}

static bool mayWrite(const ir::Rule &rule) {
  return rule.effect == ir::Effect::Allow &&
         llvm::any_of(rule.actions, [](ir::ActionId action) {
           return ir::spelling(action).starts_with("write");
         });
}

std::vector<std::string> absentPlaces(const Job &job, const Compiled &compiled) {
  std::vector<std::string> absent;
  if (compiled.hasBroker)
    return absent;
  sim::Bindings bindings = bindingsFor(compiled.policy, job);
  for (const ir::Rule &rule : compiled.policy.rules)
    for (const ir::Pattern &pattern : rule.patterns)
      if (const ir::PathPattern *path = mayWrite(rule) ? pathOf(pattern) : nullptr)
        if (std::string place = placeOf(*path, bindings);
            !place.empty() && !llvm::sys::fs::exists(place))
          absent.push_back(place);
  llvm::sort(absent);
  absent.erase(llvm::unique(absent), absent.end());
  return absent;
}

void explainAbsent(llvm::raw_ostream &out, llvm::ArrayRef<std::string> absent) {
  for (const std::string &place : absent)
    if (llvm::sys::fs::exists(place))
      out << "srt: `" << place << "` was not there at the start: an ordinary run "
          << "skips such a place, and cannot write it\n"
          << "  hint: make it first, or allow the folder above\n";
}

} // namespace srt::command
