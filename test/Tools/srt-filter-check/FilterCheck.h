// test/Tools/srt-filter-check/FilterCheck.h: two generators, one meaning.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TEST_TOOLS_SRT_FILTER_CHECK_FILTERCHECK_H
#define SRT_TEST_TOOLS_SRT_FILTER_CHECK_FILTERCHECK_H

#include "lib/IR/Plan.h"

#include <random>

namespace srt::filtercheck {

/// How wild a random plan's tests are: `Plain` ones can be told by libseccomp,
/// `Any` use every operator with masks, and one argument often.
enum class Tests : uint8_t { Plain, Any };

/// A plan of decisions only, for every architecture and every known syscall.
ir::Plan randomPlan(std::mt19937_64 &random, Tests tests);

/// What was compared so far.
struct Counts {
  size_t programs = 0, calls = 0;
  size_t untellable = 0; // programs that libseccomp cannot make
  size_t tooLong = 0;    // programs that nobody can make
  size_t unproved = 0;   // programs that the verifier gives up on
  size_t faults = 0;     // changed programs of which a call shows it
};

/// Makes the programs of both generators for each architecture of the plan,
/// runs both on calls around every test and on random ones, and holds them
/// against each other and the plan; has lib/Verify prove both; changes single
/// instructions and sees that lib/Verify notices whatever a call shows. Prints
/// what differs; true if nothing does.
bool compareGenerators(const ir::Plan &plan, std::mt19937_64 &random,
                       Counts &counts);

} // namespace srt::filtercheck

#endif
