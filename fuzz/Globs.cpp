// fuzz/Globs.cpp: path patterns as automata against the naive matcher.
// SPDX-License-Identifier: Apache-2.0
//
// First line: a pattern as IR text spells it; the others: paths.
#include "fuzz/Target.h"
#include "lib/IR/PatternText.h"
#include "lib/Sim/EventText.h"
#include "test/Tools/srt-algebra-check/OnePattern.h"

#include "llvm/ADT/SmallVector.h"

using namespace srt;

/// Patterns of that length have small automata, and classes, too.
static constexpr size_t kMaxPattern = 64, kMaxPath = 256;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  llvm::SmallVector<llvm::StringRef, 16> lines;
  fuzz::textOf(data, size).split(lines, '\n', 16);
  ir::TextError error;
  auto pattern = ir::readPath(lines.front(), {}, error);
  if (!pattern)
    return 0;
  fuzz::require(ir::text(*pattern, {}) == lines.front(),
                "a pattern has two spellings");
  if (lines.front().size() > kMaxPattern)
    return 0;
  check::OnePattern one(*pattern);
  for (llvm::StringRef path : llvm::ArrayRef(lines).drop_front())
    if (path.size() <= kMaxPath && sim::isResolvedPath(path)) {
      std::string who = one.dissenters(path.str());
      fuzz::require(who.empty(), lines.front().str() + " on " + path.str() +
                                     ":" + who + " differ from lib/Sim");
    }
  return 0;
}
