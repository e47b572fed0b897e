// lib/Driver/Listings.h: the backends' output as text.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_DRIVER_LISTINGS_H
#define SRT_LIB_DRIVER_LISTINGS_H

#include "lib/Backend/SeccompFilter.h"
#include "lib/IR/Plan.h"

#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"

namespace srt {

/// The Landlock ruleset: handled rights, then a line per root, command, port.
void listLandlock(llvm::raw_ostream &out, const ir::Plan &plan);

/// The seccomp program of each architecture, disassembled.
llvm::Error listFilters(llvm::raw_ostream &out, const ir::Plan &plan,
                        backend::Generator generator);

} // namespace srt

#endif
