// lib/Backend/SeccompParts.h: a filter composed of libseccomp's parts.
// SPDX-License-Identifier: Apache-2.0
//
// The second generator. It shares nothing with our own but the constants of
// SeccompShape.h, so that where both agree, two programs agree.
#ifndef SRT_LIB_BACKEND_SECCOMPPARTS_H
#define SRT_LIB_BACKEND_SECCOMPPARTS_H

#include "lib/Backend/SeccompFilter.h"

namespace srt::backend {

/// Front, tree, chains; whatever a part does not settle falls into the next
/// one. *Keeps*. Errors: FilterTooLong; NotTellable for a mask with another
/// operator than `==` and for one argument tested twice in a conjunction;
/// libseccomp's own failures.
llvm::Expected<std::vector<Instruction>> libraryProgram(const ir::Plan &plan,
                                                        kernel::Arch arch);

} // namespace srt::backend

#endif
