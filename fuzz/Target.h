// fuzz/Target.h: what all fuzz targets share.
// SPDX-License-Identifier: Apache-2.0
//
// A target is one file with one LLVMFuzzerTestOneInput. It is linked twice:
// with libFuzzer in the preset `fuzz` (srt-fuzz-NAME), and in every preset with
// Replay.cpp (srt-replay-NAME), which runs files and nothing else.
#ifndef SRT_FUZZ_TARGET_H
#define SRT_FUZZ_TARGET_H

#include "llvm/ADT/StringRef.h"

#include <cstddef>
#include <cstdint>
#include <utility>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

namespace srt::fuzz {

/// Ends the program with a signal: the input shows a mistake of ours.
[[noreturn]] void fail(llvm::StringRef what);

inline void require(bool holds, llvm::StringRef what) {
  if (!holds)
    fail(what);
}

inline llvm::StringRef textOf(const uint8_t *data, size_t size) {
  return {reinterpret_cast<const char *>(data), size};
}

/// A directory that holds no policy; an import finds nothing there.
inline constexpr const char *kNoFolder = "/nonexistent";

} // namespace srt::fuzz

#endif
