// lib/IR/Read.h: reads IR text (.srtir) back into a policy.
// SPDX-License-Identifier: Apache-2.0
//
// Statements may stand in any order, but a param before its use. Patterns are
// taken in their canonical spelling only (lib/IR/PatternText.h). What the text
// cannot say wrongly is right; the rest is for ir::verify.
#ifndef SRT_LIB_IR_READ_H
#define SRT_LIB_IR_READ_H

#include "lib/Diag/Diagnostic.h"
#include "lib/IR/Policy.h"

namespace srt::ir {

/// The largest text that is read, in bytes. A policy takes up to 50 times the
/// memory of its text.
inline constexpr size_t kMaxIrText = 16u << 20;

/// Reads one policy, or reports the first error (E4003) and returns nothing.
/// What has no ` at ...` gets its place in `file` itself.
/// Requires: `file` was added with its text.
std::optional<Policy> readPolicy(Sources &sources, FileId file,
                                 DiagnosticEngine &diags);

} // namespace srt::ir

#endif
