// lib/Backend/BundleWriter.h: a plan as the bytes of a bundle (.srtb).
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: what is returned passes srt_check_bundle, the same code that the
// loader trusts; the same plan and sources give the same bytes.
#ifndef SRT_LIB_BACKEND_BUNDLEWRITER_H
#define SRT_LIB_BACKEND_BUNDLEWRITER_H

#include "lib/Backend/SeccompFilter.h"
#include "lib/IR/Plan.h"

#include "llvm/Support/Error.h"

namespace srt::backend {

/// Writes the bundle of runtime/bundle/bundle.h, without empty sections.
/// *Keeps*. Requires: plan.target.os is Linux. Errors: those of emitSeccomp
/// (FilterTooLong among them), a text that the format cannot hold, and an
/// internal error if the checker refuses the result.
llvm::Expected<std::string> writeBundle(const ir::Plan &plan,
                                        const Sources &sources,
                                        Generator generator);

} // namespace srt::backend

#endif
