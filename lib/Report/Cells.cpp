// lib/Report/Cells.cpp: what may be done with one place, action by action.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Report/Cells.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"

#include <set>

namespace srt::report {

llvm::StringRef spelling(Tone tone) {
  switch (tone) {
  case Tone::Allowed:
    return "allow";
  case Tone::Asked:
    return "ask";
  case Tone::Denied:
    return "deny";
  case Tone::Unsaid:
    return "unsaid";
  case Tone::Mixed:
    return "mixed";
  }
  llvm_unreachable("unknown tone");
}

llvm::StringRef signOf(Tone tone) {
  switch (tone) {
  case Tone::Allowed:
    return "\u2713"; // check mark
  case Tone::Asked:
    return "?";
  case Tone::Denied:
    return "\u2715"; // multiplication x
  case Tone::Unsaid:
    return "\u2013"; // en dash
  case Tone::Mixed:
    return "\u25d0"; // half a circle
  }
  llvm_unreachable("unknown tone");
}

Tone toneOf(const sim::Verdict &verdict) {
  switch (verdict.effect) {
  case ir::Effect::Allow:
    return Tone::Allowed;
  case ir::Effect::Ask:
    return Tone::Asked;
  case ir::Effect::Deny:
    return verdict.rule ? Tone::Denied : Tone::Unsaid;
  }
  llvm_unreachable("unknown effect");
}

static Tone toneOf(llvm::ArrayRef<LeafVerdict> leaves) {
  std::set<Tone> tones;
  for (const LeafVerdict &each : leaves)
    if (each.leaf != ir::ActionId::ReadMetadata)
      tones.insert(toneOf(each.verdict));
  // To be denied by a rule and to be allowed by none are one to the program.
  if (tones == std::set{Tone::Denied, Tone::Unsaid})
    return Tone::Denied;
  return tones.size() == 1 ? *tones.begin() : Tone::Mixed;
}

std::vector<Cell> cellsOf(const Judge &judge, const std::string &path) {
  auto onFile = judge.touching({ir::ActionId::ReadData, sim::Name{path}});
  auto onProgram =
      judge.touching({ir::ActionId::Exec, sim::Command{path, {}}});
  std::vector<Cell> cells;
  for (ir::ActionId action : {ir::ActionId::Read, ir::ActionId::Write,
                              ir::ActionId::Exec, ir::ActionId::Ioctl}) {
    Cell cell{action, Tone::Unsaid, {}};
    for (ir::ActionId leaf : ir::leavesOf(action))
      cell.leaves.push_back(
          {leaf, judge.verdict(leaf == ir::ActionId::Exec ? onProgram : onFile,
                               leaf)});
    cell.tone = toneOf(cell.leaves);
    if (action != ir::ActionId::Ioctl || cell.tone != Tone::Unsaid)
      cells.push_back(std::move(cell));
  }
  return cells;
}

/// "data" of "read.data".
static std::string partName(ir::ActionId leaf) {
  return ir::spelling(leaf).rsplit('.').second.str();
}

std::string Cell::label() const {
  std::string name = ir::spelling(action).str();
  if (tone != Tone::Mixed)
    return name;
  std::vector<std::string> open, shut, asked;
  for (const LeafVerdict &each : leaves) {
    Tone part = toneOf(each.verdict);
    if (each.leaf != ir::ActionId::ReadMetadata)
      (part == Tone::Allowed ? open : part == Tone::Asked ? asked : shut)
          .push_back(partName(each.leaf));
  }
  if (!asked.empty())
    return name + ": " + llvm::join(open, ", ") + (open.empty() ? "" : "; ") +
           "asks for " + llvm::join(asked, ", ");
  if (shut.size() < open.size())
    return name + " but " + llvm::join(shut, ", ");
  return name + ": " + llvm::join(open, ", ");
}

std::string Cell::details() const {
  std::string text;
  for (const LeafVerdict &each : leaves) {
    const sim::Verdict &verdict = each.verdict;
    text += (text.empty() ? "" : ", ") + ir::spelling(each.leaf).str() + ": " +
            ir::spelling(verdict.effect).str() +
            (verdict.rule ? " by " + ir::ruleName(*verdict.rule)
                          : ", no rule allows it");
  }
  return text;
}

std::vector<ir::RuleId> decidersOf(llvm::ArrayRef<Cell> cells) {
  std::set<ir::RuleId> rules;
  for (const Cell &cell : cells)
    for (const LeafVerdict &each : cell.leaves)
      if (each.verdict.rule && each.leaf != ir::ActionId::ReadMetadata)
        rules.insert(*each.verdict.rule);
  return {rules.begin(), rules.end()};
}

} // namespace srt::report
