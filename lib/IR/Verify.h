// lib/IR/Verify.h: holds a policy against the guarantees of its headers.
// SPDX-License-Identifier: Apache-2.0
//
// Runs after reading and after every pass. A pattern is in normal form if it
// reads back from its own text, so text and verifier cannot drift apart.
#ifndef SRT_LIB_IR_VERIFY_H
#define SRT_LIB_IR_VERIFY_H

#include "lib/Diag/Diagnostic.h"
#include "lib/IR/Policy.h"

namespace srt::ir {

/// True if every guarantee of Policy.h and Pattern.h holds; if not, `why` is
/// the first that does not, naming its rule.
bool verify(const Policy &policy, std::string &why);

/// The same, reporting what is broken (E4004).
bool verifyOrReport(const Policy &policy, DiagnosticEngine &diags);

} // namespace srt::ir

#endif
