// lib/Driver/Matrix.h: every rule on every target, as one table.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_DRIVER_MATRIX_H
#define SRT_LIB_DRIVER_MATRIX_H

#include "lib/Driver/Compile.h"

#include "llvm/Support/raw_ostream.h"

#include <map>

namespace srt {

/// What becomes of a rule on a target. Carried: not refused; where it is
/// narrower, comments of the profile say so.
enum class Fate : uint8_t { Absent, Exact, Carried, Narrower, Wider, Refused };
llvm::StringRef spelling(Fate fate);

struct MatrixRow {
  SourceRange range;  // nowhere: what no rule says, but the policy as a whole
  std::string says;   // "allow read /usr, /lib"
  std::string cost;   // while running: "none", "open", "connect", "call"
  std::string oldest; // Linux target that does not refuse it, or "none"
  std::vector<Fate> fates; // by target
  std::vector<std::string> reasons; // by target: first code and message, or ""
};

struct Matrix {
  std::vector<std::string> targets;
  std::vector<MatrixRow> rows; // in the order of the sources; the policy first
};

/// What a row says of a rule: "allow read /usr, /lib". Implied rules, which
/// stand nowhere, are told apart by it.
std::string saysOf(const ir::Policy &policy, const ir::Rule &rule);

/// What a rule costs while the command runs if no broker judges it: "none",
/// "open", "connect" or "call"; figures are in docs/Enforcement.md.
llvm::StringRef costOf(const ir::Rule &rule);

/// Plans the policy for every named target. Errors that keep it from being read
/// at all are reported, and then there is no table; what a target cannot do is
/// in the table only.
std::optional<Matrix> matrixOf(Sources &sources, FileId file,
                               const CompileOptions &options,
                               DiagnosticEngine &diags);

void writeMatrix(llvm::raw_ostream &out, const Matrix &matrix);
/// One object a line: place, text, cost, oldest, and each target's fate.
void writeMatrixJson(llvm::raw_ostream &out, const Matrix &matrix,
                     const Sources &sources);

} // namespace srt

#endif
