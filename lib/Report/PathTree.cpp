// lib/Report/PathTree.cpp: the places that a policy names, as one tree.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Report/PathTree.h"

#include "lib/IR/GlobText.h"

#include <algorithm>
#include <deque>

namespace srt::report {

namespace {
/// Deeper places are left out; browsers nest elements only so far.
constexpr size_t kMaxDepth = 20;
/// Rules asked for all places together that begin nowhere; then fewer places
/// are shown, but always some.
constexpr size_t kMaxAsked = 2'000'000;
constexpr size_t kLeastPlaces = 40;
/// Patterns for every place that are repeated below each param.
constexpr size_t kMaxEverywhere = 32;

/// A place while patterns are still added.
struct Grown {
  std::string name, example;
  bool isNamed = false, isWild = false;
  std::map<std::string, uint32_t> children;
  size_t places = 0; // that are named here and beneath
};

/// A place that is to be shown: the last of a chain of places without a choice.
struct Chosen {
  uint32_t grown;
  uint32_t shown; // index of its node
  size_t depth;
};

class TreeMaker {
public:
  TreeMaker(const Facts &facts, const Examples &examples)
      : facts(facts), examples(examples), nowJudge(facts.now) {
    if (facts.before)
      beforeJudge.emplace(*facts.before);
    size_t asked = 1 + nowJudge.rulesWithoutBeginning();
    most = std::clamp(kMaxAsked / asked, kLeastPlaces, kMaxPlaces);
  }
  PathTree make();

private:
  void addAll(const Subject &subject);
  void add(const ir::PathPattern &path, const Subject &subject);
  uint32_t rootFor(const std::string &name, const std::string &place);
  void addBelow(uint32_t at, llvm::ArrayRef<ir::Segment> segments);
  uint32_t childOf(uint32_t at, const std::string &name,
                   const std::string &example, bool isWild);
  void addEverywhere();
  void count();
  uint32_t shorten(uint32_t at, std::string &name) const;
  uint32_t show(uint32_t at, std::string name);
  void showBeneath(const Chosen &parent);

