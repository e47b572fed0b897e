// lib/Sim/RandomPolicy.h: small random policies, as a person would write them.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_SIM_RANDOMPOLICY_H
#define SRT_LIB_SIM_RANDOMPOLICY_H

#include <cstdint>
#include <map>
#include <string>

namespace srt::sim {

/// Numbers from a seed, the same on every machine (splitmix64, Steele 2014).
class Dice {
public:
  explicit Dice(uint64_t seed) : state(seed) {}
  uint64_t next();
  /// 0 <= result < bound. Requires: bound > 0.
  uint64_t below(uint64_t bound) { return next() % bound; }
  bool oneIn(uint64_t n) { return below(n) == 0; }

private:
  uint64_t state;
};

/// Two params, up to eight rules over a handful of path components, ports,
/// processes and syscalls, so that rules meet often. Text of a .srt file.
std::string randomPolicy(Dice &dice);

/// Values for the params of randomPolicy(): often equal or nested.
std::map<std::string, std::string, std::less<>> randomValues(Dice &dice);

} // namespace srt::sim

#endif
