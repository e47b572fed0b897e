// fuzz/Zones.h: what the policy of the broker's targets says, in other words.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_FUZZ_ZONES_H
#define SRT_FUZZ_ZONES_H

#include "fuzz/World.h"

namespace srt::fuzz {

/// What Zones.cpp holds the broker against.
inline constexpr const char *kPolicy = R"(policy fuzz {
  allow read, write "/";
  allow exec "/";
  deny read.data, read.list, write "/secret";
  deny exec "/secret", "/open/tool --bad **";
  ask write "/asked";
  allow connect "tcp:192.0.2.0/24:443", "udp:192.0.2.0/24:7",
                "*.good.example.com:443", "unix:/open/**", "unix:@open*";
  allow send "udp:192.0.2.0/24:7", "unix:/open/**";
  allow bind "tcp:127.0.0.1:3000", "unix:/open/**";
  ask connect "asked.example.com:443";
}
)";

enum class Doing { Reading, Writing };
/// Fails if nothing may be done with what is at a path.
void mustBeOpen(const World &world, llvm::StringRef path, Doing doing);
/// Fails if what is at a path must stay where it is, for rules hang on it.
void mustBeMovable(llvm::StringRef path);

enum class Using { Connect, Bind, Send };
/// Fails if a socket must not be used with a name of the kernel's form.
void mustBeReachable(World &world, const Thing &socket, Using use,
                     const void *name, uint64_t size);
/// Fails if a name of a host must not leave the machine.
void mustBeAskable(const World &world, llvm::StringRef name);

} // namespace srt::fuzz

#endif
