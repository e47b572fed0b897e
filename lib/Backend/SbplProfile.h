// lib/Backend/SbplProfile.h: lines of a profile.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_BACKEND_SBPLPROFILE_H
#define SRT_LIB_BACKEND_SBPLPROFILE_H

#include "lib/Backend/SbplRules.h"

namespace srt::backend {

/// Whether every version of macOS has an operation.
enum class Guard : uint8_t { Always, Defined };

/// `(VERB OPS FILTERS) ; comment`, wrapped in `(if (defined? 'OP) ...)` under
/// Guard::Defined, which takes one operation. The comment is ours, never a
/// user's text: a newline in it would be a rule.
std::string line(llvm::StringRef verb, llvm::StringRef operations, Guard guard,
                 llvm::ArrayRef<std::string> filters, llvm::StringRef comment);

/// Appends the grants (Effect::Allow) or denies of every row of SbplOps.def.
/// Grants whose operation no rule grants in full are reported as E3024.
void appendGrants(const ir::Policy &policy, llvm::ArrayRef<SbplRule> rules,
                  DiagnosticEngine &diags, std::string &text);
void appendDenies(llvm::ArrayRef<SbplRule> rules, std::string &text);

/// Appends denies of the second spelling that the data volume has for every
/// path. *Narrows*: the kernel translates most of them to the first spelling,
/// but not paths without a firmlink.
void appendShut(std::string &text);

} // namespace srt::backend

#endif
