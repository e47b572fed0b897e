// lib/Backend/SbplGlob.h: globs in Seatbelt's dialect of regular expressions.
// SPDX-License-Identifier: Apache-2.0
//
// The dialect (AppleMatch) is small: bytes, `.`, classes, `* + ?`, groups, `|`
// and the two anchors. A regex is searched for, so ours are always anchored.
#ifndef SRT_LIB_BACKEND_SBPLGLOB_H
#define SRT_LIB_BACKEND_SBPLGLOB_H

#include "lib/IR/Pattern.h"

#include "llvm/ADT/ArrayRef.h"

namespace srt::backend {

/// `text` so that it matches itself and nothing else.
std::string regexQuoted(llvm::StringRef text);

/// What a wildcard may run over: one component of a path, or a whole name.
enum class GlobReach : uint8_t { Component, Name };

/// Appends the regex of one component or name, without anchors. *Keeps* the
/// language of the glob. False with a reason in `why` for a class of bytes
/// that the dialect cannot say for certain.
bool appendGlob(const ir::Glob &glob, GlobReach reach, std::string &regex,
                std::string &why);

/// Appends `/name` for each segment and `(/.*)?` for each `**`.
bool appendSegments(llvm::ArrayRef<ir::Segment> segments, std::string &regex,
                    std::string &why);

} // namespace srt::backend

#endif
