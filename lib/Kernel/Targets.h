// lib/Kernel/Targets.h: the systems that policies are compiled for.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_KERNEL_TARGETS_H
#define SRT_LIB_KERNEL_TARGETS_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>

namespace srt::kernel {

enum class Os : uint8_t { Linux, Macos };

struct Target {
  std::string name; // "linux-6.12"
  Os os = Os::Linux;
  unsigned landlockAbi = 0; // Linux only
};

/// The target of that name: a row of Targets.def, or "landlock-abi-N".
std::optional<Target> targetNamed(llvm::StringRef name);

/// The names of Targets.def, in table order.
llvm::SmallVector<llvm::StringRef, 8> targetNames();

/// What is compiled for if nothing else is said. Fixed, not the host's kernel,
/// for the same input has the same output everywhere.
inline constexpr llvm::StringLiteral kDefaultTarget = "linux-6.12";

} // namespace srt::kernel

#endif
