// lib/Analysis/Clauses.h: a policy as a list of single patterns.
// SPDX-License-Identifier: Apache-2.0
//
// The algebra works on patterns, not on rules: each says, for some actions, an
// effect. Clauses with equal keys say the same, in whatever policies they
// stand, so what two policies have in common is known before any automaton is.
#ifndef SRT_LIB_ANALYSIS_CLAUSES_H
#define SRT_LIB_ANALYSIS_CLAUSES_H

#include "lib/Analysis/Meanings.h"
#include "lib/IR/Pattern.h"

namespace srt {

/// What the words of a question are.
enum class Space : uint8_t {
  Paths,    // files, and unix sockets by path
  Commands, // programs with their arguments
  Names,    // mach, sysctl, iokit
  Abstract, // unix sockets by abstract name
};

struct Clause {
  const ir::Policy *policy = nullptr;
  ir::RuleId rule;
  const ir::Pattern *pattern = nullptr;
  Meaning::Part part = Meaning::Part::Whole;
  ir::Effect effect = ir::Effect::Allow;
  uint64_t actions = 0; // leaf actions, as bits
  std::string key;      // equal keys say the same
  std::string pairKey;  // Pattern, Except: names the rule by what it says
};

/// The bits of the leaf actions that the rule speaks of.
uint64_t actionBits(const ir::Rule &rule);
uint64_t bitOf(ir::ActionId leaf);

/// The clauses of all rules that the space knows words for, in rule order.
std::vector<Clause> clausesOf(const ir::Policy &policy, Space space);

/// Names the value of the param that a pattern begins with: two params with one
/// source are one param. Empty without a param.
std::string sourceKey(const ir::Pattern &pattern, const ir::Policy &policy);

} // namespace srt

#endif
