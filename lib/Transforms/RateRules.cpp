// lib/Transforms/RateRules.cpp: the least kernel and the cost of every rule.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Transforms/PathGrants.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"

namespace srt {

using ir::ActionId;

namespace {
/// The Landlock bits that carry a rule.
struct Rights {
  uint64_t fs = 0, net = 0, scopes = 0;
};
} // namespace

static void addEndpoint(ActionId leaf, const ir::EndpointPattern &endpoint,
                        Rights &rights) {
  bool isBind = leaf == ActionId::Bind;
  switch (endpoint.transport) {
  case ir::Transport::Tcp:
    rights.net |= isBind ? kernel::kNetBindTcp : kernel::kNetConnectTcp;
    return;
  case ir::Transport::Udp:
    rights.net |= isBind ? kernel::kNetBindUdp : kernel::kNetConnectSendUdp;
    return;
  case ir::Transport::Unix:
    if (endpoint.path)
      rights.fs |= fileRightsOf(leaf);
    else
      rights.scopes |= kernel::kScopeAbstractUnix;
    return;
  }
  llvm_unreachable("unknown transport");
}

static void addLeaf(ActionId leaf, const ir::Rule &rule, Rights &rights) {
  switch (ir::resource(leaf)) {
  case ir::Resource::Path:
  case ir::Resource::Command:
    rights.fs |= fileRightsOf(leaf);
    return;
  case ir::Resource::Endpoint:
    for (const ir::Pattern &pattern : rule.patterns)
      addEndpoint(leaf, std::get<ir::EndpointPattern>(pattern.value), rights);
    return;
  case ir::Resource::Subject:
    if (leaf == ActionId::Signal)
      rights.scopes |= kernel::kScopeSignal;
    return;
  case ir::Resource::Syscall:
  case ir::Resource::Name:
    return;
  }
  llvm_unreachable("unknown resource");
}

/// The least ABI with those of the rule's bits that the plan makes use of.
static unsigned abiOf(const ir::Plan &plan, const ir::Rule &rule) {
  Rights rights;
  for (ActionId leaf : ir::leafActions())
    if (speaksOf(rule, leaf))
      addLeaf(leaf, rule, rights);
  unsigned abi =
      kernel::leastAbi(rights.fs & plan.handledFs, rights.net & plan.handledNet,
                       rights.scopes & plan.scoped);
  return std::max(abi, 1u);
}

/// SECCOMP_RET_KILL_PROCESS is the newest thing that every filter has: v4.14,
/// include/uapi/linux/seccomp.h. The broker's is WAIT_KILLABLE_RECV.
static ir::Release releaseOf(const ir::Plan &plan, const ir::Rule &rule,
                             ir::Mechanism mechanism) {
  switch (mechanism) {
  case ir::Mechanism::Landlock:
    return ir::releaseNamed(kernel::firstRelease(abiOf(plan, rule)))
        .value_or(ir::Release());
  case ir::Mechanism::Seccomp:
    return {4, 14};
  case ir::Mechanism::Broker:
    return {5, 19};
  case ir::Mechanism::Loader: // PR_SET_NO_NEW_PRIVS
    return {3, 5};
  case ir::Mechanism::Nothing:
    return {};
  }
  llvm_unreachable("unknown mechanism");
}

void rateRules(Lowering &lowering) {
  for (uint32_t i = 0; i < lowering.policy().rules.size(); ++i) {
    const ir::Rule &rule = lowering.policy().rules[i];
    ir::Decision &decision = lowering.plan.decisions[i];
    for (ir::Mechanism mechanism : decision.mechanisms)
      decision.since = std::max(
          decision.since, releaseOf(lowering.plan, rule, mechanism));
    if (!decision.mechanisms.empty())
      decision.cost = ir::costOf(rule, decision.mechanisms);
  }
}

} // namespace srt
