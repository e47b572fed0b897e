// lib/Backend/SeccompProgram.h: our own generator of filters.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_BACKEND_SECCOMPPROGRAM_H
#define SRT_LIB_BACKEND_SECCOMPPROGRAM_H

#include "lib/Backend/SeccompFilter.h"

namespace srt::backend {

/// The whole program as one graph: architecture, x32, a search tree over the
/// numbers, and for each number its decision. No argument is loaded before the
/// number is settled, so that the kernel still finds what is always allowed
/// (kernel/seccomp.c:seccomp_cache_prepare_bitmap, v6.12). Takes every test
/// that the IR has. *Keeps*. Errors: FilterTooLong.
llvm::Expected<std::vector<Instruction>> ownProgram(const ir::Plan &plan,
                                                    kernel::Arch arch);

} // namespace srt::backend

#endif
