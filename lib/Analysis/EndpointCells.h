// lib/Analysis/EndpointCells.h: hosts and ports that patterns tell apart.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_ANALYSIS_ENDPOINTCELLS_H
#define SRT_LIB_ANALYSIS_ENDPOINTCELLS_H

#include "lib/IR/Pattern.h"

#include "llvm/ADT/ArrayRef.h"

#include <optional>
#include <string>

namespace srt {

/// An IPv6 address, or an IPv4 one as its last 32 bits.
struct AddressValue {
  bool isV6 = false;
  unsigned __int128 value = 0;
};

/// One event on a TCP or UDP endpoint.
struct EndpointEvent {
  ir::Transport transport = ir::Transport::Tcp;
  std::string name;                    // empty: none was looked up
  std::optional<AddressValue> address; // absent: some public one
  uint16_t port = 0;
};

/// One event for each combination of host name, address and port that the
/// patterns tell apart; nothing if there are more than `most`. Patterns of
/// other transports are passed over.
std::optional<std::vector<EndpointEvent>>
endpointEvents(llvm::ArrayRef<const ir::EndpointPattern *> patterns,
               size_t most);

bool matches(const ir::EndpointPattern &pattern, const EndpointEvent &event);

/// "tcp:registry.example.com=10.0.0.1:443", as srt-sim reads it.
std::string wordOf(const EndpointEvent &event);

} // namespace srt

#endif
