// lib/Backend/SeccompTree.h: the decision by number alone, as a search tree.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_BACKEND_SECCOMPTREE_H
#define SRT_LIB_BACKEND_SECCOMPTREE_H

#include "lib/Backend/SeccompFilter.h"
#include "lib/Backend/SeccompRules.h"

#include <optional>

namespace srt::backend {

/// A balanced search over the intervals of numbers that share an action, as a
/// fragment: A holds the number, every path ends in a RET or, for the action
/// `goOn`, behind the fragment. Numbers without a rule return `otherwise`.
/// About one instruction per interval; a call passes log2 of them.
/// Nothing if the intervals are too many for jumps of 255 instructions.
/// Requires: no rule has tests; at most one rule per number.
std::optional<std::vector<Instruction>>
searchTree(llvm::ArrayRef<SeccompRule> rules, uint32_t otherwise,
           uint32_t goOn);

} // namespace srt::backend

#endif
