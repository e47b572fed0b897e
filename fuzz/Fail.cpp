// fuzz/Fail.cpp: how a target says that something is wrong.
// SPDX-License-Identifier: Apache-2.0
#include "fuzz/Target.h"

#include <cstdio>
#include <cstdlib>

namespace srt::fuzz {

void fail(llvm::StringRef what) {
  std::fprintf(stderr, "srt-fuzz: %.*s\n", int(what.size()), what.data());
  std::abort();
}

} // namespace srt::fuzz
