// lib/Backend/EngineMounts.cpp: rules on files as trees that are shown or not.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Backend/EngineRules.h"

#include "lib/IR/PatternText.h"

#include "llvm/ADT/STLExtras.h"

namespace srt::backend {

using ir::ActionId;

/// Where the params of a path lead, if that is known before the start.
static const std::string *valueOf(const ir::Policy &policy, ir::ParamId id) {
  const ir::Param &param = policy.params[id.value];
  return param.source == ir::Param::Source::Literal ? &param.value : nullptr;
}

std::optional<std::string> EngineRules::literal(const ir::Rule &rule,
                                                const ir::PathPattern &path,
                                                SourceRange range) {
  std::string what = "`" + ir::spelling(rule.effect).str() + " ... \"" +
                     ir::text(path, policy.params) + "\"`";
  const std::string *base = path.base ? valueOf(policy, *path.base) : nullptr;
  if (path.base && !base) {
    refuse(range, what, "the param is known only when the sandbox starts; give it with -D");
    return std::nullopt;
  }
  if (!path.isLiteral()) {
    refuse(range, what, "it has a wildcard, and the engine takes places by their names");
    return std::nullopt;
  }
  std::string text = base && *base != "/" ? *base : "";
  for (const ir::Segment &segment : path.segments)
    text += "/" + segment.name.literal();
  for (char c : text)
    if (uint8_t(c) < 0x20 || c == 0x7f) {
      refuse(range, what, "it has a control character");
      return std::nullopt;
    }
  return text.empty() ? "/" : text;
}

static bool speaksOfAll(const ir::Rule &rule, ActionId parent) {
  return llvm::all_of(ir::leavesOf(parent), [&](ActionId leaf) {
    return leaf == ActionId::ReadMetadata || speaksOf(rule, leaf);
  });
}

void EngineRules::addMount(const ir::Rule &rule, const ir::Pattern &pattern,
                           bool isWrite, std::vector<Mount> &mounts) {
  auto &path = std::get<ir::PathPattern>(pattern.value);
  if (auto text = literal(rule, path, pattern.range))
    mounts.push_back({*text, isWrite});
}

/// Why the rule is none that mounts can hold; empty if they can.
static llvm::StringRef objection(const ir::Rule &rule, bool isRead, bool isWrite) {
  if (rule.effect != ir::Effect::Allow)
    return "a mount shows a tree as a whole, and nobody is asked";
  if (!rule.excepts.empty())
    return "a mount shows a tree as a whole";
  if (isRead && !speaksOfAll(rule, ActionId::Read))
    return "what is mounted can be read and listed";
  if (isWrite && !speaksOfAll(rule, ActionId::Write))
    return "what is mounted for writing can be written in every way";
  return {};
}

std::vector<Mount> EngineRules::mounts() {
  std::vector<Mount> all, reads, writes;
  for (const ir::Rule &rule : policy.rules) {
    bool isRead = speaksOf(rule, ActionId::ReadData) || speaksOf(rule, ActionId::ReadList);
    bool isWrite = llvm::any_of(ir::leavesOf(ActionId::Write), [&](ActionId leaf) {
      return speaksOf(rule, leaf);
    });
    llvm::StringRef why = objection(rule, isRead, isWrite);
    if ((isRead || isWrite) && !why.empty())
      refuse(rule, why);
    else
      for (const ir::Pattern &pattern : rule.patterns) {
        if (isRead)
          addMount(rule, pattern, false, reads);
        if (isWrite)
          addMount(rule, pattern, true, writes);
      }
  }
  for (const Mount &write : writes)
    if (llvm::none_of(reads, [&](const Mount &read) {
          return isBeneath(write.path, read.path);
        }))
      refuse(policy.range, "that `" + shown(write.path) + "` may be written and not read",
             "what is mounted for writing can be read");
  all = writes;
  for (const Mount &read : reads)
    if (llvm::none_of(writes, [&](const Mount &write) {
          return isBeneath(read.path, write.path);
        }))
      all.push_back(read);
  llvm::sort(all);
  // What lies in a tree that is shown alike is there already.
  std::vector<Mount> kept;
  for (const Mount &mount : all)
    if (llvm::none_of(kept, [&](const Mount &outer) {
          return outer.isWritable == mount.isWritable && isBeneath(mount.path, outer.path);
        }))
      kept.push_back(mount);
  return kept;
}

std::vector<std::string> EngineRules::programs() {
  std::vector<std::string> paths;
  for (const ir::Rule &rule : policy.rules) {
    if (!speaksOf(rule, ActionId::Exec))
      continue;
    if (rule.effect != ir::Effect::Allow || !rule.excepts.empty()) {
      refuse(rule, "programs are allowed by trees, without exceptions");
      continue;
    }
    for (const ir::Pattern &pattern : rule.patterns) {
      auto &command = std::get<ir::CommandPattern>(pattern.value);
      auto *path = std::get_if<ir::PathPattern>(&command.program);
      std::string what = "`exec \"" + ir::text(pattern, policy.params) + "\"`";
      if (command.words)
        refuse(pattern.range, what, "it does not look at arguments");
      else if (!path)
        refuse(pattern.range, what, "a bare name is looked up when the sandbox starts; write a path");
      else if (auto text = literal(rule, *path, pattern.range))
        paths.push_back(*text);
    }
  }
  llvm::sort(paths);
  paths.erase(llvm::unique(paths), paths.end());
  return paths;
}

} // namespace srt::backend
