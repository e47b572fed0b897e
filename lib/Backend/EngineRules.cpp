// lib/Backend/EngineRules.cpp: what the writers for other engines ask of a policy.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Backend/EngineRules.h"

#include "lib/IR/PatternText.h"

#include "llvm/ADT/STLExtras.h"

namespace srt::backend {

using ir::ActionId;

bool speaksOf(const ir::Rule &rule, ActionId leaf) {
  return llvm::any_of(rule.actions, [&](ActionId action) {
    return ir::covers(action, leaf);
  });
}

std::string ruleText(const ir::Policy &policy, const ir::Rule &rule) {
  std::string text = ir::spelling(rule.effect).str();
  for (ActionId action : rule.actions)
    text += (action == rule.actions.front() ? " " : ", ") +
            ir::spelling(action).str();
  text += " \"" + ir::text(rule.patterns.front(), policy.params) + "\"";
  return rule.patterns.size() == 1 ? text : text + ", ...";
}

bool isBeneath(llvm::StringRef inner, llvm::StringRef outer) {
  if (outer == "/" || inner == outer)
    return true;
  return inner.starts_with(outer) && inner[outer.size()] == '/';
}

/// True if the pattern could match something of the domain.
static bool isOf(const ir::Pattern &pattern, Domain domain) {
  auto *endpoint = std::get_if<ir::EndpointPattern>(&pattern.value);
  switch (domain.sockets) {
  case Domain::Sockets::None:
    return true;
  case Domain::Sockets::Tcp:
    return endpoint->transport == ir::Transport::Tcp;
  case Domain::Sockets::Udp:
    return endpoint->transport == ir::Transport::Udp;
  case Domain::Sockets::UnixPath:
    return endpoint->path.has_value();
  case Domain::Sockets::UnixAbstract:
    return endpoint->abstract.has_value();
  }
  return true;
}

static bool isWhole(const ir::PathPattern &path) {
  return !path.base && path.segments.empty();
}

static bool isWhole(const ir::EndpointPattern &endpoint) {
  if (endpoint.path)
    return isWhole(*endpoint.path);
  if (endpoint.abstract)
    return endpoint.abstract->items.size() == 1 &&
           endpoint.abstract->items[0].kind == ir::GlobItem::Kind::AnyRun;
  return endpoint.host.kind == ir::HostPattern::Kind::Any &&
         endpoint.ports.size() == 1 && endpoint.ports[0] == ir::PortRange{};
}

/// True if the pattern leaves out nothing of its kind.
static bool isWhole(const ir::Pattern &pattern) {
  if (auto *path = std::get_if<ir::PathPattern>(&pattern.value))
    return isWhole(*path);
  if (auto *endpoint = std::get_if<ir::EndpointPattern>(&pattern.value))
    return isWhole(*endpoint);
  if (auto *subject = std::get_if<ir::SubjectPattern>(&pattern.value))
    return *subject == ir::SubjectPattern::All;
  if (auto *syscall = std::get_if<ir::SyscallPattern>(&pattern.value))
    return syscall->kind == ir::SyscallPattern::Kind::All;
  if (auto *command = std::get_if<ir::CommandPattern>(&pattern.value)) {
    auto *path = std::get_if<ir::PathPattern>(&command->program);
    return path && isWhole(*path) && !command->words;
  }
  return false;
}

static bool concerns(const ir::Rule &rule, Domain domain) {
  return speaksOf(rule, domain.leaf) &&
         llvm::any_of(rule.patterns, [&](const ir::Pattern &pattern) {
           return isOf(pattern, domain);
         });
}

bool EngineRules::isWholeAllow(const ir::Rule &rule, Domain domain) const {
  return rule.effect == ir::Effect::Allow && rule.excepts.empty() &&
         speaksOf(rule, domain.leaf) &&
         llvm::any_of(rule.patterns, [&](const ir::Pattern &pattern) {
           return isOf(pattern, domain) && isWhole(pattern);
         });
}

Reach EngineRules::reach(Domain domain) const {
  bool isAllowed = false, isWholly = false, isCut = false;
  for (const ir::Rule &rule : policy.rules) {
    if (!concerns(rule, domain))
      continue;
    isAllowed |= rule.effect != ir::Effect::Deny;
    isCut |= rule.effect != ir::Effect::Allow;
    isWholly |= isWholeAllow(rule, domain);
  }
  return !isAllowed             ? Reach::None
         : isWholly && !isCut ? Reach::All
                                : Reach::Some;
}

void EngineRules::requireAll(Domain domain, llvm::StringRef why) {
  if (reach(domain) == Reach::All)
    return;
  bool isSpoken = false;
  bool isWholly = llvm::any_of(policy.rules, [&](const ir::Rule &rule) {
    return isWholeAllow(rule, domain);
  });
  for (const ir::Rule &rule : policy.rules) {
    bool isInTheWay = concerns(rule, domain) &&
                      (rule.effect != ir::Effect::Allow || !isWholly);
    isSpoken |= isInTheWay;
    if (isInTheWay)
      refuse(rule, why);
  }
  if (!isSpoken)
    refuse(policy.range,
           "that `" + ir::spelling(domain.leaf).str() + "` is denied", why);
}

void EngineRules::requireAll(llvm::ArrayRef<Domain> domains,
                             llvm::StringRef why) {
  for (Domain domain : domains)
    requireAll(domain, why);
}

bool EngineRules::isOpen(llvm::ArrayRef<Domain> domains, llvm::StringRef why) {
  if (llvm::all_of(domains, [&](Domain domain) {
        return reach(domain) == Reach::None;
      }))
    return false;
  requireAll(domains, why);
  return true;
}

void EngineRules::refuseLimits(llvm::StringRef why) {
  for (const ir::Limit &limit : policy.limits)
    refuse(limit.range, "`limit " + ir::spelling(limit.kind).str() + "`", why);
}

void EngineRules::refuseEnvironment(llvm::StringRef why) {
  for (const ir::EnvRule &env : policy.env)
    if (env.origin == ir::Rule::Origin::Written)
      refuse(env.range, "what variable `" + shown(env.name) + "` is", why);
}

void EngineRules::refuse(SourceRange range, llvm::StringRef what,
                         llvm::StringRef why) {
  diags.report(range, diag::NotInEngine, spelling(engine), what, why);
}

void EngineRules::refuse(const ir::Rule &rule, llvm::StringRef why) {
  std::string text = "`" + ruleText(policy, rule) + "`";
  size_t index = size_t(&rule - policy.rules.data());
  std::string name = ir::ruleName(ir::RuleId{uint32_t(index)});
  refuse(rule.range,
         rule.origin == ir::Rule::Origin::Implied ? text + " (" + name + ", implied)"
                                                  : text + " (" + name + ")",
         why);
}

void EngineRules::narrow(SourceRange range, llvm::StringRef what,
                         llvm::StringRef how) {
  diags.report(range, diag::EngineNarrowed, what, spelling(engine), how);
}

void EngineRules::narrow(const ir::Rule &rule, llvm::StringRef how) {
  narrow(rule.range, "`" + ruleText(policy, rule) + "`", how);
}

} // namespace srt::backend
