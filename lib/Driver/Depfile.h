// lib/Driver/Depfile.h: what an output depends on, for Make and Ninja.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_DRIVER_DEPFILE_H
#define SRT_LIB_DRIVER_DEPFILE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>

namespace srt {

/// Whether every file but the first gets a rule of its own without a recipe, so
/// that Make goes on when an import is gone (cc1's -MP).
enum class PhonyRules : uint8_t { No, Yes };

/// The text of a depfile: `TARGETS: FILES`, one file a line, in the order in
/// which they were opened, escaped so that GNU Make and Ninja read the same
/// names. Requires: `targets` is not empty. Returns nothing, and the reason in
/// `problem`, for a name that one of the two could not read back.
/// Source: GNU make manual, "Rule Syntax"; ninja's src/depfile_parser.in.cc,
/// v1.11.
std::optional<std::string> depfileText(llvm::ArrayRef<std::string> targets,
                                       llvm::ArrayRef<std::string> files,
                                       PhonyRules phony,
                                       std::string &problem);

} // namespace srt

#endif
