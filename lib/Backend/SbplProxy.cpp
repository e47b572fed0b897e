// lib/Backend/SbplProxy.cpp: who reaches the network by way of a proxy.
// SPDX-License-Identifier: Apache-2.0
//
// A profile can say `*` and `localhost`. With a proxy, only the latter is left
// open, so that no rule on another host is needed, and none can be wrong.
#include "lib/Backend/SbplProxy.h"

#include "lib/Backend/SbplPatterns.h"

#include "llvm/ADT/STLExtras.h"

namespace srt::backend {

using ir::ActionId;

/// What the profile itself judges: unix sockets, and the loopback.
static bool isNear(const ir::Pattern &pattern) {
  const auto &endpoint = std::get<ir::EndpointPattern>(pattern.value);
  return endpoint.transport == ir::Transport::Unix || isLoopback(endpoint.host);
}

static bool isTcp(const ir::Pattern &pattern) {
  return std::get<ir::EndpointPattern>(pattern.value).transport ==
         ir::Transport::Tcp;
}

static bool isAnyHost(const ir::Pattern &pattern) {
  return std::get<ir::EndpointPattern>(pattern.value).host.kind ==
         ir::HostPattern::Kind::Any;
}

/// 127.0.0.1 with prefix 32, and the port.
static ir::Pattern proxyPattern(uint16_t port) {
  ir::EndpointPattern endpoint;
  endpoint.host.kind = ir::HostPattern::Kind::Address;
  endpoint.host.address[0] = 127;
  endpoint.host.address[3] = 1;
  endpoint.host.prefix = 32;
  endpoint.ports = {{port, port}};
  ir::Pattern pattern;
  pattern.value = std::move(endpoint);
  return pattern;
}

static bool reachesOut(const ir::Rule &rule) {
  return ir::resource(rule.actions.front()) == ir::Resource::Endpoint &&
         llvm::any_of(rule.actions, [](ActionId action) {
           return action != ActionId::Bind;
         });
}

/// True if the rule allows, or asks about, TCP to hosts that the proxy judges.
static bool goesThroughProxy(const ir::Rule &rule) {
  return reachesOut(rule) && rule.effect != ir::Effect::Deny &&
         llvm::is_contained(rule.actions, ActionId::Connect) &&
         llvm::any_of(rule.patterns, [](const ir::Pattern &pattern) {
           return isTcp(pattern) && !isNear(pattern);
         });
}

/// A deny of every host denies the loopback too. Of what is left of the others,
/// excepts on far hosts spare nothing.
static void keepNear(ir::Rule &rule) {
  bool isDeny = rule.effect == ir::Effect::Deny;
  auto isFar = [&](const ir::Pattern &pattern) {
    return !isNear(pattern) && !(isDeny && isAnyHost(pattern));
  };
  llvm::erase_if(rule.patterns, isFar);
  if (rule.patterns.empty())
    rule.excepts.clear();
}

/// The part of a rule that is on bind, where it is on other actions too. It has
/// no number of its own to lose, so it comes last.
static std::optional<ir::Rule> bindPart(const ir::Rule &rule) {
  if (rule.actions.size() == 1 ||
      !llvm::is_contained(rule.actions, ActionId::Bind))
    return std::nullopt;
  ir::Rule part = rule;
  part.actions = {ActionId::Bind};
  return part;
}

/// A question about what is near is nothing that a profile can put, and stays.
static void addProxy(ir::Rule &rule, uint16_t port) {
  bool isNearToo = !rule.patterns.empty();
  if (isNearToo && rule.effect == ir::Effect::Ask)
    return;
  if (!isNearToo)
    rule.actions = {ActionId::Connect};
  rule.effect = ir::Effect::Allow;
  rule.patterns.push_back(proxyPattern(port));
}

ir::Policy throughProxy(ir::Policy policy, uint16_t port) {
  std::vector<ir::Rule> binds;
  for (ir::Rule &rule : policy.rules) {
    if (!reachesOut(rule))
      continue;
    bool isProxied = goesThroughProxy(rule);
    if (std::optional<ir::Rule> part = bindPart(rule)) {
      binds.push_back(std::move(*part));
      llvm::erase(rule.actions, ActionId::Bind);
    }
    keepNear(rule);
    if (isProxied)
      addProxy(rule, port);
  }
  llvm::append_range(policy.rules, std::move(binds));
  return policy;
}

std::vector<ir::RuleId> judgedByProxy(const ir::Policy &policy) {
  std::vector<ir::RuleId> judged;
  for (uint32_t i = 0; i < policy.rules.size(); ++i)
    if (goesThroughProxy(policy.rules[i]))
      judged.push_back({i});
  return judged;
}

} // namespace srt::backend
