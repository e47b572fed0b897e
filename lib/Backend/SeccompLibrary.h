// lib/Backend/SeccompLibrary.h: what srtc uses libseccomp for.
// SPDX-License-Identifier: Apache-2.0
//
// libseccomp turns rules into a decision tree; the check of the architecture
// and the numbers of the syscalls are ours, so its age and its host do not
// show in what it makes.
#ifndef SRT_LIB_BACKEND_SECCOMPLIBRARY_H
#define SRT_LIB_BACKEND_SECCOMPLIBRARY_H

#include "lib/Backend/SeccompFilter.h"
#include "lib/Backend/SeccompRules.h"

namespace srt::backend {

/// The decision tree for `rules`, as a fragment: it begins by loading the
/// syscall number, ends every path in a RET and looks at no architecture; calls
/// that match no rule return `otherwise`. Its shape is good (SeccompShape.h).
/// Requires: no rule has the action `otherwise`; a rule with tests comes alone,
/// for libseccomp 2.5.4 merges several on one number wrongly (seen with `!=`
/// and with orders on one argument). Errors: what libseccomp says.
llvm::Expected<std::vector<Instruction>>
compileRules(llvm::ArrayRef<SeccompRule> rules, uint32_t otherwise);

} // namespace srt::backend

#endif
