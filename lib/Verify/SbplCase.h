// lib/Verify/SbplCase.h: a policy and its Seatbelt profile, once params are set.
// SPDX-License-Identifier: Apache-2.0
//
// A profile gets the values of params when it is read. So the two are compared
// under arrangements of values: apart from each other, and nested both ways.
#ifndef SRT_LIB_VERIFY_SBPLCASE_H
#define SRT_LIB_VERIFY_SBPLCASE_H

#include "lib/Analysis/Clauses.h"
#include "lib/Sim/Sbpl.h"

namespace srt::verify {

/// One arrangement of values.
struct SbplBinding {
  std::vector<std::string> values; // by ParamId: absolute, resolved
  std::string text;                // ", with ${home} = /Users/me/home"
};

/// The arrangements under which a policy is compared; one without params.
std::vector<SbplBinding> bindingsOf(const ir::Policy &policy);

/// The values as the launcher passes them (docs/Seatbelt.md).
sim::SbplParams sbplParams(const ir::Policy &policy,
                           const SbplBinding &binding);

/// Views of a place (srt::Meaning::views).
enum SbplView : unsigned {
  Says,     // the policy
  Floor,    // what every profile grants where no rule denies
  Withheld, // what rules name to take it out: it must not be moved away
  Shut,     // what every profile withholds
};

/// A place on disk, or a name, and what is said about it. Free of params.
struct SbplPlace {
  enum class Reach : uint8_t { Tree, Alone };
  ir::PathPattern path;
  Reach reach = Reach::Tree;
  Meaning meaning;
};

/// What the policy says on files, programs and unix sockets, and the floor.
/// Links that macOS has in `/` are resolved.
std::vector<SbplPlace> sbplPlaces(const ir::Policy &policy,
                                  const SbplBinding &binding,
                                  Meanings &meanings);

/// The names of sysctls that every profile lets be read.
llvm::ArrayRef<llvm::StringLiteral> sbplFloorSysctls();

} // namespace srt::verify

#endif
