// lib/Sim/BundleJudge.h: collects what a started bundle says to one event.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_SIM_BUNDLEJUDGE_H
#define SRT_LIB_SIM_BUNDLEJUDGE_H

#include "lib/Sim/EvalBundle.h"
#include "lib/Sim/LandlockModel.h"

#include "lib/Kernel/Landlock.h"

#include <initializer_list>

namespace srt::sim {

/// A syscall with the arguments that matter; the others are 0.
struct Call {
  llvm::StringRef name;
  std::array<uint64_t, 6> args{};
};

/// Judges operation after operation; verdict() sums up.
class BundleJudge {
public:
  BundleJudge(const LandlockModel &landlock,
              const std::optional<std::vector<BpfInsn>> &filter,
              kernel::Arch arch)
      : landlock(landlock), filter(filter), arch(arch) {}

  const LandlockModel &landlock;
  /// What the broker says to the event, for calls that the filter sends it.
  bool isBrokered = false;

  /// True if the filter lets the call through, or if io_uring, whose work no
  /// filter sees, can do the same.
  bool may(const Call &call) const;
  bool mayAny(std::initializer_list<Call> calls) const;
  /// The filter alone. False if the machine has no such call.
  bool passesFilter(const Call &call) const;

  /// Counts one operation: whether the filter lets a call for it through, and
  /// whether the ruleset grants it.
  void operation(llvm::StringRef what, bool isCallable, bool isGranted);

  BundleVerdict verdict() const;

private:
  bool mayRing(llvm::StringRef name) const;

  const std::optional<std::vector<BpfInsn>> &filter;
  kernel::Arch arch;
  unsigned permittedCount = 0;
  unsigned count = 0;
  BundleVerdict sum;
};

void judgeFile(BundleJudge &judge, ir::ActionId leaf, llvm::StringRef path);
void judgeEndpoint(BundleJudge &judge, ir::ActionId leaf,
                   const Endpoint &endpoint);

} // namespace srt::sim

#endif
