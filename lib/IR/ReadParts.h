// lib/IR/ReadParts.h: the parts of IR text that need no policy around them.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_IR_READPARTS_H
#define SRT_LIB_IR_READPARTS_H

#include "lib/IR/Policy.h"
#include "lib/IR/TextCursor.h"

namespace srt::ir {

/// Reads `at "FILE":LINE:COLUMN-LINE:COLUMN` or `at nowhere` into `range`. If
/// there is none, `range` is the text from byte `begin` to here.
bool readLocation(TextCursor &cursor, size_t begin, SourceRange &range);

/// Reads `implied`, if it stands here.
Rule::Origin readOrigin(TextCursor &cursor);

/// Reads `path`, `command` and so on.
std::optional<Resource> readResource(TextCursor &cursor);

/// Reads a pattern behind its resource's name.
std::optional<Pattern> readPatternText(TextCursor &cursor, Resource resource,
                                       llvm::ArrayRef<Param> params);

/// Reads from the word `env`, or from the word `limit`.
bool readEnv(TextCursor &cursor, EnvRule &env);
bool readLimit(TextCursor &cursor, Limit &limit);

} // namespace srt::ir

#endif
