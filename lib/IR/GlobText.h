// lib/IR/GlobText.h: the canonical spelling of globs, and reading it back.
// SPDX-License-Identifier: Apache-2.0
//
// `*`, `?` and classes stand for themselves; every other byte as in TextScan.h.
// A class is sorted ranges, `[a-cx]`, or `[!...]` where that is shorter; `[!]`
// takes every byte but '/' and NUL, `[]` none.
#ifndef SRT_LIB_IR_GLOBTEXT_H
#define SRT_LIB_IR_GLOBTEXT_H

#include "lib/IR/Pattern.h"
#include "lib/IR/TextScan.h"

namespace srt::ir {

/// What a glob is part of: it ends at a '/' in a path, at a space in a command,
/// at either in the path of a command, else with the text.
enum class GlobPlace : uint8_t { Whole, Segment, Word, CommandSegment };

/// The bytes that end a glob there.
llvm::StringRef stops(GlobPlace place);

/// True at the end of the text and at the bytes that end a glob there.
bool atStop(const TextScan &scan, GlobPlace place);

/// The spelling of a glob; empty for the empty glob.
std::string text(const Glob &glob, GlobPlace place);

/// The spelling of literal bytes, as a glob's.
std::string literalText(llvm::StringRef bytes, GlobPlace place);

/// Reads up to what ends a glob in that place; may read an empty glob.
/// Classes may be spelled otherwise than canonically: see isCanonical().
std::optional<Glob> readGlob(TextScan &scan, GlobPlace place);

} // namespace srt::ir

#endif
