// lib/Transforms/LowerMetadata.cpp: what Landlock does not see at all.
// SPDX-License-Identifier: Apache-2.0
//
// stat(2) and its kind cannot be stopped without a mediator, chmod(2) and its
// kind only everywhere at once (Documentation/userspace-api/landlock.rst,
// v6.12, "Current limitations").
#include "lib/Transforms/Lowering.h"

#include "lib/Analysis/Places.h"

#include "llvm/ADT/STLExtras.h"

namespace srt {

using ir::ActionId;

/// The first rule that allows the action on every path, if no `except` of its
/// own and no deny takes anything away.
static std::optional<ir::RuleId> allowedEverywhere(const Lowering &lowering,
                                                   ActionId leaf) {
  for (ir::RuleId id : rulesOn(lowering.policy(), ir::Effect::Allow, leaf)) {
    const ir::Rule &rule = lowering.rule(id);
    bool isWhole = llvm::any_of(rule.patterns, [](const ir::Pattern &pattern) {
      auto *path = std::get_if<ir::PathPattern>(&pattern.value);
      return path && *path == ir::PathPattern{};
    });
    if (isWhole && rule.excepts.empty())
      return id;
  }
  return std::nullopt;
}

/// read.metadata that some rule denies, or that none allows everywhere, would
/// stay readable: an error for each such rule.
static void lowerReading(Lowering &lowering) {
  ActionId leaf = ActionId::ReadMetadata;
  std::string what = "names, sizes and times of files stay visible";
  std::vector<ir::RuleId> culprits =
      rulesOn(lowering.policy(), ir::Effect::Deny, leaf);
  llvm::append_range(culprits, rulesOn(lowering.policy(), ir::Effect::Ask, leaf));
  std::vector<ir::RuleId> allows =
      rulesOn(lowering.policy(), ir::Effect::Allow, leaf);
  if (!allowedEverywhere(lowering, leaf))
    culprits.insert(culprits.end(), allows.begin(), allows.end());
  for (ir::RuleId id : allows)
    lowering.carry(id, ir::Mechanism::Landlock);
  for (ir::RuleId id : culprits) {
    if (lowering.allowWider(id, what))
      continue;
    const ir::Rule &rule = lowering.rule(id);
    Diagnostic &error =
        lowering.diags.report(rule.range, diag::MetadataNeedsBroker,
                              describe(lowering.policy(), id));
    error.hint(rule.effect != ir::Effect::Allow
                   ? "write `" + ir::spelling(rule.effect).str() +
                         " read.data, read.list` to keep what is in the files "
                         "and directories, and only that"
                   : "write `allow read.metadata \"/\"`, or leave the statement "
                     "out, which says the same");
  }
}

static void mediateWriting(Lowering &lowering) {
  ActionId leaf = ActionId::WriteMetadata;
  lowering.mediate(leaf);
  for (ir::Effect effect :
       {ir::Effect::Allow, ir::Effect::Ask, ir::Effect::Deny})
    for (ir::RuleId id : rulesOn(lowering.policy(), effect, leaf))
      lowering.carry(id, ir::Mechanism::Broker);
}

static void lowerWriting(Lowering &lowering) {
  ActionId leaf = ActionId::WriteMetadata;
  std::vector<ir::RuleId> denies =
      rulesOn(lowering.policy(), ir::Effect::Deny, leaf);
  bool isAsked = firstQuestion(lowering, leaf).has_value();
  lowering.open.metadata =
      denies.empty() && !isAsked && allowedEverywhere(lowering, leaf).has_value();
  // What Landlock does not see, a broker that is there anyway does.
  bool isBrokered = !lowering.open.metadata &&
                    lowering.isMediated(ActionId::WriteRename);
  if (isBrokered)
    return mediateWriting(lowering);
  for (ir::RuleId id : denies)
    lowering.carry(id, ir::Mechanism::Seccomp);
  bool isReported = false;
  for (ir::RuleId id : rulesOn(lowering.policy(), ir::Effect::Allow, leaf)) {
    lowering.carry(id, ir::Mechanism::Seccomp);
    if (lowering.open.metadata)
      continue;
    lowering.narrow(id, "write.metadata fails with EPERM everywhere");
    if (!isReported)
      lowering.diags
          .report(lowering.rule(id).range, diag::MetadataNarrowed)
          .hint("where that is too narrow, `allow write.metadata \"/\"` opens "
                "it on every file that the user owns");
    isReported = true;
  }
}

void lowerMetadata(Lowering &lowering) {
  lowerReading(lowering);
  lowerWriting(lowering);
}

} // namespace srt
