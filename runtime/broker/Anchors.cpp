// runtime/broker/Anchors.cpp: the places that rules hang on.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: a rule holds for the place as it is spelled and, if links lead it
// elsewhere when the sandbox starts, for that place too. Nothing is followed
// later: whatever the command makes of the spelling, the rules stay on it.
#include "Broker.h"
#include "runtime/loader/Walk.h"

namespace srt::broker {

uint32_t hashStep(uint32_t hash, char byte) {
  return (hash ^ uint8_t(byte)) * 16777619u;
}

static uint32_t hashOf(Text path) {
  uint32_t hash = kHashStart;
  for (uint64_t i = 0; i < path.size; ++i)
    hash = hashStep(hash, path.data[i]);
  return hash;
}

uint32_t findAnchor(const Broker &broker, uint32_t hash, Text path) {
  uint32_t at = broker.buckets[hash & broker.bucketMask];
  while (at != SRT_NONE && !(broker.anchors[at].path == path))
    at = broker.anchors[at].next;
  return at;
}

static void addAnchor(Broker &broker, Sandbox &sandbox, Text path,
                      uint32_t row) {
  if (path.size == 1)
    path = {}; // the root directory is the empty word
  uint32_t &bucket = broker.buckets[hashOf(path) & broker.bucketMask];
  broker.anchors[broker.anchorCount] = {sandbox.arena.copy(path), row, bucket};
  bucket = broker.anchorCount++;
}

/// Appends the components of `rest`, `..` taking one away: what is not there
/// cannot be asked.
static bool appendMissing(Path &path, Text rest) {
  while (rest.size != 0) {
    uint64_t end = load::find(rest, '/');
    Text name = rest.prefix(end);
    rest = rest.suffix(end == rest.size ? end : end + 1);
    if (name == "..")
      while (path.size > 1 && path.bytes[path.size - 1] != '/')
        path.cut(path.size - 1);
    if (name == ".." && path.size > 1)
      path.cut(path.size - 1);
    if (name.size == 0 || name == "." || name == "..")
      continue;
    bool isTop = path.size == 1;
    if ((!isTop && !path.append("/")) || !path.append(name))
      return false;
  }
  return true;
}

/// Where the spelling leads now, into `path`; false if nobody can say.
static bool follow(const Sandbox &sandbox, Text spelling, Path &path) {
  constexpr uint64_t kNoRights = 0;
  load::Walk walk(sandbox, sys::kCwd, spelling, kNoRights);
  long result = walk.run();
  if (result < 0 && !sys::isMissing(result))
    return false;
  return path.append("/") && appendMissing(path, walk.end()) &&
         appendMissing(path, walk.remainder());
}

void findAnchors(Broker &broker, Sandbox &sandbox) {
  const srt_view &view = sandbox.view;
  // Twice as many as places: each may be in two.
  broker.anchors = sandbox.arena.array<Anchor>(uint64_t(view.anchor_count) * 2);
  uint32_t buckets = 16;
  while (buckets < view.anchor_count * 4)
    buckets *= 2;
  broker.buckets = sandbox.arena.array<uint32_t>(buckets);
  broker.bucketMask = buckets - 1;
  for (uint32_t i = 0; i < buckets; ++i)
    broker.buckets[i] = SRT_NONE;
  for (uint32_t i = 0; i < view.anchor_count; ++i) {
    const srt_anchor &anchor = view.anchors[i];
    Path spelled, led;
    load::spellPlace(sandbox, anchor.place, spelled);
    addAnchor(broker, sandbox, spelled.text(), anchor.row);
    if (follow(sandbox, spelled.text(), led) && !(led.text() == spelled.text()))
      addAnchor(broker, sandbox, led.text(), anchor.row);
  }
}

} // namespace srt::broker
