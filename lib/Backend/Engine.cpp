// lib/Backend/Engine.cpp: policies as configuration of other programs' sandboxes.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Backend/EngineRules.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"

namespace srt::backend {

namespace {
struct Row {
  Engine engine;
  llvm::StringLiteral name;
};
constexpr Row kRows[] = {{Engine::Oci, "oci"},
                         {Engine::Systemd, "systemd"},
                         {Engine::AppArmor, "apparmor"},
                         {Engine::Bwrap, "bwrap"}};
} // namespace

std::optional<Engine> engineNamed(llvm::StringRef name) {
  for (const Row &row : kRows)
    if (row.name == name)
      return row.engine;
  return std::nullopt;
}

llvm::StringRef spelling(Engine engine) {
  for (const Row &row : kRows)
    if (row.engine == engine)
      return row.name;
  llvm_unreachable("unknown engine");
}

llvm::SmallVector<llvm::StringRef, 4> engineNames() {
  llvm::SmallVector<llvm::StringRef, 4> names;
  for (const Row &row : kRows)
    names.push_back(row.name);
  return names;
}

static ir::Pattern of(decltype(ir::Pattern::value) value, SourceRange range) {
  return {std::move(value), range};
}

/// Patterns that together leave out nothing of what the rule could speak of.
static std::vector<ir::Pattern> everything(const ir::Rule &rule) {
  SourceRange range = rule.range;
  switch (ir::resource(rule.actions.front())) {
  case ir::Resource::Path:
    return {of(ir::PathPattern{}, range)};
  case ir::Resource::Command:
    return {of(ir::CommandPattern{ir::PathPattern{}, {}, false}, range)};
  case ir::Resource::Subject:
    return {of(ir::SubjectPattern::All, range)};
  case ir::Resource::Syscall:
    return {of(ir::SyscallPattern{ir::SyscallPattern::Kind::All, "", {}}, range)};
  case ir::Resource::Endpoint: {
    std::vector<ir::Pattern> patterns;
    for (const ir::Pattern &pattern : rule.patterns) {
      auto endpoint = std::get<ir::EndpointPattern>(pattern.value);
      endpoint.host = {};
      endpoint.ports.assign(endpoint.ports.empty() ? 0 : 1, ir::PortRange{});
      if (endpoint.path)
        endpoint.path = ir::PathPattern{};
      if (endpoint.abstract)
        endpoint.abstract->items.assign(1, {ir::GlobItem::Kind::AnyRun, 0, {}});
      patterns.push_back(of(std::move(endpoint), range));
    }
    return patterns;
  }
  case ir::Resource::Name:
    return rule.patterns;
  }
  llvm_unreachable("unknown resource");
}

ir::Policy withAccepted(const ir::Policy &policy, Engine engine,
                        const std::set<std::string> &acceptWider,
                        DiagnosticEngine &diags) {
  ir::Policy wider = policy;
  std::set<std::string> unknown = acceptWider;
  wider.rules.clear();
  for (uint32_t i = 0; i < policy.rules.size(); ++i) {
    const ir::Rule &rule = policy.rules[i];
    std::string name = ir::ruleName(ir::RuleId{i});
    bool isAccepted = unknown.erase(name) != 0;
    if (isAccepted)
      diags.report(rule.range, diag::AcceptedWider, name,
                   ("nothing of it is left for " + spelling(engine)).str());
    wider.rules.push_back(rule);
    if (isAccepted && rule.effect == ir::Effect::Allow) {
      wider.rules.back().patterns = everything(rule);
      wider.rules.back().excepts.clear();
    } else if (isAccepted) {
      // It stays, so that the others keep their names, and speaks of nothing.
      wider.rules.back().actions.clear();
    }
  }
  for (const std::string &name : unknown)
    diags.report({}, diag::UnknownRule, shown(name));
  return wider;
}

ir::Policy syscallPart(const ir::Policy &policy) {
  ir::Policy part = policy;
  part.limits.clear();
  llvm::erase_if(part.rules, [](const ir::Rule &rule) {
    if (rule.actions.empty())
      return true;
    ir::Resource resource = ir::resource(rule.actions.front());
    return resource == ir::Resource::Path || resource == ir::Resource::Command;
  });
  auto allow = [&](llvm::SmallVector<ir::ActionId, 2> actions) {
    ir::Rule rule{ir::Effect::Allow, ir::Rule::Origin::Implied, actions, {}, {}, policy.range};
    rule.patterns = everything(rule);
    part.rules.push_back(std::move(rule));
  };
  allow({ir::ActionId::Read, ir::ActionId::Write, ir::ActionId::Ioctl});
  allow({ir::ActionId::Exec});
  return part;
}

bool hasSyscalls(Engine engine) {
  return engine == Engine::Oci || engine == Engine::Systemd;
}

bool checkEngine(Engine engine, const ir::Policy &policy,
                 DiagnosticEngine &diags) {
  size_t before = diags.errors();
  EngineRules rules(engine, policy, diags);
  switch (engine) {
  case Engine::Oci:
    checkOci(rules);
    break;
  case Engine::Systemd:
    checkSystemd(rules);
    break;
  case Engine::AppArmor:
    checkAppArmor(rules);
    break;
  case Engine::Bwrap:
    checkBwrap(rules);
    break;
  }
  return diags.errors() == before;
}

std::string engineText(Engine engine, const ir::Policy &policy,
                       const ir::Plan &plan, DiagnosticEngine &diags) {
  EngineRules rules(engine, policy, diags);
  switch (engine) {
  case Engine::Oci:
    return ociProfile(rules, plan);
  case Engine::Systemd:
    return systemdDropIn(rules, plan);
  case Engine::AppArmor:
    return apparmorProfile(rules);
  case Engine::Bwrap:
    return bwrapArguments(rules);
  }
  llvm_unreachable("unknown engine");
}

} // namespace srt::backend
