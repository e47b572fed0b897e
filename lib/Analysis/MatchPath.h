// lib/Analysis/MatchPath.h: one pattern against one path, without an automaton.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_ANALYSIS_MATCHPATH_H
#define SRT_LIB_ANALYSIS_MATCHPATH_H

#include "lib/IR/Pattern.h"

namespace srt {

/// True if the pattern covers a path beneath its base: "" for the base itself,
/// else "/name/name". Takes time like the pattern times the path.
bool coversPath(const ir::PathPattern &pattern, llvm::StringRef path);

} // namespace srt

#endif
