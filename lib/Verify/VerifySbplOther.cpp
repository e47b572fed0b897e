// lib/Verify/VerifySbplOther.cpp: names, endpoints and processes of a profile.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Verify/SbplParts.h"

#include "lib/Analysis/EndpointCells.h"
#include "lib/IR/PatternText.h"
#include "lib/Analysis/PatternItems.h"
#include "lib/Sim/EvalPolicy.h"

#include "llvm/ADT/STLExtras.h"

#include <set>

namespace srt::verify {

using automata::AtomSetId;
using automata::ItemId;
using ir::ActionId;
using Kind = Counterexample::Kind;

static constexpr llvm::StringLiteral kNoRule =
    "no rule can allow this operation";
static constexpr llvm::StringLiteral kWider =
    "the policy denies it, and the profile permits it";
static constexpr llvm::StringLiteral kNarrower =
    "the policy allows it, and the profile does not";

/// What differs between `allowed` and what the profile says, if something does.
static std::optional<Counterexample>
differenceOn(uint64_t actions, uint64_t allowed, uint64_t required,
             const SbplSays &says, const std::string &resource) {
  if (!says.open.empty())
    return Counterexample{Kind::Wider, says.open.str() + " " + resource,
                          kNoRule.str()};
  if (uint64_t wider = says.anywhere & actions & ~allowed)
    return Counterexample{Kind::Wider, firstAction(wider) + " " + resource,
                          kWider.str()};
  if (uint64_t narrower = required & actions & ~says.everywhere)
    return Counterexample{Kind::Narrower,
                          firstAction(narrower) + " " + resource,
                          kNarrower.str()};
  return std::nullopt;
}

namespace {
class NamesVerifier {
public:
  NamesVerifier(const ir::Policy &policy, const SbplModel &model)
      : policy(policy), model(model) {}
  Result run();

private:
  ItemId items();
  std::optional<Counterexample> compare(AtomSetId label, uint32_t answer,
                                        const std::string &name);

  const ir::Policy &policy;
  const SbplModel &model;
  automata::Budget budget;
  automata::AtomSets sets;
  automata::Items itemTable{sets};
  PatternItems patterns{itemTable};
  Meanings meanings{sets};
  std::optional<sim::SbplWords> words;
};
} // namespace

/// The names of all clauses, and the sysctls of the floor, as one item.
ItemId NamesVerifier::items() {
  std::vector<ItemId> all;
  std::map<uint32_t, uint32_t> pairs; // by rule
  for (const Clause &clause : clausesOf(policy, Space::Names)) {
    Meaning meaning{1u << Says, clause.effect, clause.actions, clause.part, 0};
    if (clause.part != Meaning::Part::Whole) {
      auto [it, isNew] = pairs.try_emplace(clause.rule.value, 0);
      if (isNew)
        it->second = meanings.freshPair();
      meaning.pair = it->second;
    }
    const auto &name = std::get<ir::NamePattern>(clause.pattern->value);
    all.push_back(patterns.glob(name.name, automata::allBut({0}),
                                itemTable.end(sets.of(meanings.atom(meaning)))));
  }
  Meaning floor{1u << Floor, ir::Effect::Allow, bitOf(ActionId::Sysctl),
                Meaning::Part::Whole, 0};
  for (llvm::StringRef name : sbplFloorSysctls())
    all.push_back(patterns.glob(ir::Glob::ofLiteral(name), automata::allBut({0}),
                                itemTable.end(sets.of(meanings.atom(floor)))));
  return itemTable.anyOf(all);
}

std::optional<Counterexample>
NamesVerifier::compare(AtomSetId label, uint32_t answer,
                       const std::string &name) {
  sim::SbplRequest request;
  request.target = sim::SbplTarget::Others;
  SbplSays says = model.says(request, [&](size_t profile, uint32_t filter) {
    return words->holds(answer, profile, filter);
  });
  Outcome said = meanings.outcome(label, Says);
  uint64_t floor =
      meanings.outcome(label, Floor).allowed & ~said.denied & ~said.asked;
  uint64_t names = bitOf(ActionId::Mach) | bitOf(ActionId::Sysctl) |
                   bitOf(ActionId::Iokit);
  return differenceOn(names, said.permitted() | floor, said.permitted(), says,
                      name);
}

Result NamesVerifier::run() {
  ItemId all = items();
  words.emplace(model.all(), sim::SbplText::Names);
  automata::Subsets subsets(itemTable, budget, [&](AtomSetId settled, AtomSetId reach) {
    return meanings.absorbs(settled, reach);
  });
  SbplGraph graph(automata::texts(), subsets, *words);
  Result result;
  result.isComplete = graph.build(subsets.of({all})) && !budget.isSpent();
  std::set<std::pair<uint32_t, uint32_t>> met;
  // Node 0 is the empty name, which nothing has.
  for (uint32_t i = 1; i < graph.size() && !result.counterexample; ++i) {
    AtomSetId label = subsets[graph[i].said].label;
    uint32_t answer = words->answers(graph[i].profile);
    if (graph.isWord(i) && met.insert({label.value, answer}).second)
      result.counterexample = compare(label, answer, graph.word(i));
  }
  return result;
}

Result verifySbplNames(const ir::Policy &policy, const SbplModel &model) {
  return NamesVerifier(policy, model).run();
}

/// More combinations of hosts and ports are not looked at.
static constexpr size_t kMostEvents = 1'000'000;

/// Hosts that profiles tell apart, or should not: both kinds of loopback, the
/// third that `localhost` leaves out, and all others.
static std::vector<ir::HostPattern> tellingHosts() {
  ir::HostPattern any, v4, v6, mapped;
  v4 = {ir::HostPattern::Kind::Address, "", false, {127, 0, 0, 1}, 32};
  v6 = {ir::HostPattern::Kind::Address, "", true, {}, 128};
  v6.address[15] = 1;
  mapped = v6;
  mapped.address = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 127, 0, 0, 1};
  return {any, v4, v6, mapped};
}

