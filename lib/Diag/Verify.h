// lib/Diag/Verify.h: holds diagnostics against expectations in comments.
// SPDX-License-Identifier: Apache-2.0
//
// An expectation stands first in a comment (`//`, `/*` or `#`) of any file that
// was read, or right behind another one:
//   allow read "usr";  // expected-error {{must start with}}
//   # expected-warning@+1 2 {{W3010}}
//   // expected-no-diagnostics
// `@+N`, `@-N` count from the line of the comment, `@N` is a line of the file,
// `@0` is for diagnostics without a place, in whatever file it stands. The
// text between the braces is part of "CODE: message"; the number before it is
// how many diagnostics it stands for.
#ifndef SRT_LIB_DIAG_VERIFY_H
#define SRT_LIB_DIAG_VERIFY_H

#include "lib/Diag/Diagnostic.h"

#include "llvm/Support/raw_ostream.h"

namespace srt {

/// Bounds; exceeding one is a malformed expectation.
inline constexpr size_t kMaxExpectations = 1024;  // in all files together
inline constexpr uint32_t kMaxExpectedCount = 512; // what an engine keeps

/// Returns true if errors and warnings are exactly those that the comments
/// expect; remarks likewise, but only if some comment expects a remark. Else
/// writes, a line each, what is malformed, what was seen without being expected
/// and what was expected without being seen. No expectation at all, and
/// diagnostics that the engine did not keep, make it false too.
bool verifyExpectations(llvm::raw_ostream &out, const Sources &sources,
                        const DiagnosticEngine &diags);

} // namespace srt

#endif
