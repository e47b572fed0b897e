// lib/Transforms/Pass.h: passes over the IR, by name.
// SPDX-License-Identifier: Apache-2.0
//
// A pass takes a verified policy and leaves a verified policy. Removing a rule
// renumbers those behind it; a rule keeps the place where it was written.
#ifndef SRT_LIB_TRANSFORMS_PASS_H
#define SRT_LIB_TRANSFORMS_PASS_H

#include "lib/Diag/Diagnostic.h"
#include "lib/IR/Policy.h"

namespace srt::transforms {

/// One function per row of Passes.def; what it does stands in its own file.
#define SRT_PASS(function, name, reasons)                                      \
  void function(ir::Policy &policy, DiagnosticEngine &diags);
#include "lib/Transforms/Passes.def"

/// The names of all passes, in the order in which they should run.
llvm::ArrayRef<llvm::StringLiteral> passNames();

/// True if the same rules decide after the pass of that name as before.
bool keepsReasons(llvm::StringRef name);

/// True if runPass holds what a pass made against what it got.
#ifdef NDEBUG
inline constexpr bool kComparesRuns = false;
#else
inline constexpr bool kComparesRuns = true;
#endif

/// Runs the pass of that name. Reports and returns false if there is none
/// (E4007), or if it changed a verdict (E4013; looked at if kComparesRuns, and
/// within bounds). What the pass itself finds is in `diags`.
bool runPass(llvm::StringRef name, ir::Policy &policy, DiagnosticEngine &diags);

} // namespace srt::transforms

#endif
