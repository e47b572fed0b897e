// lib/IR/PlanReadParts.h: the parts of plan statements that stand in several.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_IR_PLANREADPARTS_H
#define SRT_LIB_IR_PLANREADPARTS_H

#include "lib/IR/Plan.h"
#include "lib/IR/TextCursor.h"

namespace srt::ir {

/// Which table of Landlock.def names the rights.
enum class RightsKind : uint8_t { Fs, Net, Scopes };

/// Reads `read-file|read-dir`, in table order and each once, or `none`.
bool readRights(TextCursor &cursor, RightsKind kind, uint64_t &rights);

/// Reads `R3`.
bool readRuleName(TextCursor &cursor, RuleId &rule);

/// Reads `rights execute from R5`.
bool readGrant(TextCursor &cursor, RightsKind kind, uint64_t &rights,
               RuleId &rule);

/// Reads `"${home}/.ssh"`.
bool readQuotedPlace(TextCursor &cursor, llvm::ArrayRef<Param> params,
                     Place &place);

/// Reads one word of its enum.
std::optional<kernel::Arch> readArch(TextCursor &cursor);
std::optional<Mechanism> readMechanism(TextCursor &cursor);
std::optional<Exactness> readExactness(TextCursor &cursor);
std::optional<Cost> readCost(TextCursor &cursor);

/// Reads `linux-6.12`.
std::optional<Release> readRelease(TextCursor &cursor);

} // namespace srt::ir

#endif
