// lib/Analysis/Samples.cpp: patterns filled in, and asked about.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Analysis/Samples.h"

#include "lib/Analysis/Clauses.h"
#include "lib/Analysis/MatchWitness.h"
#include "lib/Automata/ByteSets.h"

#include "llvm/ADT/STLExtras.h"

namespace srt {

/// A byte that a class accepts, as readable as there is one.
static char sampleOf(const ir::GlobItem &item) {
  for (uint8_t byte : automata::readableOrder())
    if (item.accept[byte])
      return char(byte);
  return 'x';
}

std::string sampleOf(const ir::Glob &glob, llvm::StringRef run) {
  std::string text;
  for (const ir::GlobItem &item : glob.items) {
    switch (item.kind) {
    case ir::GlobItem::Kind::Byte:
      text += char(item.byte);
      break;
    case ir::GlobItem::Kind::AnyOne:
      text += 'x';
      break;
    case ir::GlobItem::Kind::Class:
      text += sampleOf(item);
      break;
    case ir::GlobItem::Kind::AnyRun:
      text += run;
      break;
    }
  }
  return text;
}

static std::string sampleOf(const ir::PathPattern &path,
                            const ir::Policy &typical) {
  std::string text;
  if (path.base && typical.params[path.base->value].value != "/")
    text = typical.params[path.base->value].value;
  for (const ir::Segment &segment : path.segments) {
    if (segment.kind == ir::Segment::Kind::AnyDepth)
      continue;
    std::string name = sampleOf(segment.name);
    // No component is empty, and none is a dot or two.
    bool isName = name.find_first_not_of('.') != std::string::npos;
    text += "/" + (isName ? name : name + "x");
  }
  return text.empty() ? "/" : text;
}

static void addCommand(const ir::CommandPattern &command,
                       const ir::Policy &typical, Witness &witness) {
  if (auto *name = std::get_if<std::string>(&command.program)) {
    witness.searchPath = {"/usr/bin"};
    witness.words.push_back("/usr/bin/" + *name);
  } else {
    witness.words.push_back(
        sampleOf(std::get<ir::PathPattern>(command.program), typical));
  }
  if (command.words)
    for (const ir::Glob &word : *command.words)
      witness.words.push_back(sampleOf(word));
}

std::optional<Witness> sampleOf(const ir::Pattern &pattern,
                                const ir::Policy &typical) {
  Witness witness;
  for (const ir::Param &param : typical.params)
    witness.newValues.push_back(param.value);
  witness.oldValues = witness.newValues;
  if (auto *command = std::get_if<ir::CommandPattern>(&pattern.value))
    addCommand(*command, typical, witness);
  else if (auto *path = pathOf(pattern))
    witness.words.push_back(sampleOf(*path, typical));
  else if (auto *name = std::get_if<ir::NamePattern>(&pattern.value))
    witness.words.push_back(sampleOf(name->name));
  else
    return std::nullopt;
  return witness;
}

/// True if the pattern begins with `**` at the root directory.
static bool isFloating(const ir::PathPattern &path) {
  return !path.base && !path.segments.empty() &&
         path.segments.front().kind == ir::Segment::Kind::AnyDepth;
}

/// So many paths that rules allow are kept, to try denies on.
static constexpr size_t kMostAllowed = 8;

Samples::Samples(const ir::Policy &typical) : typical(typical), index(typical) {
  for (const ir::Rule &rule : typical.rules)
    for (const ir::Pattern &pattern : rule.patterns) {
      auto *path = std::get_if<ir::PathPattern>(&pattern.value);
      if (rule.effect == ir::Effect::Deny || !path)
        continue;
      std::vector<std::string> &paths = isFloating(*path) ? floating : anchored;
      if (paths.size() < kMostAllowed)
        paths.push_back(sampleOf(*path, typical));
    }
}

/// The rules that these patterns make match.
std::vector<ir::RuleId> Samples::rulesOf(llvm::ArrayRef<PatternRef> matching,
                                         const Witness &witness) const {
  std::vector<ir::RuleId> rules;
  for (PatternRef ref : matching)
    if (rules.empty() || rules.back() != ref.rule)
      rules.push_back(ref.rule);
  llvm::erase_if(rules, [&](ir::RuleId id) {
    return llvm::any_of(typical.rule(id).excepts, [&](const auto &except) {
      return matchesWitness(except, witness.newValues, witness);
    });
  });
  return rules;
}

std::vector<PatternRef> Samples::matching(const Witness &witness,
                                          IsGone isGone) const {
  std::vector<PatternRef> found = index.candidates(witness);
  llvm::erase_if(found, [&](PatternRef ref) {
    return isGone(ref) ||
           !matchesWitness(patternOf(ref), witness.newValues, witness);
  });
  return found;
}

std::vector<PatternRef> Samples::beside(PatternRef ref, IsGone isGone) const {
  std::optional<Witness> witness = sampleOf(patternOf(ref), typical);
  if (!witness)
    return {};
  return matching(*witness, isGone);
}

std::vector<ir::RuleId> Samples::rulesAt(ir::ActionId leaf,
                                         const Witness &witness) const {
  std::vector<ir::RuleId> rules =
      rulesOf(matching(witness, [](PatternRef) { return false; }), witness);
  llvm::erase_if(rules, [&](ir::RuleId id) {
    return (actionBits(typical.rule(id)) & bitOf(leaf)) == 0;
  });
  return rules;
}

/// The plainest event of a pattern, and, if it is denied, some in places that
/// other rules allow.
std::vector<Witness> Samples::samplesFor(PatternRef ref) const {
  std::optional<Witness> plain = sampleOf(patternOf(ref), typical);
  if (!plain)
    return {};
  std::vector<Witness> samples{*plain};
  auto *path = std::get_if<ir::PathPattern>(&patternOf(ref).value);
  if (!path || typical.rule(ref.rule).effect != ir::Effect::Deny)
    return samples;
  auto add = [&](const std::string &front, const std::string &behind) {
    samples.push_back(*plain);
    samples.back().words[0] = front + behind;
  };
  if (isFloating(*path))
    for (const std::string &front : anchored)
      add(front == "/" ? "" : front, plain->words[0]);
  else if (plain->words[0] != "/")
    for (const std::string &behind : floating)
      add(plain->words[0], behind);
  return samples;
}

/// What rules say of one event, action by action.
static Outcome outcomeOf(const ir::Policy &policy,
                         const std::vector<ir::RuleId> &rules) {
  Outcome outcome;
  for (ir::RuleId rule : rules)
    addEffect(outcome, policy.rule(rule).effect, actionBits(policy.rule(rule)));
  return outcome;
}

bool Samples::isDecidedBy(ir::RuleId own, llvm::ArrayRef<uint32_t> patterns,
                          const Witness &witness, IsGone isGone) const {
  std::vector<PatternRef> with = matching(witness, isGone), without = with;
  llvm::erase_if(without, [&](PatternRef ref) {
    return ref.rule == own && llvm::is_contained(patterns, ref.pattern);
  });
  Outcome before = outcomeOf(typical, rulesOf(with, witness));
  Outcome after = outcomeOf(typical, rulesOf(without, witness));
  uint64_t actions = actionBits(typical.rule(own));
  return ((before.permitted() ^ after.permitted()) & actions) != 0 ||
         ((before.questioned() ^ after.questioned()) & actions) != 0;
}

bool Samples::surelyMatter(ir::RuleId rule, llvm::ArrayRef<uint32_t> patterns,
                           IsGone isGone) const {
  for (uint32_t pattern : patterns)
    for (const Witness &witness : samplesFor({rule, pattern}))
      if (isDecidedBy(rule, patterns, witness, isGone))
        return true;
  return false;
}

} // namespace srt
