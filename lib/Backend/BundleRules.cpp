// lib/Backend/BundleRules.cpp: the rules section of a bundle.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Backend/BundleRules.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"

namespace srt::backend {

static std::string textOf(const ir::Rule &rule) {
  std::string text = ir::spelling(rule.effect).str();
  for (ir::ActionId action : rule.actions) {
    text += action == rule.actions.front() ? " " : ", ";
    text += ir::spelling(action);
  }
  return text;
}

static std::string textOf(ir::EnvRule::Kind kind) {
  switch (kind) {
  case ir::EnvRule::Kind::Pass:
    return "pass env";
  case ir::EnvRule::Kind::Set:
    return "set env";
  case ir::EnvRule::Kind::Unset:
    return "unset env";
  }
  llvm_unreachable("unknown kind of env statement");
}

BundleRules::BundleRules(const ir::Policy &policy, const Sources &sources)
    : sources(sources), ruleCount(policy.rules.size()) {
  for (const ir::Rule &rule : policy.rules)
    entries.push_back(entry(rule.range, rule.origin, textOf(rule)));
}

BundleRules::Entry BundleRules::entry(SourceRange range,
                                      ir::Rule::Origin origin,
                                      std::string text) const {
  std::string file;
  if (range.file.value < sources.count())
    file = sources.name(range.file).str();
  if (origin == ir::Rule::Origin::Implied || range.isNowhere())
    return {std::move(file), std::move(text), 0, 0};
  return {std::move(file), std::move(text), range.line, range.column};
}

/// Looks among the further statements only: rules keep their numbers.
uint32_t BundleRules::shared(Entry wanted) {
  auto begin = entries.begin() + ruleCount;
  auto found = std::find(begin, entries.end(), wanted);
  size_t index = found - entries.begin();
  if (found == entries.end())
    entries.push_back(std::move(wanted));
  return uint32_t(index);
}

uint32_t BundleRules::indexOf(const ir::EnvRule &env) {
  return shared(entry(env.range, env.origin, textOf(env.kind)));
}

uint32_t BundleRules::indexOf(const ir::Limit &limit) {
  return shared(entry(limit.range, ir::Rule::Origin::Written,
                      "limit " + ir::spelling(limit.kind).str()));
}

std::vector<srt_rule> BundleRules::records(BundleStrings &strings) const {
  std::vector<srt_rule> records;
  for (const Entry &entry : entries)
    records.push_back({strings.addMessage(entry.file),
                       strings.addMessage(entry.text), entry.line,
                       entry.column});
  return records;
}

} // namespace srt::backend
