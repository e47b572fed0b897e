// lib/Backend/SeccompArgs.cpp: the decision on one syscall's arguments as nodes.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Backend/SeccompArgs.h"

#include "lib/Backend/SeccompSearch.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

namespace srt::backend {

static constexpr uint32_t kAllBits = ~uint32_t(0);

/// struct seccomp_data: args[i] at 16 + 8 i. Every architecture here is
/// little-endian, so the low half comes first.
static uint32_t offsetOf(Variable variable) {
  return 16 + 8 * variable.index + (variable.isLow ? 0 : 4);
}

namespace {
using StateId = Id<struct StateTag>;

/// Values from `first` on leave the formula of state `next`.
struct Way {
  uint32_t first;
  StateId next;
};

/// A formula that is still open, and what each answer leaves of it.
struct State {
  const Formula *formula; // a key of `known`, whose nodes stay where they are
  Variable variable;
  std::vector<Way> ways;
  NodeId fresh{}; // on entry A may hold anything
  NodeId loaded{}; // on entry A holds the half that `variable` is of
};

/// The graph of all formulas that answers lead to.
class Graph {
public:
  Graph(NodePool &pool, Outcomes outcomes, uint64_t &work, Order order)
      : pool(pool), outcomes(outcomes), order(order), work(work) {}
  /// Nothing if the graph grows past its bounds.
  std::optional<NodeId> build(const Formula &formula);

private:
  StateId stateOf(Formula formula);
  bool explore(StateId id);
  void assemble(State &state);
  NodeId entry(StateId id, std::optional<Variable> inA) const;
  NodeId treeOf(const State &state, std::optional<Variable> inA);

  static constexpr size_t kMostStates = kMaxInstructions;

