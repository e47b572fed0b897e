// lib/Kernel/Targets.cpp: lookups in Targets.def.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Kernel/Targets.h"

#include "lib/Kernel/Landlock.h"

namespace srt::kernel {

namespace {
struct Row {
  llvm::StringLiteral name;
  Os os;
  unsigned abi;
};
const Row kRows[] = {
#define SRT_TARGET(name, os, abi) {name, Os::os, abi},
#include "lib/Kernel/Targets.def"
};
} // namespace

std::optional<Target> targetNamed(llvm::StringRef name) {
  for (const Row &row : kRows)
    if (row.name == name)
      return Target{name.str(), row.os, row.abi};
  llvm::StringRef rest = name;
  unsigned abi = 0;
  if (rest.consume_front("landlock-abi-") && !rest.starts_with("0") &&
      !rest.getAsInteger(10, abi) && abi >= 1 && abi <= newestAbi())
    return Target{name.str(), Os::Linux, abi};
  return std::nullopt;
}

llvm::SmallVector<llvm::StringRef, 8> targetNames() {
  llvm::SmallVector<llvm::StringRef, 8> names;
  for (const Row &row : kRows)
    names.push_back(row.name);
  return names;
}

} // namespace srt::kernel
