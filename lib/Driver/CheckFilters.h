// lib/Driver/CheckFilters.h: are the filters what the plan says?
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_DRIVER_CHECKFILTERS_H
#define SRT_LIB_DRIVER_CHECKFILTERS_H

#include "lib/IR/Plan.h"

#include "llvm/Support/Error.h"

namespace srt {

/// Runs every filter of the bundle in lib/Sim's interpreter: on every syscall,
/// with the values on both sides of each of its tests, and as another
/// architecture, as x32 and as numbers that nobody knows. An error names the
/// first call on which plan and program differ. libseccomp 2.5 is known to
/// miscompile some combinations of tests; none of them leaves the compiler.
/// Requires: `bundle` passed srt_check_bundle.
llvm::Error checkFilters(const ir::Plan &plan, llvm::StringRef bundle);

} // namespace srt

#endif