/// The telling hosts with every port that a profile names.
static std::vector<ir::EndpointPattern>
profilePatterns(const SbplModel &model) {
  std::set<uint16_t> ports = {443};
  for (const sim::SbplFilters *filters : model.filters())
    for (const sim::SbplFilter &filter : *filters)
      if (filter.port)
        ports.insert(*filter.port);
  std::vector<ir::EndpointPattern> patterns;
  for (const ir::HostPattern &host : tellingHosts())
    for (uint16_t port : ports)
      for (auto transport : {ir::Transport::Tcp, ir::Transport::Udp})
        patterns.push_back({transport, host, {{port, port}}, {}, {}});
  return patterns;
}

static sim::SbplSocket socketOf(const EndpointEvent &event) {
  sim::SbplSocket socket;
  socket.isUdp = event.transport == ir::Transport::Udp;
  socket.isV6 = event.address && event.address->isV6;
  unsigned __int128 loopback = socket.isV6 ? 1 : 0x7f000001;
  socket.isLocalhost = event.address && event.address->value == loopback;
  socket.port = event.port;
  return socket;
}

static uint64_t permittedOn(const ir::Policy &policy,
                            const EndpointEvent &event) {
  auto isIt = [&](const ir::Pattern &pattern) {
    auto *endpoint = std::get_if<ir::EndpointPattern>(&pattern.value);
    return endpoint && matches(*endpoint, event);
  };
  Outcome outcome;
  for (const ir::Rule &rule : policy.rules)
    if (llvm::any_of(rule.patterns, isIt) && !llvm::any_of(rule.excepts, isIt))
      addEffect(outcome, rule.effect, actionBits(rule));
  return outcome.permitted();
}

/// True for ::ffff:127.0.0.1 and the like, which a rule on 127.0.0.1 means too
/// and `localhost` in a profile does not.
static bool mayCarryV4(const EndpointEvent &event) {
  return event.address && event.address->isV6 && event.address->value != 1;
}

static std::optional<Counterexample> compare(const ir::Policy &policy,
                                             const SbplModel &model,
                                             const EndpointEvent &event) {
  uint64_t allowed = permittedOn(policy, event);
  // UDP needs both `connect` and `send`, which a policy may tell apart.
  bool isExact = event.transport == ir::Transport::Tcp && !mayCarryV4(event);
  sim::SbplRequest out, in;
  out.target = in.target = sim::SbplTarget::Others;
  out.remote = in.local = socketOf(event);
  uint64_t outward = bitOf(ActionId::Connect);
  if (event.transport == ir::Transport::Udp)
    outward |= bitOf(ActionId::Send);
  auto found = differenceOn(outward, allowed, isExact ? allowed : 0,
                            model.says(out), wordOf(event));
  if (!found)
    found = differenceOn(bitOf(ActionId::Bind), allowed, isExact ? allowed : 0,
                         model.says(in), wordOf(event));
  return found;
}

Result verifySbplEndpoints(const ir::Policy &policy, const SbplModel &model) {
  std::vector<ir::EndpointPattern> own = profilePatterns(model);
  std::vector<const ir::EndpointPattern *> all;
  for (const ir::EndpointPattern &pattern : own)
    all.push_back(&pattern);
  for (const ir::Rule &rule : policy.rules)
    for (const auto *list : {&rule.patterns, &rule.excepts})
      for (const ir::Pattern &pattern : *list)
        if (auto *endpoint = std::get_if<ir::EndpointPattern>(&pattern.value))
          all.push_back(endpoint);
  Result result;
  auto events = endpointEvents(all, kMostEvents);
  result.isComplete = events.has_value();
  for (const EndpointEvent &event :
       events.value_or(std::vector<EndpointEvent>())) {
    result.counterexample = compare(policy, model, event);
    if (result.counterexample)
      break;
  }
  return result;
}

Result verifySbplSubjects(const ir::Policy &policy, const SbplModel &model) {
  Result result;
  // Every profile lets a process deal with itself.
  for (auto [subject, target] :
       {std::pair(ir::SubjectPattern::Sandbox, sim::SbplTarget::SameSandbox),
        std::pair(ir::SubjectPattern::All, sim::SbplTarget::Others)}) {
    sim::SbplRequest request;
    request.target = target;
    uint64_t allowed = 0;
    for (ActionId leaf : {ActionId::Signal, ActionId::Trace})
      if (sim::evalPolicy(policy, {}, {leaf, subject}).effect ==
          ir::Effect::Allow)
        allowed |= bitOf(leaf);
    result.counterexample = differenceOn(
        bitOf(ActionId::Signal) | bitOf(ActionId::Trace), allowed, allowed,
        model.says(request), ir::text(ir::Pattern{subject, {}}, {}));
    if (result.counterexample)
      break;
  }
  return result;
}

} // namespace srt::verify
