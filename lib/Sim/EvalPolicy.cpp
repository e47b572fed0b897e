// lib/Sim/EvalPolicy.cpp: the meaning of a policy, one rule after the other.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Sim/EvalPolicy.h"

#include "lib/Sim/Match.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"

namespace srt::sim {

static bool matchesPattern(const ir::Pattern &pattern, const Bindings &bindings,
                           const Event &event) {
  switch (ir::resource(event.action)) {
  case ir::Resource::Path:
    return matchesPath(std::get<ir::PathPattern>(pattern.value), bindings,
                       std::get<Name>(event.resource).text);
  case ir::Resource::Command:
    return matchesCommand(std::get<ir::CommandPattern>(pattern.value), bindings,
                          std::get<Command>(event.resource));
  case ir::Resource::Endpoint:
    return matchesEndpoint(std::get<ir::EndpointPattern>(pattern.value),
                           bindings, std::get<Endpoint>(event.resource));
  case ir::Resource::Subject:
    return matchesSubject(std::get<ir::SubjectPattern>(pattern.value),
                          std::get<ir::SubjectPattern>(event.resource));
  case ir::Resource::Syscall:
    return matchesSyscall(std::get<ir::SyscallPattern>(pattern.value),
                          std::get<SyscallCall>(event.resource));
  case ir::Resource::Name:
    return matchesGlob(std::get<ir::NamePattern>(pattern.value).name,
                       std::get<Name>(event.resource).text, Slash::Ordinary);
  }
  llvm_unreachable("unknown resource");
}

bool matchesResource(const ir::Rule &rule, const Bindings &bindings,
                     const Event &event) {
  auto matches = [&](const ir::Pattern &pattern) {
    return matchesPattern(pattern, bindings, event);
  };
  return llvm::any_of(rule.patterns, matches) &&
         llvm::none_of(rule.excepts, matches);
}

static bool speaksOf(const ir::Rule &rule, ir::ActionId action) {
  return llvm::any_of(rule.actions, [&](ir::ActionId outer) {
    return ir::covers(outer, action);
  });
}

Verdict evalPolicy(const ir::Policy &policy, const Bindings &bindings,
                   const Event &event) {
  Verdict verdict;
  for (uint32_t i = 0; i < policy.rules.size(); ++i) {
    const ir::Rule &rule = policy.rules[i];
    if (!speaksOf(rule, event.action) ||
        !matchesResource(rule, bindings, event))
      continue;
    // Deny beats ask beats allow; the first rule of the winning effect stands.
    if (!verdict.rule || rule.effect > verdict.effect)
      verdict = {rule.effect, ir::RuleId{i}};
  }
  return verdict;
}

} // namespace srt::sim
