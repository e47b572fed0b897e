// lib/Backend/SeccompShape.cpp: what a filter must look like to be one.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Backend/SeccompShape.h"

namespace srt::backend {

static bool isCondition(uint16_t code) {
  return code == kJeq || code == kJgt || code == kJge || code == kJset;
}

/// Requires: `behind` instructions follow `op`.
static bool isInside(const Instruction &op, size_t behind) {
  if (op.code == kReturn)
    return true;
  if (op.code == kJump)
    return op.k < behind;
  if (isCondition(op.code))
    return op.jt < behind && op.jf < behind;
  return (op.code == kLoad || op.code == kAnd) && behind > 0;
}

bool hasGoodShape(llvm::ArrayRef<Instruction> program) {
  for (size_t at = 0; at < program.size(); ++at)
    if (!isInside(program[at], program.size() - at - 1))
      return false;
  return !program.empty();
}

} // namespace srt::backend
