// lib/IR/Print.h: a policy as IR text (.srtir).
// SPDX-License-Identifier: Apache-2.0
//
// One statement per line, in the order params, rules, env, limits. The text
// depends on the policy alone; lib/IR/Read.h reads it back.
#ifndef SRT_LIB_IR_PRINT_H
#define SRT_LIB_IR_PRINT_H

#include "lib/IR/Policy.h"

#include "llvm/Support/raw_ostream.h"

namespace srt::ir {

/// Whether each statement and pattern is followed by where it was written:
/// ` at "agent.srt":3:9-3:15`, or ` at nowhere`.
enum class Locations : uint8_t { Off, On };

/// Writes `policy`, verified or not; only a verified one reads back. Files are
/// named as in `sources`.
void print(llvm::raw_ostream &out, const Policy &policy, const Sources &sources,
           Locations locations);

/// ` at "agent.srt":3:9-3:15`, as print() writes it.
std::string locationText(SourceRange range, const Sources &sources);

} // namespace srt::ir

#endif