  NodePool &pool;
  Outcomes outcomes;
  Order order;
  std::map<Formula, StateId> known;
  std::vector<State> states;
  uint64_t &work; // left
};
} // namespace

StateId Graph::stateOf(Formula formula) {
  auto [at, isNew] =
      known.try_emplace(std::move(formula), StateId{uint32_t(states.size())});
  if (isNew) {
    State &state = states.emplace_back();
    state.formula = &at->first;
    if (at->first.isAllowed())
      state.fresh = state.loaded = outcomes.allowed;
    else if (at->first.isDenied())
      state.fresh = state.loaded = outcomes.denied;
    else if (at->first.isNotified())
      state.fresh = state.loaded = outcomes.notified;
    else
      state.variable = nextVariable(at->first, order);
  }
  return at->second;
}

static bool isClosed(const Formula &formula) {
  return formula.isAllowed() || formula.isDenied() || formula.isNotified();
}

/// Finds where each value of the state's variable leads; false if that is too
/// much.
bool Graph::explore(StateId id) {
  const Formula &formula = *states[id.value].formula;
  Variable variable = states[id.value].variable;
  std::vector<uint32_t> cuts = cutsOf(formula, variable);
  std::vector<Way> ways;
  for (size_t i = 0; i < cuts.size(); ++i) {
    bool isSingle = i + 1 < cuts.size() ? cuts[i + 1] == cuts[i] + 1
                                        : cuts[i] == kAllBits;
    bool isWhole = isSingle && variable.mask == kAllBits;
    uint64_t cost = formula.openHalves();
    if (work < cost || states.size() > kMostStates)
      return false;
    work -= cost;
    StateId next = stateOf(answered(formula, variable, cuts[i], isWhole));
    if (ways.empty() || ways.back().next != next)
      ways.push_back({cuts[i], next});
  }
  states[id.value].ways = std::move(ways);
  return true;
}

/// `inA`: the half whose value A holds.
NodeId Graph::entry(StateId id, std::optional<Variable> inA) const {
  const State &state = states[id.value];
  bool isLoaded = inA && inA->index == state.variable.index &&
                  inA->isLow == state.variable.isLow;
  return isLoaded ? state.loaded : state.fresh;
}

NodeId Graph::treeOf(const State &state, std::optional<Variable> inA) {
  std::vector<Interval> intervals;
  for (const Way &way : state.ways)
    intervals.push_back({way.first, entry(way.next, inA)});
  return searchTree(pool, std::move(intervals));
}

/// Requires: the states that the ways lead to are assembled.
void Graph::assemble(State &state) {
  Variable variable = state.variable;
  uint32_t mask = variable.mask;
  auto wayOf = [&](uint32_t value) {
    auto behind = llvm::upper_bound(state.ways, value,
                                    [](uint32_t value, const Way &way) {
                                      return value < way.first;
                                    });
    return entry(std::prev(behind)->next, variable);
  };
  // Of one bit, or if all but 0 is the same, `jset` leaves A as it is.
  bool isZeroOrNot = llvm::isPowerOf2_32(mask) ||
                     (state.ways.size() == 2 && state.ways[1].first == 1);
  if (mask == kAllBits)
    state.loaded = treeOf(state, variable);
  else if (isZeroOrNot)
    state.loaded = pool.test(kJset, mask, wayOf(mask), wayOf(0));
  else
    state.loaded = pool.mask(mask, treeOf(state, std::nullopt));
  state.fresh = pool.load(offsetOf(variable), state.loaded);
}

std::optional<NodeId> Graph::build(const Formula &formula) {
  StateId first = stateOf(formula);
  std::vector<std::pair<size_t, uint32_t>> found; // fewest open halves first
  for (uint32_t i = 0; i < states.size(); ++i) {
    if (isClosed(*states[i].formula))
      continue;
    if (!explore({i}))
      return std::nullopt;
    found.push_back({states[i].formula->openHalves(), i});
  }
  llvm::sort(found);
  for (auto [halves, i] : found)
    assemble(states[i]);
  return states[first.value].fresh;
}

/// One term after the other:
///       <term 1 of deny: denied, or go on>
///       ...
///       <term 1 of allow: permitted, or go on>
///       ...
///       denied
///   permitted:
///       <term 1 of notify: notified, or go on>
///       ...
///       allowed
static std::optional<NodeId> chain(NodePool &pool, const Formula &formula,
                                   Outcomes outcomes, uint64_t &work) {
  bool isFree = llvm::is_contained(formula.allow, Term());
  NodeId denied = outcomes.denied;
  std::optional<NodeId> permitted = outcomes.allowed;
  // Each graph below decides between two ways; none is to the broker.
  auto choose = [&](const Term &term, NodeId then, NodeId otherwise) {
    return Graph(pool, {then, otherwise, otherwise}, work, Order::MostAsked)
        .build({{}, {term}, {}});
  };
  for (const Term &term : llvm::reverse(formula.notify))
    if (permitted)
      permitted = choose(term, outcomes.notified, *permitted);
  std::optional<NodeId> node = isFree ? permitted : denied;
  for (const Term &term : llvm::reverse(formula.allow))
    if (node && permitted && !isFree)
      node = choose(term, *permitted, *node);
  for (const Term &term : llvm::reverse(formula.deny))
    if (node && permitted)
      node = choose(term, denied, *node);
  return permitted ? node : std::nullopt;
}

std::optional<NodeId> decide(NodePool &pool, const Formula &formula,
                             Outcomes outcomes, uint64_t &work) {
  // The row is cheap; whatever a graph may cost must leave enough for it.
  std::optional<NodeId> row = chain(pool, formula, outcomes, work);
  std::optional<NodeId> graph;
  for (Order order : {Order::MostAsked, Order::ShortestTerm}) {
    uint64_t half = work / 2, before = half;
    std::optional<NodeId> next =
        Graph(pool, outcomes, half, order).build(formula);
    work -= before - half;
    if (next && (!graph || pool.reach(*next) < pool.reach(*graph)))
      graph = next;
  }
  if (!graph || !row)
    return graph ? graph : row;
  size_t length = pool.reach(*row);
  return pool.reach(*graph) <= length + length / 2 ? graph : row;
}

} // namespace srt::backend
