// lib/Analysis/Samples.cpp: patterns filled in.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Analysis/Samples.h"

#include "lib/Analysis/Decide.h"
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

static ir::Effect verdictOf(const ir::Policy &policy,
                            llvm::ArrayRef<ir::RuleId> matching) {
  std::optional<ir::RuleId> rule = decidingRule(policy, matching);
  return rule ? policy.rule(*rule).effect : ir::Effect::Deny;
}

static bool mattersFor(const ir::Policy &typical, ir::RuleId rule,
                       ir::ActionId leaf, const Witness &witness) {
  std::vector<ir::RuleId> matching =
      matchingRules(typical, leaf, witness.newValues, witness);
  ir::Effect with = verdictOf(typical, matching);
  llvm::erase(matching, rule);
  return with != verdictOf(typical, matching);
}

bool surelyMatters(const ir::Policy &typical, ir::RuleId rule) {
  for (const ir::Pattern &pattern : typical.rule(rule).patterns) {
    std::optional<Witness> witness = sampleOf(pattern, typical);
    if (!witness)
      continue;
    for (ir::ActionId action : typical.rule(rule).actions)
      for (ir::ActionId leaf : ir::leavesOf(action))
        if (mattersFor(typical, rule, leaf, *witness))
          return true;
  }
  return false;
}

} // namespace srt
