// lib/Backend/SeccompFormula.h: what is still to be asked about a call.
// SPDX-License-Identifier: Apache-2.0
//
// A filter sees an argument as two words of 32 bits. A formula is the decision
// on one syscall; each answer about a word leaves a smaller one, and equal
// formulas are one state of the program, however they were reached.
#ifndef SRT_LIB_BACKEND_SECCOMPFORMULA_H
#define SRT_LIB_BACKEND_SECCOMPFORMULA_H

#include "lib/IR/Plan.h"

namespace srt::backend {

/// A part of an argument that a program can look at.
struct Variable {
  uint8_t index = 0;     // of the argument, 0..5
  bool isLow = false;    // its lower half
  uint32_t mask = 0;     // the bits of that half, not 0
  friend auto operator<=>(const Variable &, const Variable &) = default;
};

/// A test of an argument. Once the high half was found equal to the operand's,
/// the low half decides (`isLow`).
struct Literal {
  ir::ArgTest::Op op = ir::ArgTest::Op::Eq;
  Variable variable; // what is asked next
  uint64_t mask = 0;
  uint64_t operand = 0;
  friend auto operator<=>(const Literal &, const Literal &) = default;

  uint32_t constant() const {
    return uint32_t(variable.isLow ? operand : operand >> 32);
  }
};

/// All literals hold; empty: always.
using Term = std::vector<Literal>;

/// Denied if a term of `deny` holds or none of `allow` does, else sent to the
/// broker if one of `notify` holds. Terms are sorted and distinct.
struct Formula {
  std::vector<Term> deny, allow, notify;
  friend auto operator<=>(const Formula &, const Formula &) = default;

  bool isDenied() const;
  bool isNotified() const;
  bool isAllowed() const;
  /// Questions that are open, at most; less after every answer.
  size_t openHalves() const;
};

/// The decision on one syscall. Only `argBits` of an argument count: what a
/// machine of 32 bits ignores must not decide either.
Formula formulaOf(const ir::SyscallDecision &decision, uint64_t argBits);

/// What is left once `variable` was found to have `value`. If `isWhole`, all
/// 32 bits of the half are known to be `value`, and tests under any mask of the
/// same half are answered too.
Formula answered(const Formula &formula, Variable variable, uint32_t value,
                 bool isWhole);

/// Which half is asked about first: the one that most terms ask about, or that
/// most of the shortest terms do, which finishes one term before the next.
enum class Order : uint8_t { MostAsked, ShortestTerm };

/// What to ask first, unmasked before masked.
/// Requires: neither denied, notified nor allowed.
Variable nextVariable(const Formula &formula, Order order);

/// Where the variable's values begin to be answered otherwise: sorted, from 0,
/// without values that the mask cannot leave.
std::vector<uint32_t> cutsOf(const Formula &formula, Variable variable);

} // namespace srt::backend

#endif
