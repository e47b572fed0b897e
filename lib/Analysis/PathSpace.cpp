// lib/Analysis/PathSpace.cpp: clauses become entries of tracks.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Analysis/PathSpace.h"

#include "lib/IR/PatternText.h"

#include "llvm/ADT/StringExtras.h"

#include "llvm/Support/ErrorHandling.h"

#include <cassert>

namespace srt {

using automata::AtomSetId;
using automata::Track;

PathSpace::PathSpace(Space space, automata::Budget &budget)
    : space(space), budget(budget), meaning(std::make_unique<Meanings>(atoms)) {
}

int PathSpace::markerFor(const std::string &key, Source source) {
  auto [it, isNew] = markers.try_emplace(key, int(sources.size()));
  if (isNew)
    sources.push_back(std::move(source));
  tooMany |= sources.size() > automata::kMaxMarkers;
  return it->second;
}

int PathSpace::markerOf(const ir::Param &param) {
  return markerFor(std::to_string(unsigned(param.source)) + param.value,
                   {Track::Kind::Once, param.name});
}

int PathSpace::searchPath() {
  return markerFor("PATH", {Track::Kind::Often, "PATH"});
}

AtomSetId PathSpace::atomsOf(const Clause &clause, uint32_t views) {
  Meaning meant{views, clause.effect, clause.actions, clause.part, 0};
  if (clause.part != Meaning::Part::Whole) {
    // A rule in two views is two rules: their halves never pair up.
    std::string key = std::to_string(views) + clause.pairKey;
    auto [it, isNew] = pairs.try_emplace(key, 0);
    if (isNew)
      it->second = meaning->freshPair();
    meant.pair = it->second;
  }
  return atoms.of(meaning->atom(meant));
}

void PathSpace::addEntry(const ir::PathPattern &path,
                         llvm::ArrayRef<ir::Param> params,
                         automata::ItemId tail, unsigned group,
                         uint32_t owner) {
  std::string front;
  int marker = kWhole;
  if (path.base) {
    const ir::Param &param = params[path.base->value];
    if (param.source == ir::Param::Source::Literal)
      front = asWord(param.value);
    else
      marker = markerOf(param);
  }
  tries[{marker, group}].add(front, path, tail, owner);
}

/// The glob of a pattern that is one text, or null.
static const ir::Glob *globOf(const ir::Pattern &pattern) {
  if (auto *name = std::get_if<ir::NamePattern>(&pattern.value))
    return &name->name;
  auto *endpoint = std::get_if<ir::EndpointPattern>(&pattern.value);
  return endpoint && endpoint->abstract ? &*endpoint->abstract : nullptr;
}

void PathSpace::addPattern(const ir::Pattern &pattern,
                           llvm::ArrayRef<ir::Param> params, AtomSetId set,
                           unsigned group, uint32_t owner, Reach reach) {
  if (const ir::Glob *glob = globOf(pattern)) {
    automata::ItemId item =
        patterns.glob(*glob, automata::allBut({0}), items.end(set));
    hits[{kWhole, group}].push_back({"", item, owner});
    return;
  }
  auto *command = std::get_if<ir::CommandPattern>(&pattern.value);
  bool hasWords = command && command->words;
  if (const ir::PathPattern *path = pathOf(pattern)) {
    automata::ItemId tail =
        hasWords                 ? patterns.tree(*command, set)
        : reach == Reach::Tree ? patterns.tree(set)
                               : patterns.beneath(set);
    return addEntry(*path, params, tail, group, owner);
  }
  automata::ItemId tail =
      hasWords ? patterns.file(*command, set) : patterns.file(set);
  const std::string &name = std::get<std::string>(command->program);
  hits[{searchPath(), group}].push_back({"/" + name, tail, owner});
}

void PathSpace::add(const Clause &clause, uint32_t views, unsigned group,
                    uint32_t owner, Reach reach) {
  addPattern(*clause.pattern, clause.policy->params, atomsOf(clause, views),
             group, owner, reach);
  const ir::PathPattern *path = pathOf(*clause.pattern);
  if (clause.part != Meaning::Part::Except || !path || !path->base)
    return;
  const ir::Param &param = clause.policy->params[path->base->value];
  if (param.source != ir::Param::Source::Literal)
    exceptMarkers.insert(markerOf(param));
}

void PathSpace::add(const ir::Pattern &pattern,
                    llvm::ArrayRef<ir::Param> params, const Meaning &meant,
                    unsigned group, uint32_t owner, Reach reach) {
  addPattern(pattern, params, atoms.of(meaning->atom(meant)), group, owner,
             reach);
}

void PathSpace::addHit(llvm::StringRef name, const Meaning &meant,
                       unsigned group) {
  automata::ItemId tail = patterns.file(atoms.of(meaning->atom(meant)));
  hits[{searchPath(), group}].push_back({"/" + name.str(), tail, 0});
}

void PathSpace::close() {
  for (const auto &[key, trie] : tries)
    for (automata::Entry &entry : trie.entries(items))
      hits[key].push_back(std::move(entry));
  for (auto &[key, list] : hits)
    prefixes.emplace(key, automata::Prefixes(std::move(list)));
  tries.clear();
  hits.clear();
  subsetTable = std::make_unique<automata::Subsets>(
      items, budget, [this](AtomSetId settled, AtomSetId reach) {
        return meaning->absorbs(settled, reach);
      });
}

static const automata::Grammar &grammarOf(Space space) {
  switch (space) {
  case Space::Paths:
    return automata::canonicalPaths();
  case Space::Commands:
    return automata::commandLines();
  case Space::Names:
  case Space::Abstract:
    return automata::texts();
  }
  llvm_unreachable("unknown space");
}

automata::Explorer PathSpace::explorer(uint32_t groups,
                                       automata::Budget &steps,
                                       std::optional<automata::Focus> focus,
                                       const Filters &filters,
                                       unsigned extra) {
  assert(subsetTable && !tooMany);
  std::vector<Track> tracks;
  for (const auto &[key, list] : prefixes) {
    auto [marker, group] = key;
    if (!(groups >> group & 1))
      continue;
    Track track;
    track.kind = marker == kWhole ? Track::Kind::Whole : sources[marker].kind;
    track.marker = marker == kWhole ? 0 : unsigned(marker);
    track.group = group;
    track.prefixes = &list;
    if (auto it = filters.find(group); it != filters.end())
      track.counts = it->second;
    tracks.push_back(track);
  }
  automata::Explorer explorer(grammarOf(space), std::move(tracks), *subsetTable,
                              steps, std::move(focus));
  explorer.limitMarkers(2 + extra + unsigned(exceptMarkers.size()));
  return explorer;
}

/// The place that a marker stands for.
static std::string placeAt(const automata::Word &word, size_t bytes) {
  std::string path = word.bytes.substr(0, bytes);
  return path.empty() ? "/" : path;
}

std::string PathSpace::bindingText(const automata::Word &word) const {
  std::vector<std::string> parts;
  for (auto [marker, bytes] : word.markers) {
    const Source &source = sources[marker];
    std::string place =
        ir::literalText(placeAt(word, bytes), ir::GlobPlace::Whole);
    parts.push_back(source.kind == Track::Kind::Often
                        ? place + " on PATH"
                        : "${" + source.name + "} = " + place);
  }
  return parts.empty() ? std::string() : "with " + llvm::join(parts, ", ");
}

std::vector<std::string>
PathSpace::searchPathOf(const automata::Word &word) const {
  std::vector<std::string> folders;
  for (auto [marker, bytes] : word.markers)
    if (sources[marker].kind == Track::Kind::Often)
      folders.push_back(placeAt(word, bytes));
  return folders;
}

std::string PathSpace::valueOf(const ir::Param &param,
                               const automata::Word &word) const {
  if (param.source == ir::Param::Source::Literal)
    return param.value;
  auto found = markers.find(std::to_string(unsigned(param.source)) + param.value);
  for (auto [marker, bytes] : word.markers)
    if (found != markers.end() && int(marker) == found->second)
      return placeAt(word, bytes);
  // A sibling of the word's first component, which no prefix of it is.
  return "/" + std::string(word.bytes.size() + 1, '-');
}

} // namespace srt
