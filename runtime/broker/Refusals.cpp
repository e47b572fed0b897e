// runtime/broker/Refusals.cpp: how an endpoint is called that was refused.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: said is the name that was asked for, where one is known, and what
// a rule would have to be to allow it.
#include "Inquiries.h"
#include "Network.h"

namespace srt::broker {

/// As an endpoint of a rule, and perhaps an address behind it.
struct EndpointText {
  char bytes[400];
  uint64_t size = 0;

  EndpointText &operator<<(Text text) {
    for (uint64_t i = 0; i < text.size && size < sizeof bytes; ++i)
      bytes[size++] = text.data[i];
    return *this;
  }
  EndpointText &operator<<(const Address &address) {
    char spelled[network::kAddressText];
    Text text(spelled, network::spell(address, spelled));
    return address.isV6 ? *this << "[" << text << "]" : *this << text;
  }
  Text text() const { return {bytes, size}; }
};

static const char *nameOfAction(uint8_t action) {
  switch (action) { // a bit of the bundle
  case SRT_NET_BIND:
    return "bind";
  case SRT_NET_SEND:
    return "send";
  }
  return "connect";
}

/// `at`: which of the names of its address is told; see nextName.
static void tellPlace(EndpointText &text, Deed deed, const Place &place,
                      unsigned &at) {
  // `send` is UDP's without a word.
  if (deed.transport == SRT_TRANSPORT_UDP && deed.action != SRT_NET_SEND)
    text << "udp:";
  Address address = network::unmapped(place.address);
  load::Decimal port(place.port);
  Text name;
  if (nextName(place.address, at, name) && !network::isSpecial(address))
    text << name << ":" << port.text() << " (" << address << ")";
  else
    text << address << ":" << port.text();
}

/// Whether somebody has said yes to a name of the place.
static bool isGrantedByName(const Place &place) {
  Text name;
  bool isGranted = false;
  if (!network::isSpecial(network::unmapped(place.address)))
    for (unsigned at = 0; !isGranted && nextName(place.address, at, name);)
      isGranted = isNameGranted(name);
  return isGranted;
}

long inquirePlace(const Broker &broker, const Call &call, Deed deed,
                  const Place &place, uint32_t rule) {
  if (deed.action != SRT_NET_BIND && isGrantedByName(place))
    return 0;
  EndpointText text;
  unsigned at = 0;
  tellPlace(text, deed, place, at);
  Denial matter = {nameOfAction(deed.action), text.text(), true, rule,
                   callName(call.number), call.tid};
  return inquire(broker, call, matter, -EACCES);
}

long refusePlace(const Broker &broker, const Call &call, Deed deed,
                 const Place &place, uint32_t rule) {
  EndpointText text;
  unsigned at = 0;
  tellPlace(text, deed, place, at);
  Denial denial = {nameOfAction(deed.action), text.text(), true, rule,
                   callName(call.number),     call.tid};
  report(broker, denial);
  return -EACCES;
}

void recordPlace(const Broker &broker, const Call &call, Deed deed,
                 const Place &place) {
  if (!broker.isRecording)
    return;
  // With every name that it was given for: which one was meant nobody knows.
  unsigned at = 0, ahead = 0;
  Text name;
  do {
    EndpointText text;
    tellPlace(text, deed, place, at);
    record(broker, {nameOfAction(deed.action), text.text(), true, SRT_NONE,
                    callName(call.number), call.tid});
    ahead = at;
  } while (nextName(place.address, ahead, name));
}

void recordAbstract(const Broker &broker, const Call &call, uint8_t action,
                    Text name) {
  if (!broker.isRecording)
    return;
  EndpointText text;
  text << "unix:@" << name;
  record(broker, {nameOfAction(action), text.text(), true, SRT_NONE,
                  callName(call.number), call.tid});
}

long refuseAbstract(const Broker &broker, const Call &call, uint8_t action,
                    Text name, const Ruling &ruling) {
  EndpointText text;
  text << "unix:@" << name;
  Denial denial = {nameOfAction(action), text.text(), true, ruling.deciding(),
                   callName(call.number), call.tid};
  if (ruling.isQuestion())
    return inquire(broker, call, denial, -EACCES);
  report(broker, denial);
  return -EACCES;
}

Denial matterOfName(uint32_t tid, Text name, uint32_t rule) {
  return {"connect", name, true, rule, "dns", tid};
}

void reportName(const Broker &broker, uint32_t tid, Text name, uint32_t rule) {
  EndpointText text;
  // Of all ports the one that is meant most often: nobody has named one yet.
  text << name << ":443";
  Denial denial = {"connect", text.text(), true, rule, "dns", tid};
  report(broker, denial);
}

} // namespace srt::broker
