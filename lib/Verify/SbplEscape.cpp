// lib/Verify/SbplEscape.cpp: moving what rules withhold out of their sight.
// SPDX-License-Identifier: Apache-2.0
//
// rename(2) is judged on the two names only (unlink one, create the other), not
// on what lies beneath. So for any two places between which a profile lets
// something be moved, whatever rules withhold at or beneath the first must not
// be permitted at or beneath the second. Places with equal futures are taken
// together (Moore 1956), so the pairs are few.
#include "lib/Verify/SbplParts.h"

#include "llvm/ADT/Hashing.h"
#include "llvm/ADT/STLExtras.h"

#include <set>
#include <unordered_map>

namespace srt::verify {

using ir::ActionId;

namespace {
/// Nodes by what holds at them and at every word beneath.
struct Futures {
  std::vector<uint32_t> classOf; // by node
  std::vector<uint32_t> sample;  // by class: a node
  std::vector<uint64_t> bits;    // by class: what holds at its words
};

class EscapeSearch {
public:
  EscapeSearch(const SbplGraph &graph, const SbplVerdicts &verdicts)
      : graph(graph), verdicts(verdicts) {}
  bool run();
  std::string escape, why;

private:
  /// A place to move from and one to move to, as classes of futures.
  struct Pair {
    uint32_t from, to;
    uint32_t parent; // index into `pairs`, or itself
    uint8_t byte;    // that led here
  };
  enum class Moves : uint8_t { File, Directory };

  void begin(Moves moves);
  void meet(Pair pair);
  void goOn(uint32_t index);
  bool isEscape(const Pair &pair) const;
  void tell(uint32_t index, Moves moves);

  const SbplGraph &graph;
  const SbplVerdicts &verdicts;
  Futures withheld, permitted;
  std::vector<Pair> pairs;
  std::vector<std::pair<uint32_t, uint32_t>> origins; // nodes, by seed
  std::set<std::tuple<uint32_t, uint32_t, bool>> known;
};
} // namespace

namespace {
/// Splits classes until nodes of one class have successors of one class.
class Refinement {
public:
  Refinement(const SbplGraph &graph, const std::vector<uint64_t> &bits)
      : graph(graph), bits(bits), classOf(graph.size(), 0) {}
  Futures run();

private:
  uint32_t round();
  size_t hashOf(uint32_t node) const;
  bool isAlike(uint32_t a, uint32_t b) const;
  uint32_t behind(uint32_t node) const {
    return node == SbplGraph::kNone ? node : classOf[node];
  }

