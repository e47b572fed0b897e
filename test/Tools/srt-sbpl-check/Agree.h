// test/Tools/srt-sbpl-check/Agree.h: a policy against its Seatbelt profile.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TEST_TOOLS_SRT_SBPL_CHECK_AGREE_H
#define SRT_TEST_TOOLS_SRT_SBPL_CHECK_AGREE_H

#include "lib/Sim/Sbpl.h"

#include "llvm/Support/raw_ostream.h"

#include <random>

namespace srt::check {

/// Makes events near what a policy speaks of: its own literals, one component
/// more, less or changed, and small random ones. The same seed gives the same
/// events.
class EventSource {
public:
  EventSource(const ir::Policy &policy, const sim::Bindings &bindings,
              uint64_t seed);
  sim::Event next();

private:
  size_t below(size_t bound);
  std::string globText(const ir::Glob &glob);
  std::string pathText(const ir::PathPattern &path);
  std::string anyPath();
  std::string changed(std::string path);
  sim::Endpoint anyEndpoint(ir::ActionId action);
  sim::Command anyCommand();
  std::string anyName();

  const sim::Bindings &bindings;
  std::mt19937_64 random;
  std::vector<const ir::Pattern *> patterns;
};

/// Values for the params of `policy`, as a launcher on macOS would bind them.
sim::Bindings bindingsFor(const ir::Policy &policy);

/// Emits the profile and compares `count` events. Returns the exit status: 1
/// if the profile permits what the policy denies, or narrows in a way that is
/// not documented.
int agree(const ir::Policy &policy, llvm::StringRef profileText, size_t count,
          uint64_t seed, llvm::raw_ostream &out);

} // namespace srt::check

#endif
