// runtime/broker/Endpoints.cpp: what the rules say of an address, a port and a
// name. SPDX-License-Identifier: Apache-2.0
//
// Guarantees: the sentences of bundle.h at srt_endpoint. Linear in the records,
// for each name that an address was given for. The records were checked
// (runtime/bundle/network.cpp), so nothing of them is looked at again.
#include "Network.h"

namespace srt::broker {

static Text nameOf(const srt_view &view, const srt_endpoint &record) {
  return {view.strings + record.name.offset, record.name.size};
}

static bool isInNetwork(const srt_endpoint &record, const Address &address) {
  if ((record.is_v6 != 0) != address.isV6)
    return false;
  unsigned whole = record.prefix / 8, rest = record.prefix % 8;
  if (__builtin_memcmp(record.address, address.bytes, whole) != 0)
    return false;
  return rest == 0 ||
         (record.address[whole] ^ address.bytes[whole]) >> (8 - rest) == 0;
}

/// As it stands, or as where it leads: a deny of either must hold.
static bool isInEither(const srt_endpoint &record, const Address &address) {
  return isInNetwork(record, address) ||
         isInNetwork(record, network::unmapped(address));
}

static bool isBelow(Text name, Text suffix) {
  return name.size > suffix.size + 1 &&
         name.data[name.size - suffix.size - 1] == '.' &&
         name.suffix(name.size - suffix.size) == suffix;
}

static bool matchesHost(const srt_view &view, const srt_endpoint &record,
                        const Peer &peer) {
  bool mayName = peer.name.size != 0 &&
                 (!peer.address || !network::isSpecial(*peer.address));
  switch (record.host) { // a byte of the bundle
  case SRT_HOST_ANY:
    return true;
  case SRT_HOST_NAME:
    return mayName && peer.name == nameOf(view, record);
  case SRT_HOST_SUFFIX:
    return mayName && isBelow(peer.name, nameOf(view, record));
  case SRT_HOST_ADDRESS:
    return peer.address && isInEither(record, *peer.address);
  }
  return false;
}

static bool isAbout(const srt_endpoint &record, Deed deed) {
  return record.transport == deed.transport &&
         (record.actions & deed.action) != 0;
}

static bool matches(const srt_view &view, const srt_endpoint &record, Deed deed,
                    const Peer &peer) {
  return isAbout(record, deed) && record.first_port <= peer.port &&
         peer.port <= record.last_port && matchesHost(view, record, peer);
}

static void note(uint32_t &first, uint32_t rule) {
  if (first == SRT_NONE)
    first = rule;
}

static void rule(const srt_endpoint &record, Ruling &ruling) {
  switch (record.effect) { // a byte of the bundle
  case SRT_EFFECT_ALLOW:
    return note(ruling.allowed, record.rule);
  case SRT_EFFECT_ASK:
    return note(ruling.asked, record.rule);
  case SRT_EFFECT_DENY:
    return note(ruling.denied, record.rule);
  }
}

/// Goes through the rules; `test` says whether a record matches.
template <typename Test>
static void judgeBy(const srt_view &view, Ruling &ruling, Test test) {
  uint32_t at = 0;
  while (at < view.endpoint_count) {
    const srt_endpoint &first = view.endpoints[at];
    bool isMatch = false, isExcept = false;
    for (; at < view.endpoint_count && view.endpoints[at].rule == first.rule;
         ++at) {
      const srt_endpoint &record = view.endpoints[at];
      bool &found = record.is_except != 0 ? isExcept : isMatch;
      found = found || test(record);
    }
    if (isMatch && !isExcept)
      rule(first, ruling);
  }
}

void judge(const srt_view &view, Deed deed, const Peer &peer, Ruling &ruling) {
  judgeBy(view, ruling, [&](const srt_endpoint &record) {
    return matches(view, record, deed, peer);
  });
}

Ruling judgePlace(const srt_view &view, Deed deed, const Place &place) {
  Ruling ruling;
  Peer peer = {&place.address, {}, place.port};
  bool isNamed = false;
  // What is bound is an address of this machine, whatever it is called.
  if (deed.action != SRT_NET_BIND)
    for (unsigned at = 0; nextName(place.address, at, peer.name);) {
      judge(view, deed, peer, ruling);
      isNamed = true;
    }
  peer.name = {};
  if (!isNamed)
    judge(view, deed, peer, ruling);
  return ruling;
}

Ruling judgeAbstract(const srt_view &view, uint8_t action, Text name) {
  Ruling ruling;
  Deed deed = {action, SRT_TRANSPORT_UNIX};
  judgeBy(view, ruling, [&](const srt_endpoint &record) {
    if (!isAbout(record, deed))
      return false;
    Text own = nameOf(view, record);
    return record.host == SRT_HOST_ABSTRACT ? own == name
                                            : load::startsWith(name, own);
  });
  return ruling;
}

/// The deeds for which a name may be asked for.
static constexpr Deed kNamed[] = {{SRT_NET_CONNECT, SRT_TRANSPORT_TCP},
                                  {SRT_NET_CONNECT, SRT_TRANSPORT_UDP},
                                  {SRT_NET_SEND, SRT_TRANSPORT_UDP}};

/// What may be looked for in a ruling.
using Test = bool (Ruling::*)() const;

/// Whether some port of a record's range is permitted, or a question. What the rules say
/// changes only where a range begins, or behind where one ends: it is enough to
/// look at the first port and behind the end of every range within.
static bool isSomePort(const srt_view &view, Deed deed, Text name,
                       const srt_endpoint &range, Test test, Ruling &last) {
  Peer peer = {nullptr, name, range.first_port};
  last = {};
  judge(view, deed, peer, last);
  for (uint32_t i = 0; !(last.*test)() && i < view.endpoint_count; ++i) {
    const srt_endpoint &other = view.endpoints[i];
    if (other.last_port < range.first_port ||
        other.last_port >= range.last_port || !isAbout(other, deed) ||
        !matchesHost(view, other, peer))
      continue;
    peer.port = uint16_t(other.last_port + 1);
    last = {};
    judge(view, deed, peer, last);
  }
  return (last.*test)();
}

/// Whether `test` holds on some port that a rule of that effect names.
static bool isSomewhere(const srt_view &view, Text name, uint8_t effect,
                        Test test, Ruling &ruling) {
  Peer peer = {nullptr, name, 0};
  for (Deed deed : kNamed)
    for (uint32_t i = 0; i < view.endpoint_count; ++i) {
      const srt_endpoint &record = view.endpoints[i];
      bool isOpening = record.effect == effect && record.is_except == 0 &&
                       isAbout(record, deed);
      if (isOpening && matchesHost(view, record, peer) &&
          isSomePort(view, deed, name, record, test, ruling))
        return true;
    }
  return false;
}

bool isResolvable(const srt_view &view, Text name, Ruling &ruling) {
  return isSomewhere(view, name, SRT_EFFECT_ALLOW, &Ruling::permits, ruling);
}

bool isQuestionable(const srt_view &view, Text name, Ruling &ruling) {
  return isSomewhere(view, name, SRT_EFFECT_ASK, &Ruling::isQuestion, ruling);
}

bool isNamed(const srt_view &view, Text name) {
  Peer peer = {nullptr, name, 0};
  for (uint32_t i = 0; i < view.endpoint_count; ++i)
    if (view.endpoints[i].transport != SRT_TRANSPORT_UNIX &&
        view.endpoints[i].host != SRT_HOST_ANY &&
        matchesHost(view, view.endpoints[i], peer))
      return true;
  return false;
}

bool mayReach(const srt_view &view, const Address &address) {
  for (uint32_t i = 0; i < view.endpoint_count; ++i) {
    const srt_endpoint &record = view.endpoints[i];
    bool isOpening = record.effect != SRT_EFFECT_DENY &&
                     record.is_except == 0 &&
                     record.transport != SRT_TRANSPORT_UNIX &&
                     (record.actions & (SRT_NET_CONNECT | SRT_NET_SEND)) != 0;
    if (isOpening && matchesHost(view, record, {&address, {}, 0}))
      return true;
  }
  return false;
}

bool isSpelledOut(const srt_view &view, uint8_t transport, const Place &place) {
  for (uint32_t i = 0; i < view.endpoint_count; ++i) {
    const srt_endpoint &record = view.endpoints[i];
    bool isWhole = record.host == SRT_HOST_ADDRESS &&
                   record.prefix == (record.is_v6 != 0 ? 128 : 32);
    if (isWhole && record.effect == SRT_EFFECT_ALLOW && record.is_except == 0 &&
        record.transport == transport && record.first_port == place.port &&
        record.last_port == place.port && isInEither(record, place.address))
      return true;
  }
  return false;
}

} // namespace srt::broker
