// lib/Driver/Diff.cpp: a comparison with its rules, and the words it shares.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Driver/Diff.h"

#include "lib/Sim/EvalPolicy.h"
#include "lib/Sim/EventText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"

namespace srt {

static sim::Event eventOf(ir::ActionId leaf, const Witness &witness) {
  std::vector<sim::TableWord> words;
  for (const std::string &word : witness.words)
    words.push_back({word, 0, 0, /*isQuoted=*/true});
  // A search over paths does not know a socket's from a file's.
  if (ir::resource(leaf) == ir::Resource::Endpoint &&
      llvm::StringRef(words[0].text).starts_with("/"))
    words[0].text = "unix:" + words[0].text;
  sim::TableProblem problem;
  std::optional<sim::Event> event =
      sim::readEvent(leaf, {ir::spelling(leaf).str(), 0, 0, false}, words, problem);
  if (!event)
    llvm::report_fatal_error("a witness is no event");
  return *event;
}

static Decider deciderOf(const ir::Policy &policy, const Witness &witness,
                         llvm::ArrayRef<std::string> values,
                         const sim::Event &event) {
  sim::Bindings bindings;
  bindings.params = values.vec();
  bindings.searchPath = witness.searchPath;
  sim::Verdict verdict = sim::evalPolicy(policy, bindings, event);
  return {verdict.effect, verdict.rule};
}

/// The actions by their own names, or by their parent's where all are there.
static std::vector<std::string> namesOf(llvm::ArrayRef<ir::ActionId> leaves) {
  std::vector<std::string> names;
  std::vector<ir::ActionId> left = leaves.vec();
  for (ir::ActionId action : ir::allActions()) {
    llvm::SmallVector<ir::ActionId, 8> parts = ir::leavesOf(action);
    if (!llvm::all_of(parts, [&](ir::ActionId part) {
          return llvm::is_contained(left, part);
        }))
      continue;
    names.push_back(ir::spelling(action).str());
    llvm::erase_if(left, [&](ir::ActionId leaf) {
      return llvm::is_contained(parts, leaf);
    });
  }
  return names;
}

Diff diffOf(const ir::Policy &before, const ir::Policy &after) {
  Comparison comparison = compare(before, after);
  Diff diff{&before, &after, {}, std::move(comparison.settings),
            comparison.isIncomplete, false, false};
  for (Change &change : comparison.changes) {
    (widens(change.from, change.to) ? diff.isWidened : diff.isNarrowed) = true;
    DiffChange shown{change, namesOf(change.actions), {}};
    for (const ChangedRegion &region : change.regions) {
      sim::Event event = eventOf(change.actions.front(), region.witness);
      shown.regions.push_back(
          {region, sim::eventText(event),
           deciderOf(before, region.witness, region.witness.oldValues, event),
           deciderOf(after, region.witness, region.witness.newValues, event)});
    }
    diff.changes.push_back(std::move(shown));
  }
  for (const SettingChange &setting : diff.settings) {
    diff.isWidened |= setting.kind == SettingChange::Kind::Widened;
    diff.isNarrowed |= setting.kind == SettingChange::Kind::Narrowed;
  }
  return diff;
}

llvm::StringRef summaryOf(const Diff &diff) {
  if (diff.isWidened && diff.isNarrowed)
    return "widened and narrowed";
  if (diff.isWidened)
    return "widened";
  if (diff.isNarrowed)
    return "narrowed";
  return diff.changes.empty() && diff.settings.empty() ? "equal" : "other settings";
}

std::string deciderText(const Decider &decider, const ir::Policy &policy,
                        const Sources &sources) {
  if (!decider.rule)
    return "no rule allows it";
  const ir::Rule &rule = policy.rule(*decider.rule);
  std::string text = ir::ruleName(*decider.rule);
  if (rule.origin == ir::Rule::Origin::Implied || rule.range.isNowhere())
    return text + ", implied";
  return text + " at " + sources.name(rule.range.file).str() + ":" +
         std::to_string(rule.range.line) + ":" +
         std::to_string(rule.range.column);
}

std::string regionText(const ChangedRegion &region) {
  std::string text = (region.isPart ? "part of " : "") + region.pattern;
  if (!region.excepts.empty())
    text += " except " + llvm::join(region.excepts, ", ");
  return text;
}

void writeDiff(llvm::raw_ostream &out, const Diff &diff, DiffFormat format,
               const Sources &sources) {
  switch (format) {
  case DiffFormat::Text:
    return writeDiffText(out, diff, sources);
  case DiffFormat::Markdown:
    return writeDiffMarkdown(out, diff, sources);
  case DiffFormat::Json:
    return writeDiffJson(out, diff, sources);
  case DiffFormat::Sarif:
    return writeDiffSarif(out, diff, sources);
  }
  llvm_unreachable("unknown format");
}

} // namespace srt
