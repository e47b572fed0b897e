// runtime/broker/Anchors.cpp: the places that rules hang on.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: a rule holds for the place as it is spelled and, if links lead it
// elsewhere when the sandbox starts, for that place too. Nothing is followed
// later: whatever the command makes of the spelling, the rules stay on it. No
// link that an earlier run could have made leads rules that allow out of the
// place in which it could make it; those that only deny are led everywhere.
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
/// `isLedOut`: through a link that was planted.
static bool follow(Sandbox &sandbox, Text spelling, Path &path,
                   bool &isLedOut) {
  load::Walk walk(sandbox, sys::kCwd, spelling, load::kPlanting);
  long result = walk.run();
  isLedOut = !walk.isHeld();
  if (result < 0 && !sys::isMissing(result) && !isLedOut)
    return false;
  return path.append("/") && appendMissing(path, walk.end()) &&
         appendMissing(path, walk.remainder());
}

/// Without the other place what is denied there would be open, and with it what
/// is allowed there would be.
[[noreturn]] static void refuseLed(Text spelled) {
  load::refuse("roots",
               Message() << "`" << spelled
                         << "` leads out of a writable place through a link",
               "remove the link, or name the place it leads to in the policy");
}

/// Adds a place as it is spelled, and where that leads.
static void addPlace(Broker &broker, Sandbox &sandbox, Text spelled,
                     uint32_t row) {
  Path led;
  bool isLedOut = false;
  addAnchor(broker, sandbox, spelled, row);
  if (!follow(sandbox, spelled, led, isLedOut) || led.text() == spelled)
    return;
  if (isLedOut && broker.isAllowing[row] != 0) {
    if (broker.isDenying[row] != 0)
      refuseLed(spelled);
    return; // which narrows
  }
  addAnchor(broker, sandbox, led.text(), row);
}

/// How many places there may be, each counted twice: as spelled, and as led to.
/// A command may be in every directory on PATH.
static uint64_t countPlaces(const Sandbox &sandbox) {
  const srt_view &view = sandbox.view;
  uint64_t folders = 0, count = 0;
  load::SearchPath search(sandbox);
  Path path;
  while (search.nextDirectory(path))
    ++folders;
  for (uint32_t i = 0; i < view.anchor_count; ++i)
    count += view.anchors[i].kind == SRT_ANCHOR_COMMAND ? folders : 1;
  return count * 2;
}

/// Adds every hit on PATH, there or not: what comes to be there is one later.
static void addHits(Broker &broker, Sandbox &sandbox,
                    const srt_anchor &anchor) {
  load::SearchPath search(sandbox);
  Path hit;
  while (search.next(sandbox.text(anchor.place.path), hit))
    addPlace(broker, sandbox, hit.text(), anchor.row);
}

void findAnchors(Broker &broker, Sandbox &sandbox) {
  const srt_view &view = sandbox.view;
  uint64_t places = countPlaces(sandbox);
  broker.anchors = sandbox.arena.array<Anchor>(places);
  uint32_t buckets = 16;
  while (buckets < places * 2)
    buckets *= 2;
  broker.buckets = sandbox.arena.array<uint32_t>(buckets);
  broker.bucketMask = buckets - 1;
  for (uint32_t i = 0; i < buckets; ++i)
    broker.buckets[i] = SRT_NONE;
  for (uint32_t i = 0; i < view.anchor_count; ++i) {
    const srt_anchor &anchor = view.anchors[i];
    Path spelled;
    if (anchor.kind == SRT_ANCHOR_COMMAND) {
      addHits(broker, sandbox, anchor);
      continue;
    }
    load::spellPlace(sandbox, anchor.place, spelled);
    addPlace(broker, sandbox, spelled.text(), anchor.row);
  }
}

} // namespace srt::broker