  const SbplGraph &graph;
  const std::vector<uint64_t> &bits;
  std::vector<uint32_t> classOf;
};
} // namespace

size_t Refinement::hashOf(uint32_t node) const {
  size_t hash = llvm::hash_combine(classOf[node], bits[node], graph.isWord(node));
  for (uint32_t to : graph.row(node))
    hash = hash * 0x9e3779b97f4a7c15u + behind(to);
  return hash;
}

bool Refinement::isAlike(uint32_t a, uint32_t b) const {
  if (classOf[a] != classOf[b] || bits[a] != bits[b] ||
      graph.isWord(a) != graph.isWord(b))
    return false;
  for (auto [toA, toB] : llvm::zip_equal(graph.row(a), graph.row(b)))
    if (behind(toA) != behind(toB))
      return false;
  return true;
}

/// Splits once; returns the number of classes.
uint32_t Refinement::round() {
  std::unordered_map<size_t, std::vector<std::pair<uint32_t, uint32_t>>> met;
  std::vector<uint32_t> next(graph.size());
  uint32_t count = 0;
  for (uint32_t i = 0; i < graph.size(); ++i) {
    auto &alike = met[hashOf(i)]; // a node of each class, and the class
    auto it = llvm::find_if(
        alike, [&](auto entry) { return isAlike(entry.first, i); });
    if (it == alike.end()) {
      alike.push_back({i, count++});
      it = std::prev(alike.end());
    }
    next[i] = it->second;
  }
  classOf = std::move(next);
  return count;
}

Futures Refinement::run() {
  uint32_t before = 0, count = 1;
  while (count != before)
    before = std::exchange(count, round());
  Futures futures{classOf, std::vector<uint32_t>(count),
                  std::vector<uint64_t>(count)};
  for (uint32_t i = graph.size(); i-- > 0;) {
    futures.sample[classOf[i]] = i;
    futures.bits[classOf[i]] = bits[i];
  }
  return futures;
}

void EscapeSearch::meet(Pair pair) {
  bool isSeed = pair.parent == pairs.size();
  if (known.insert({pair.from, pair.to, isSeed}).second)
    pairs.push_back(pair);
}

/// Collects the pairs of places between which something may be moved.
void EscapeSearch::begin(Moves moves) {
  pairs.clear();
  origins.clear();
  known.clear();
  std::map<uint32_t, uint32_t> from, to; // classes and a node of each
  for (uint32_t i = 1; i < graph.size(); ++i) {
    const SbplSays *says = verdicts.says[i];
    if (!says)
      continue;
    uint64_t there = moves == Moves::File ? says->asFile : says->asDirectory;
    if (there & bitOf(ActionId::WriteDelete))
      from.try_emplace(withheld.classOf[i], i);
    if (there & bitOf(ActionId::WriteCreate))
      to.try_emplace(permitted.classOf[i], i);
  }
  for (auto [fromClass, fromNode] : from)
    for (auto [toClass, toNode] : to) {
      meet({fromClass, toClass, uint32_t(pairs.size()), 0});
      origins.push_back({fromNode, toNode});
    }
}

bool EscapeSearch::isEscape(const Pair &pair) const {
  return withheld.bits[pair.from] & permitted.bits[pair.to];
}

void EscapeSearch::goOn(uint32_t index) {
  Pair pair = pairs[index];
  llvm::ArrayRef<uint32_t> from = graph.row(withheld.sample[pair.from]);
  llvm::ArrayRef<uint32_t> to = graph.row(permitted.sample[pair.to]);
  // What lies beneath a place goes on with a slash.
  bool isSeed = pair.parent == index;
  for (size_t i = 0; i < from.size(); ++i)
    if (from[i] != SbplGraph::kNone && to[i] != SbplGraph::kNone &&
        (!isSeed || graph.sample(i) == '/'))
      meet({withheld.classOf[from[i]], permitted.classOf[to[i]], index,
            graph.sample(i)});
}

void EscapeSearch::tell(uint32_t index, Moves moves) {
  uint64_t bits = withheld.bits[pairs[index].from] &
                  permitted.bits[pairs[index].to];
  std::string rest;
  uint32_t seed = index;
  for (; pairs[seed].parent != seed; seed = pairs[seed].parent)
    rest += char(pairs[seed].byte);
  std::reverse(rest.begin(), rest.end());
  auto [from, to] = origins[seed];
  escape = "write.rename " + graph.word(from) + " to " + graph.word(to);
  why = "then " + firstAction(bits) + " " + graph.word(to) + rest +
        " is permitted, and a rule withholds " + graph.word(from) + rest +
        (moves == Moves::File ? "" : " beneath the directory");
}

bool EscapeSearch::run() {
  if (llvm::all_of(verdicts.withheld, [](uint64_t bits) { return bits == 0; }))
    return false;
  std::vector<uint64_t> grants;
  for (const SbplSays *says : verdicts.says)
    grants.push_back(says ? says->anywhere : 0);
  withheld = Refinement(graph, verdicts.withheld).run();
  permitted = Refinement(graph, grants).run();
  for (Moves moves : {Moves::File, Moves::Directory}) {
    begin(moves);
    for (uint32_t i = 0; i < pairs.size(); ++i) {
      if (isEscape(pairs[i])) {
        tell(i, moves);
        return true;
      }
      if (moves == Moves::Directory)
        goOn(i);
    }
  }
  return false;
}

bool findEscape(const SbplGraph &graph, const SbplVerdicts &verdicts,
                std::string &escape, std::string &why) {
  EscapeSearch search(graph, verdicts);
  if (!search.run())
    return false;
  escape = search.escape;
  why = search.why;
  return true;
}

} // namespace srt::verify
