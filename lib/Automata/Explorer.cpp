// lib/Automata/Explorer.cpp: a search by breadth over words with markers.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Automata/Explorer.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <bit>
#include <cassert>

namespace srt::automata {

Explorer::Explorer(const Grammar &grammar, std::vector<Track> wanted,
                   Subsets &subsets, Budget &budget,
                   std::optional<Focus> focus)
    : grammar(grammar), tracks(std::move(wanted)), subsets(subsets),
      budget(budget), focus(std::move(focus)),
      states(kHead + kPlace * unsigned(tracks.size())) {
  for (const Track &track : tracks) {
    if (track.kind == Track::Kind::Whole)
      continue;
    assert(track.marker < kMaxMarkers);
    markers |= 1u << track.marker;
    if (track.kind == Track::Kind::Often)
      often |= 1u << track.marker;
  }
}

Explorer::Node Explorer::node(uint32_t index) const {
  llvm::ArrayRef<uint32_t> words = states[index];
  Node node{{words[0]}, words[1], Grammar::State(words[2]), {}};
  for (words = words.drop_front(kHead); !words.empty();
       words = words.drop_front(kPlace))
    node.places.push_back({words[0], words[1], words[2]});
  return node;
}

void Explorer::add(const Node &node, Step step, llvm::ArrayRef<ItemId> begun) {
  llvm::SmallVector<uint32_t, 64> words{subsets.with(node.subset, begun).value,
                                        node.used, node.grammar};
  for (TriePlace place : node.places)
    words.append({place.first, place.last, place.depth});
  if (!states.insert(words))
    return;
  budget.spend();
  steps.push_back(step);
}

ByteSet Explorer::entryBytes(const Node &node, uint32_t groups) const {
  ByteSet bytes;
  for (size_t i = 0; i < tracks.size(); ++i)
    if (!node.places[i].isDead() && (groups >> tracks[i].group & 1))
      tracks[i].prefixes->addNext(node.places[i], bytes);
  return bytes;
}

void Explorer::takeByte(uint32_t index, const Node &node, uint8_t byte) {
  Grammar::State state = grammar.step(node.grammar, byte);
  if (state == Grammar::kDead)
    return;
  Node next = node;
  next.subset = subsets.step(node.subset, byte);
  next.used &= ~often; // may stand again behind this byte
  next.grammar = state;
  std::vector<ItemId> begun;
  for (size_t i = 0; i < tracks.size(); ++i)
    if (!next.places[i].isDead())
      next.places[i] = tracks[i].prefixes->step(next.places[i], byte, tracks[i].counts, begun);
  add(next, {index, byte}, begun);
}

/// As takeByte(). Requires: no entry goes on with this byte.
void Explorer::leaveEntries(uint32_t index, const Node &node, uint8_t byte) {
  Grammar::State state = grammar.step(node.grammar, byte);
  if (state == Grammar::kDead)
    return;
  SubsetId subset = subsets.step(node.subset, byte);
  uint32_t used = node.used & ~often;
  uint64_t key = uint64_t(state) << 32 | subset.value;
  if (!outside.insert({key, used}).second)
    return;
  Node next{subset, used, state, {}};
  next.places.resize(tracks.size());
  add(next, {index, byte}, {});
}

void Explorer::takeMarker(uint32_t index, const Node &node, unsigned marker) {
  Node next = node;
  next.used |= 1u << marker;
  std::vector<ItemId> begun;
  for (size_t i = 0; i < tracks.size(); ++i)
    if (tracks[i].kind != Track::Kind::Whole && tracks[i].marker == marker)
      next.places[i] = tracks[i].prefixes->start(tracks[i].counts, begun);
  add(next, {index, uint16_t(kMarker + marker)}, begun);
}

/// True if only the entries of the focus can still make a word wanted. Where one
/// of them waits for its marker, any byte may lead to the marker's place.
bool Explorer::canFollowFocus(const Node &node) const {
  if (!focus || focus->isWanted(subsets[node.subset].reach))
    return false;
  return llvm::none_of(tracks, [&](const Track &track) {
    return (focus->groups >> track.group & 1) && isOpen(node, track);
  });
}

void Explorer::expandFocus(uint32_t index, const Node &node) {
  ByteSet bytes = entryBytes(node, focus->groups);
  for (unsigned byte = 0; byte < 256; ++byte)
    if (bytes[byte])
      takeByte(index, node, uint8_t(byte));
}

void Explorer::expand(uint32_t index, const Node &node) {
  if (grammar.mayMark(node.grammar))
    for (uint32_t open = openMarkers(node); open != 0; open &= open - 1)
      takeMarker(index, node, unsigned(std::countr_zero(open)));
  if (canFollowFocus(node))
    return expandFocus(index, node);
  ByteSet single = grammar.special | entryBytes(node, ~uint32_t(0));
  ByteSet seen; // classes of the other bytes
  for (uint8_t byte : readableOrder()) {
    uint8_t cls = subsets.byteClasses().classOf[byte];
    if (single[byte]) {
      takeByte(index, node, byte);
    } else if (!seen[cls]) {
      seen.set(cls);
      leaveEntries(index, node, byte);
    }
  }
}

/// The markers that may still be put somewhere, as bits.
uint32_t Explorer::openMarkers(const Node &node) const {
  unsigned taken = std::popcount(node.used & ~often);
  uint32_t once = taken < mostMarkers ? markers & ~often : 0;
  return (once | (markers & often)) & ~node.used;
}

bool Explorer::isOpen(const Node &node, const Track &track) const {
  switch (track.kind) {
  case Track::Kind::Whole:
    return false;
  case Track::Kind::Once:
    return openMarkers(node) >> track.marker & 1;
  case Track::Kind::Often:
    return true;
  }
  return false;
}

Visit Explorer::visitOf(uint32_t index, const Node &node) const {
  const Subset &subset = subsets[node.subset];
  uint32_t live = 0;
  for (size_t i = 0; i < tracks.size(); ++i) {
    if (isOpen(node, tracks[i]) || !node.places[i].isDead())
      live |= 1u << tracks[i].group;
  }
  return {grammar.isWord(node.grammar), subset.label, subset.settled,
          subset.reach, live, index};
}

bool Explorer::search(llvm::function_ref<Next(const Visit &)> visit) {
  assert(states.size() == 0 && "an explorer searches once");
  Node root{Subsets::nothing(), 0, grammar.start, {}};
  std::vector<ItemId> begun;
  for (const Track &track : tracks)
    root.places.push_back(track.kind == Track::Kind::Whole
                              ? track.prefixes->start(track.counts, begun)
                              : TriePlace{});
  add(root, {0, 0}, begun);
  for (uint32_t i = 0; i < states.size(); ++i) {
    if (budget.isSpent())
      return false;
    Node node = this->node(i);
    Visit here = visitOf(i, node);
    Next next = visit(here);
    if (next == Next::Stop)
      return true;
    // Where no item and no entry is left, every further word is like this one.
    bool isOver = here.liveGroups == 0 && here.reach == here.settled;
    if (next == Next::GoOn && !isOver)
      expand(i, node);
  }
  return !budget.isSpent();
}

Word Explorer::word(uint32_t index) const {
  std::vector<uint16_t> symbols;
  for (; index != 0; index = steps[index].parent)
    symbols.push_back(steps[index].symbol);
  Word word;
  for (uint16_t symbol : llvm::reverse(symbols)) {
    if (symbol < kMarker)
      word.bytes += char(symbol);
    else
      word.markers.push_back({symbol - kMarker, word.bytes.size()});
  }
  return word;
}

} // namespace srt::automata
