// lib/Backend/SbplPatterns.h: every kind of pattern as Seatbelt filters.
// SPDX-License-Identifier: Apache-2.0
//
// A filter here says exactly what the pattern says, with two exceptions that
// depend on the side it stands on (Side): names of programs and nothing else.
#ifndef SRT_LIB_BACKEND_SBPLPATTERNS_H
#define SRT_LIB_BACKEND_SBPLPATTERNS_H

#include "lib/Backend/SbplText.h"

namespace srt::backend {

/// Which filter a set of patterns becomes. One rule can need several: `allow
/// connect, bind "*:80"` is a remote filter for one and a local for the other.
enum class Channel : uint8_t {
  Path,
  Program,
  RemoteTcp,
  RemoteUdp,
  RemoteUnix,
  LocalTcp,
  LocalUdp,
  LocalUnix,
  Subject,
  MachName,
  SysctlName,
  IokitClass,
};
constexpr size_t kChannels = size_t(Channel::IokitClass) + 1;

/// What a filter is for. Where a pattern cannot be said exactly, a Grant is
/// taken smaller and a Withhold larger, so that both make the profile narrower.
enum class Side : uint8_t { Grant, Withhold };

/// The largest number of single ports that one rule may list.
constexpr unsigned kMaxSbplPorts = 256;

/// Appends filters for `pattern` on that channel; none if the pattern does not
/// speak of it (a UDP endpoint on a TCP channel). False with a reason in `why`
/// if Seatbelt has no filter for it.
bool appendFilters(const ir::Policy &policy, const ir::Pattern &pattern,
                   Channel channel, Side side,
                   std::vector<std::string> &filters, std::string &why);

/// The filter parts for endpoints; see appendFilters.
bool appendEndpointFilters(const ir::Policy &policy,
                           const ir::EndpointPattern &endpoint, Channel channel,
                           std::vector<std::string> &filters, std::string &why);

/// True if the pattern names 127.0.0.1 or ::1 alone.
bool isLoopback(const ir::HostPattern &host);

} // namespace srt::backend

#endif
