// lib/Report/Judge.cpp: verdicts on many events of one policy.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Report/Judge.h"

#include "lib/Analysis/Decide.h"
#include "lib/Analysis/Places.h"
#include "lib/Sim/EvalPolicy.h"

#include "llvm/ADT/STLExtras.h"

namespace srt::report {

static constexpr llvm::StringLiteral kNoTree = ":";

/// Where a pattern begins, without a slash at the end.
static std::string beginningOf(const ir::PathPattern &path,
                               const sim::Bindings &bindings) {
  ir::Place place = literalPrefix(path);
  std::string text;
  if (place.base)
    for (const std::string &part :
         sim::componentsOf(bindings.params[place.base->value]))
      text += "/" + part;
  for (const std::string &component : place.components)
    text += "/" + component;
  return text;
}

void Judge::add(uint32_t rule, const ir::Pattern &pattern) {
  std::string key = kNoTree.str();
  auto *command = std::get_if<ir::CommandPattern>(&pattern.value);
  if (const ir::PathPattern *path = pathOf(pattern))
    key = beginningOf(*path, subject.bindings);
  else if (command)
    key += std::get<std::string>(command->program);
  std::vector<uint32_t> &rules = beginnings[key];
  if (rules.empty() || rules.back() != rule)
    rules.push_back(rule);
}

Judge::Judge(const Subject &subject) : subject(subject) {
  for (uint32_t i = 0; i < subject.policy.rules.size(); ++i)
    for (const ir::Pattern &pattern : subject.policy.rules[i].patterns)
      add(i, pattern);
}

void Judge::addFrom(llvm::StringRef key, std::vector<uint32_t> &found) const {
  auto it = beginnings.find(key.str());
  if (it != beginnings.end())
    found.insert(found.end(), it->second.begin(), it->second.end());
}

/// The path that an event is about, or an empty text.
static llvm::StringRef pathIn(const sim::Event &event) {
  if (auto *command = std::get_if<sim::Command>(&event.resource))
    return command->path;
  if (auto *endpoint = std::get_if<sim::Endpoint>(&event.resource))
    return endpoint->path;
  auto *name = std::get_if<sim::Name>(&event.resource);
  bool isPath = ir::resource(event.action) == ir::Resource::Path;
  return name && isPath ? llvm::StringRef(name->text) : llvm::StringRef();
}

std::vector<uint32_t> Judge::candidates(const sim::Event &event) const {
  std::vector<uint32_t> found;
  addFrom(kNoTree, found);
  llvm::StringRef path = pathIn(event);
  if (!path.empty()) {
    addFrom("", found);
    for (size_t end = path.find('/', 1); path != "/";
         end = path.find('/', end + 1)) {
      addFrom(path.take_front(end), found);
      if (end == llvm::StringRef::npos)
        break;
    }
    addFrom(":" + path.rsplit('/').second.str(), found);
  }
  llvm::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::vector<ir::RuleId> Judge::touching(const sim::Event &event) const {
  std::vector<ir::RuleId> found;
  for (uint32_t i : candidates(event)) {
    const ir::Rule &rule = subject.policy.rules[i];
    bool isOfKind =
        ir::resource(rule.actions.front()) == ir::resource(event.action);
    if (isOfKind && sim::matchesResource(rule, subject.bindings, event))
      found.push_back({i});
  }
  return found;
}

std::vector<ir::RuleId>
Judge::onAction(llvm::ArrayRef<ir::RuleId> touching, ir::ActionId leaf) const {
  std::vector<ir::RuleId> found;
  llvm::copy_if(touching, std::back_inserter(found), [&](ir::RuleId id) {
    return llvm::any_of(
        subject.policy.rule(id).actions,
        [&](ir::ActionId outer) { return ir::covers(outer, leaf); });
  });
  return found;
}

sim::Verdict Judge::verdict(llvm::ArrayRef<ir::RuleId> touching,
                            ir::ActionId leaf) const {
  std::optional<ir::RuleId> rule =
      decidingRule(subject.policy, onAction(touching, leaf));
  return {rule ? subject.policy.rule(*rule).effect : ir::Effect::Deny, rule};
}

size_t Judge::rulesWithoutBeginning() const {
  auto it = beginnings.find("");
  return it == beginnings.end() ? 0 : it->second.size();
}

} // namespace srt::report
