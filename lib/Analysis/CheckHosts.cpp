// lib/Analysis/CheckHosts.cpp: names beside addresses that they must not lead to.
// SPDX-License-Identifier: Apache-2.0
//
// A name never leads to a private address unless an address rule allows that
// too (docs/Language.md, "Endpoints"). Where one does, whoever answers for the
// name chooses the machine inside (DNS rebinding).
#include "lib/Analysis/Checks.h"
#include "lib/Analysis/Decide.h"
#include "lib/Analysis/EndpointCells.h"

#include "lib/IR/PatternText.h"

#include "llvm/ADT/STLExtras.h"

namespace srt {

namespace {
/// One pattern of an allowed connection.
struct Allowed {
  ir::RuleId rule;
  const ir::Pattern *pattern;
  const ir::EndpointPattern *endpoint;
};
} // namespace

static std::vector<Allowed> allowedIn(const ir::Policy &policy) {
  std::vector<Allowed> found;
  for (uint32_t i = 0; i < policy.rules.size(); ++i) {
    const ir::Rule &rule = policy.rules[i];
    if (rule.effect != ir::Effect::Allow ||
        !llvm::is_contained(rule.actions, ir::ActionId::Connect))
      continue;
    for (const ir::Pattern &pattern : rule.patterns)
      found.push_back({{i}, &pattern, &std::get<ir::EndpointPattern>(pattern.value)});
  }
  return found;
}

static bool isName(const ir::EndpointPattern &endpoint) {
  return endpoint.transport != ir::Transport::Unix &&
         (endpoint.host.kind == ir::HostPattern::Kind::Name ||
          endpoint.host.kind == ir::HostPattern::Kind::Suffix);
}

/// A private address and a port that both patterns are about, or nothing.
static std::optional<EndpointEvent> shared(const ir::EndpointPattern &name,
                                           const ir::EndpointPattern &address) {
  if (address.host.kind != ir::HostPattern::Kind::Address ||
      address.transport != name.transport)
    return std::nullopt;
  auto events = endpointEvents({&name, &address}, 100'000);
  for (EndpointEvent &event : events.value_or(std::vector<EndpointEvent>())) {
    if (!event.address || event.name.empty() || !matches(address, event))
      continue;
    EndpointEvent without = event;
    without.address.reset();
    // The name would do without the address, and does not do with it.
    if (matches(name, without) && !matches(name, event))
      return event;
  }
  return std::nullopt;
}

void checkHosts(const ir::Policy &policy, CheckDepth depth,
                DiagnosticEngine &diags) {
  if (depth != CheckDepth::Remarks)
    return;
  std::vector<Allowed> all = allowedIn(policy);
  constexpr size_t kMost = 200; // pairs grow with the square
  if (all.size() > kMost)
    return;
  for (const Allowed &name : all)
    for (const Allowed &address : all) {
      if (!isName(*name.endpoint))
        continue;
      std::optional<EndpointEvent> event =
          shared(*name.endpoint, *address.endpoint);
      if (!event)
        continue;
      diags.report(name.pattern->range, diag::NameBesidePrivate,
                   ir::text(*name.pattern, policy.params),
                   ir::text(*address.pattern, policy.params))
          .hint("for example: connect " + wordOf(*event))
          .note(address.pattern->range, "this address rule opens the way");
      break;
    }
}

} // namespace srt
