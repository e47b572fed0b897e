// lib/Analysis/CompareSettings.cpp: lists of words, compared as sets.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Analysis/CompareSettings.h"

#include "lib/IR/TextScan.h"

#include "llvm/Support/ErrorHandling.h"

#include <map>

namespace srt {

using Kind = SettingChange::Kind;

static std::string textOf(const ir::EnvRule &env) {
  switch (env.kind) {
  case ir::EnvRule::Kind::Pass:
    return "pass env " + ir::quoted(env.name);
  case ir::EnvRule::Kind::Set:
    return "set env " + ir::quoted(env.name) + " = " + ir::quoted(env.value);
  case ir::EnvRule::Kind::Unset:
    return "unset env " + ir::quoted(env.name);
  }
  llvm_unreachable("unknown kind");
}

/// What it means that a policy has this statement and the other has not.
static Kind effectOf(const ir::EnvRule &env) {
  switch (env.kind) {
  case ir::EnvRule::Kind::Pass:
    return Kind::Widened;
  case ir::EnvRule::Kind::Set:
    return Kind::Other;
  case ir::EnvRule::Kind::Unset:
    return Kind::Narrowed;
  }
  llvm_unreachable("unknown kind");
}

static Kind opposite(Kind kind) {
  switch (kind) {
  case Kind::Widened:
    return Kind::Narrowed;
  case Kind::Narrowed:
    return Kind::Widened;
  case Kind::Other:
    return Kind::Other;
  }
  llvm_unreachable("unknown kind");
}

static std::map<std::string, Kind> environmentOf(const ir::Policy &policy) {
  std::map<std::string, Kind> texts;
  for (const ir::EnvRule &env : policy.env)
    texts.emplace(textOf(env), effectOf(env));
  return texts;
}

static std::map<std::string, uint64_t> limitsOf(const ir::Policy &policy) {
  std::map<std::string, uint64_t> limits;
  for (const ir::Limit &limit : policy.limits)
    limits.emplace(ir::spelling(limit.kind).str(), limit.value);
  return limits;
}

static void compareLimits(const ir::Policy &before, const ir::Policy &after,
                          std::vector<SettingChange> &out) {
  auto old = limitsOf(before), fresh = limitsOf(after);
  auto text = [](const auto &limit) {
    return "limit " + limit.first + " " + std::to_string(limit.second);
  };
  for (const auto &limit : old) {
    auto now = fresh.find(limit.first);
    if (now != fresh.end() && now->second == limit.second)
      continue;
    bool isRaised = now == fresh.end() || now->second > limit.second;
    out.push_back({isRaised ? Kind::Widened : Kind::Narrowed, text(limit), false});
    if (now != fresh.end())
      out.push_back({isRaised ? Kind::Widened : Kind::Narrowed, text(*now), true});
  }
  for (const auto &limit : fresh)
    if (!old.count(limit.first))
      out.push_back({Kind::Narrowed, text(limit), true});
}

std::vector<SettingChange> compareSettings(const ir::Policy &before,
                                           const ir::Policy &after) {
  std::vector<SettingChange> changes;
  auto old = environmentOf(before), fresh = environmentOf(after);
  for (const auto &[text, kind] : old)
    if (!fresh.count(text))
      changes.push_back({opposite(kind), text, false});
  for (const auto &[text, kind] : fresh)
    if (!old.count(text))
      changes.push_back({kind, text, true});
  compareLimits(before, after, changes);
  return changes;
}

} // namespace srt
