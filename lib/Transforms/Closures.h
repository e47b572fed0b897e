// lib/Transforms/Closures.h: syscalls that would get around other rules.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_TRANSFORMS_CLOSURES_H
#define SRT_LIB_TRANSFORMS_CLOSURES_H

#include "lib/Transforms/Lowering.h"

namespace srt {

/// What is taken from one syscall, whatever the syscall rules say. *Narrows*.
struct Closure {
  enum class Kind : uint8_t {
    Refuse,   // never permitted
    OnlyIf,   // permitted only where one of `conjunctions` holds
    RefuseIf, // refused where one of `conjunctions` holds
  };
  std::string syscall;
  Kind kind = Kind::Refuse;
  std::vector<ir::Conjunction> conjunctions;
  uint16_t error = 1; // errno: EPERM, or ENOSYS so that programs fall back
  std::string why;
};

/// The closures that the policy's other rules call for, in a fixed order.
std::vector<Closure> closuresFor(const Lowering &lowering);

} // namespace srt

#endif
