// lib/Kernel/Landlock.h: Landlock's rights, scopes and ABIs as data.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_KERNEL_LANDLOCK_H
#define SRT_LIB_KERNEL_LANDLOCK_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>
#include <string>

namespace srt::kernel {

/// Bits of struct landlock_ruleset_attr's fields, by name: kFsExecute, ...
#define SRT_FS_RIGHT(id, name, bit, ...)                                       \
  inline constexpr uint64_t kFs##id = uint64_t(1) << bit;
#define SRT_NET_RIGHT(id, name, bit, ...)                                      \
  inline constexpr uint64_t kNet##id = uint64_t(1) << bit;
#define SRT_SCOPE(id, name, bit, ...)                                          \
  inline constexpr uint64_t kScope##id = uint64_t(1) << bit;
#include "lib/Kernel/Landlock.def"

/// Every file right that ABI `abi` knows.
uint64_t fsRightsOf(unsigned abi);
uint64_t netRightsOf(unsigned abi);
uint64_t scopesOf(unsigned abi);

/// File rights that may stand on something that is not a directory.
uint64_t fileRights();

/// The least ABI that knows every one of these bits; 0 for none.
unsigned leastAbi(uint64_t fs, uint64_t net, uint64_t scopes);

/// "read-file|read-dir"; "none" for 0. Bits in table order.
std::string fsRightsText(uint64_t rights);
std::string netRightsText(uint64_t rights);
std::string scopesText(uint64_t scopes);

/// Reads what the functions above write.
std::optional<uint64_t> readFsRights(llvm::StringRef text);
std::optional<uint64_t> readNetRights(llvm::StringRef text);
std::optional<uint64_t> readScopes(llvm::StringRef text);

/// First Linux release with that ABI ("6.12"), or an empty text.
llvm::StringRef firstRelease(unsigned abi);
unsigned newestAbi();

} // namespace srt::kernel

#endif