  const Facts &facts;
  const Examples &examples;
  Judge nowJudge;
  std::optional<Judge> beforeJudge;
  size_t most = kMaxPlaces;
  std::vector<Grown> grown; // parents before children
  std::map<std::string, uint32_t> roots;
  /// Patterns for every place, `/**/x`: they hold below the params, too.
  std::vector<std::vector<ir::Segment>> everywhere;
  std::deque<Chosen> queue;
  PathTree tree;
};
} // namespace

uint32_t TreeMaker::rootFor(const std::string &name, const std::string &place) {
  // One name may stand for two places, in two policies.
  auto [it, isNew] = roots.try_emplace(name + '\0' + place, grown.size());
  if (isNew)
    grown.push_back({name, place, false, false, {}, 0});
  return it->second;
}

uint32_t TreeMaker::childOf(uint32_t at, const std::string &name,
                            const std::string &example, bool isWild) {
  auto [it, isNew] = grown[at].children.try_emplace(name, grown.size());
  uint32_t child = it->second;
  if (isNew)
    grown.push_back({name, joinedPath(grown[at].example, example), false,
                     isWild || grown[at].isWild, {}, 0});
  return child;
}

void TreeMaker::addBelow(uint32_t at, llvm::ArrayRef<ir::Segment> segments) {
  std::string before; // `**/`, which is no place of its own
  for (const ir::Segment &segment : segments) {
    if (segment.kind == ir::Segment::Kind::AnyDepth) {
      before = "**/";
      continue;
    }
    bool isWild = !before.empty() || !segment.name.isLiteral();
    at = childOf(at, before + ir::text(segment.name, ir::GlobPlace::Segment),
                 examples.of(segment), isWild);
    before.clear();
  }
  grown[at].isNamed = true;
}

void TreeMaker::add(const ir::PathPattern &path, const Subject &subject) {
  bool isEverywhere = !path.base && !path.segments.empty() &&
                      path.segments.front().kind == ir::Segment::Kind::AnyDepth;
  if (isEverywhere && everywhere.size() < kMaxEverywhere)
    everywhere.push_back(path.segments);
  uint32_t root = rootFor("/", "/");
  if (path.base) {
    uint32_t param = path.base->value;
    root = rootFor("${" + subject.policy.params[param].name + "}",
                   subject.bindings.params[param]);
  }
  addBelow(root, path.segments);
}

void TreeMaker::addAll(const Subject &subject) {
  auto addOne = [&](const ir::Pattern &pattern) {
    const ir::PathPattern *path = pathOf(pattern);
    bool isSocket = std::holds_alternative<ir::EndpointPattern>(pattern.value);
    if (path && !isSocket)
      add(*path, subject);
  };
  for (const ir::Rule &rule : subject.policy.rules) {
    for (const ir::Pattern &pattern : rule.patterns)
      addOne(pattern);
    for (const ir::Pattern &except : rule.excepts)
      addOne(except);
  }
}

void TreeMaker::addEverywhere() {
  auto known = roots; // adding below a root adds no root
  for (const auto &[key, root] : known)
    for (const std::vector<ir::Segment> &segments : everywhere)
      addBelow(root, segments);
}

void TreeMaker::count() {
  for (size_t i = grown.size(); i-- > 0;) {
    grown[i].places += grown[i].isNamed;
    for (const auto &[name, child] : grown[i].children)
      grown[i].places += grown[child].places;
  }
}

/// Goes down where there is nothing to see and no choice.
uint32_t TreeMaker::shorten(uint32_t at, std::string &name) const {
  while (!grown[at].isNamed && grown[at].children.size() == 1) {
    at = grown[at].children.begin()->second;
    name += "/" + grown[at].name;
  }
  return at;
}

uint32_t TreeMaker::show(uint32_t at, std::string name) {
  const Grown &from = grown[at];
  PathNode node{std::move(name), from.example, from.isNamed, from.isWild,
                cellsOf(nowJudge, from.example), {}, {}, 0};
  if (beforeJudge)
    node.before = cellsOf(*beforeJudge, from.example);
  tree.nodes.push_back(std::move(node));
  return tree.nodes.size() - 1;
}

void TreeMaker::showBeneath(const Chosen &parent) {
  for (const auto &[first, child] : grown[parent.grown].children) {
    if (tree.nodes.size() >= most || parent.depth >= kMaxDepth) {
      tree.nodes[parent.shown].leftOut += grown[child].places;
      continue;
    }
    std::string name = first;
    uint32_t end = shorten(child, name);
    uint32_t shown = show(end, std::move(name));
    tree.nodes[parent.shown].children.push_back(shown);
    queue.push_back({end, shown, parent.depth + 1});
  }
}

PathTree TreeMaker::make() {
  addAll(facts.now);
  if (facts.before)
    addAll(*facts.before);
  addEverywhere();
  count();
  std::vector<uint32_t> ordered;
  for (const auto &[key, root] : roots)
    ordered.push_back(root);
  // What a person calls their own comes first, the machine last.
  std::stable_partition(ordered.begin(), ordered.end(), [&](uint32_t root) {
    return grown[root].name != "/";
  });
  for (uint32_t root : ordered) {
    if (tree.nodes.size() >= most) {
      tree.leftOut += grown[root].places;
      continue;
    }
    uint32_t shown = show(root, grown[root].name);
    tree.roots.push_back(shown);
    queue.push_back({root, shown, 0});
  }
  for (; !queue.empty(); queue.pop_front())
    showBeneath(Chosen(queue.front()));
  return std::move(tree);
}

PathTree pathTreeOf(const Facts &facts, const Examples &examples) {
  return TreeMaker(facts, examples).make();
}

} // namespace srt::report
