// lib/IR/RoundTrip.h: holds a policy against what comes back from its text.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_IR_ROUNDTRIP_H
#define SRT_LIB_IR_ROUNDTRIP_H

#include "lib/IR/Policy.h"

namespace srt::ir {

/// True if `policy` comes back unchanged from its text, with and without
/// locations, and the text is the same when printed again. If not, `why` is the
/// first difference. Requires: verify() passed.
bool roundTrips(const Policy &policy, const Sources &sources, std::string &why);

/// The first line in which two texts differ, as a sentence; empty if none does.
std::string firstDifference(llvm::StringRef before, llvm::StringRef after);

} // namespace srt::ir

#endif
