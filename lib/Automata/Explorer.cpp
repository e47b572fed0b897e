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
      budget(budget), focus(std::move(focus)) {
  for (const Track &track : tracks) {
    if (track.kind == Track::Kind::Whole)
      continue;
    assert(track.marker < kMaxMarkers);
    markers |= 1u << track.marker;
    if (track.kind == Track::Kind::Often)
      often |= 1u << track.marker;
  }
}

/// Appends plain bytes of a value; used to tell states apart, not to store.
template <typename T> static void append(std::string &key, const T &value) {
  key.append(reinterpret_cast<const char *>(&value), sizeof(value));
}

void Explorer::add(Node node, llvm::ArrayRef<ItemId> begun) {
  node.subset = subsets.with(node.subset, begun);
  std::string key;
  append(key, node.subset.value);
  append(key, node.used);
  append(key, node.grammar);
  for (const TriePlace &place : node.places)
    append(key, place);
  if (!known.try_emplace(std::move(key), uint32_t(nodes.size())).second)
    return;
  budget.spend();
  nodes.push_back(std::move(node));
}

ByteSet Explorer::entryBytes(const Node &node, uint32_t groups) const {
  ByteSet bytes;
  for (size_t i = 0; i < tracks.size(); ++i)
    if (!node.places[i].isDead() && (groups >> tracks[i].group & 1))
      tracks[i].prefixes->addNext(node.places[i], bytes);
  return bytes;
}

void Explorer::takeByte(uint32_t index, uint8_t byte) {
  Grammar::State state = grammar.step(nodes[index].grammar, byte);
  if (state == Grammar::kDead)
    return;
  SubsetId subset = subsets.step(nodes[index].subset, byte);
  Node next = nodes[index];
  next.subset = subset;
  next.used &= ~often; // may stand again behind this byte
  next.grammar = state;
  next.parent = index;
  next.symbol = byte;
  std::vector<ItemId> begun;
  for (size_t i = 0; i < tracks.size(); ++i)
    if (!next.places[i].isDead())
      next.places[i] = tracks[i].prefixes->step(next.places[i], byte, tracks[i].counts, begun);
  add(std::move(next), begun);
}

void Explorer::takeMarker(uint32_t index, unsigned marker) {
  Node next = nodes[index];
  next.parent = index;
  next.symbol = uint16_t(kMarker + marker);
  next.used |= 1u << marker;
  std::vector<ItemId> begun;
  for (size_t i = 0; i < tracks.size(); ++i)
    if (tracks[i].kind != Track::Kind::Whole && tracks[i].marker == marker)
      next.places[i] = tracks[i].prefixes->start(tracks[i].counts, begun);
  add(std::move(next), begun);
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

void Explorer::expandFocus(uint32_t index) {
  ByteSet bytes = entryBytes(nodes[index], focus->groups);
  for (unsigned byte = 0; byte < 256; ++byte)
    if (bytes[byte])
      takeByte(index, uint8_t(byte));
}

void Explorer::expand(uint32_t index) {
  if (grammar.mayMark(nodes[index].grammar))
    for (uint32_t open = openMarkers(nodes[index]); open != 0; open &= open - 1)
      takeMarker(index, unsigned(std::countr_zero(open)));
  if (canFollowFocus(nodes[index]))
    return expandFocus(index);
  ByteSet single = grammar.special | entryBytes(nodes[index], ~uint32_t(0));
  ByteSet seen; // classes of the other bytes
  for (uint8_t byte : readableOrder()) {
    uint8_t cls = subsets.byteClasses().classOf[byte];
    if (!single[byte] && seen[cls])
      continue;
    if (!single[byte])
      seen.set(cls);
    takeByte(index, byte);
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

Visit Explorer::visitOf(uint32_t index) const {
  const Node &node = nodes[index];
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
  nodes.clear();
  known.clear();
  Node root{Subsets::nothing(), 0, grammar.start, 0, 0, {}};
  std::vector<ItemId> begun;
  for (const Track &track : tracks)
    root.places.push_back(track.kind == Track::Kind::Whole
                              ? track.prefixes->start(track.counts, begun)
                              : TriePlace{});
  add(std::move(root), begun);
  for (uint32_t i = 0; i < nodes.size(); ++i) {
    if (budget.isSpent())
      return false;
    Visit here = visitOf(i);
    Next next = visit(here);
    if (next == Next::Stop)
      return true;
    // Where no item and no entry is left, every further word is like this one.
    bool isOver = here.liveGroups == 0 && here.reach == here.settled;
    if (next == Next::GoOn && !isOver)
      expand(i);
  }
  return !budget.isSpent();
}

Word Explorer::word(uint32_t index) const {
  std::vector<uint16_t> symbols;
  for (; index != 0; index = nodes[index].parent)
    symbols.push_back(nodes[index].symbol);
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
