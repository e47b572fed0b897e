// test/Tools/srt-algebra-check/Check.h: the algebra held against lib/Sim.
// SPDX-License-Identifier: Apache-2.0
//
// Each check prints what it compared and what differed; it returns the number
// of differences.
#ifndef SRT_TEST_TOOLS_SRT_ALGEBRA_CHECK_CHECK_H
#define SRT_TEST_TOOLS_SRT_ALGEBRA_CHECK_CHECK_H

#include "lib/IR/Policy.h"
#include "lib/Sim/RandomPolicy.h"

namespace srt::check {

/// Every path pattern of up to `patternSize` bytes over a small alphabet
/// against every path of up to `pathSize` bytes: lib/Sim's matcher, subsets,
/// the smallest automaton and the packed table must agree.
size_t checkGlobs(unsigned patternSize, unsigned pathSize);

/// Random policies on random paths with random values of their params: lib/Sim,
/// the tables, and for some of them every label that a search meets.
size_t checkPolicies(uint64_t count, uint64_t seed);

/// Every pass, in order, over random policies: no verdict may change.
size_t checkPasses(uint64_t count, uint64_t seed);

/// Builds and verifies the tables of a policy file, and prints their figures.
size_t checkTables(const std::string &name);

/// Two params, up to six rules on paths, with wildcards and excepts.
ir::Policy randomIr(sim::Dice &dice);

/// A pattern or a path over few names, so that they meet often. `base` 0 and 1
/// are params.
ir::PathPattern randomPattern(sim::Dice &dice);
std::string randomPath(sim::Dice &dice, unsigned most);

} // namespace srt::check

#endif
