// lib/Verify/VerifyEndpoints.cpp: the broker's endpoints against the policy.
// SPDX-License-Identifier: Apache-2.0
//
// The table is the rules themselves, pattern by pattern, so it is held against
// them one by one: any difference at all is a fault.
#include "lib/Verify/Verify.h"

#include "lib/IR/PatternText.h"
#include "lib/Sim/BrokerModel.h"

#include "llvm/ADT/STLExtras.h"

namespace srt::verify {

namespace {
/// One line of the table, in words.
struct Line {
  uint32_t rule;
  std::string text;
  friend bool operator==(const Line &, const Line &) = default;
};
} // namespace

static std::string lineOf(ir::Effect effect, uint32_t actions, bool isExcept,
                          const ir::EndpointPattern &pattern) {
  return ir::spelling(effect).str() + " " + std::to_string(actions) +
         (isExcept ? " except " : " ") + ir::text(pattern, {});
}

static std::vector<Line> written(const sim::Bundle &bundle) {
  const srt_view &view = bundle.view();
  std::vector<Line> lines;
  for (uint32_t i = 0; i < view.endpoint_count; ++i) {
    const srt_endpoint &record = view.endpoints[i];
    ir::Effect effect = record.effect == SRT_EFFECT_ALLOW ? ir::Effect::Allow
                        : record.effect == SRT_EFFECT_ASK ? ir::Effect::Ask
                                                          : ir::Effect::Deny;
    lines.push_back({record.rule,
                     lineOf(effect, record.actions, record.is_except,
                            sim::endpointOf(bundle, record))});
  }
  return lines;
}

static uint32_t actionsOf(const ir::Rule &rule) {
  uint32_t actions = 0;
  for (ir::ActionId leaf : ir::leafActions())
    if (actionBits(rule) & bitOf(leaf))
      actions |= sim::netActOf(leaf);
  return actions;
}

static void addPattern(std::vector<Line> &lines, uint32_t id,
                       const ir::Rule &rule, bool isExcept, bool isUnixToo,
                       const ir::Pattern &pattern) {
  auto *endpoint = std::get_if<ir::EndpointPattern>(&pattern.value);
  if (!endpoint)
    return;
  if (endpoint->abstract && isUnixToo)
    lines.push_back({id, lineOf(rule.effect, actionsOf(rule), isExcept, *endpoint)});
  for (ir::PortRange range : endpoint->ports) {
    ir::EndpointPattern single = *endpoint;
    single.ports = {range};
    lines.push_back({id, lineOf(rule.effect, actionsOf(rule), isExcept, single)});
  }
}

static std::vector<Line> demanded(const ir::Policy &policy, bool isUnixToo) {
  std::vector<Line> lines;
  for (uint32_t i = 0; i < policy.rules.size(); ++i) {
    const ir::Rule &rule = policy.rules[i];
    size_t before = lines.size();
    for (const ir::Pattern &pattern : rule.patterns)
      addPattern(lines, i, rule, false, isUnixToo, pattern);
    if (lines.size() == before)
      continue;
    for (const ir::Pattern &except : rule.excepts)
      addPattern(lines, i, rule, true, isUnixToo, except);
  }
  return lines;
}

Result verifyEndpoints(const ir::Plan &plan, const sim::Bundle &bundle) {
  const srt_network *network = bundle.view().network;
  auto differs = [](std::string event, llvm::StringRef why) {
    return Result{Counterexample{Counterexample::Kind::Otherwise,
                                 std::move(event), why.str()},
                  true};
  };
  if (plan.network.has_value() != (network != nullptr))
    return differs("any endpoint", "only one of plan and bundle judges sockets");
  if (!network)
    return {};
  if (plan.network->names != ((network->flags & SRT_NETWORK_NAMES) != 0))
    return differs("any name", "only one of plan and bundle answers for names");
  bool isUnixToo = plan.network->unixes;
  if (isUnixToo != ((network->flags & SRT_NETWORK_UNIX) != 0))
    return differs("any unix socket", "only one of plan and bundle judges it");
  std::vector<Line> table = written(bundle);
  std::vector<Line> rules = demanded(withoutAccepted(plan), isUnixToo);
  for (size_t i = 0; i < std::max(table.size(), rules.size()); ++i) {
    const Line *here = i < table.size() ? &table[i] : nullptr;
    const Line *there = i < rules.size() ? &rules[i] : nullptr;
    if (!here || !there || !(*here == *there))
      return differs("an endpoint of rule " +
                         ir::ruleName({(there ? there : here)->rule}),
                     "the table says `" + (here ? here->text : "nothing") +
                         "`, the policy `" + (there ? there->text : "nothing") +
                         "`");
  }
  return {};
}

} // namespace srt::verify
