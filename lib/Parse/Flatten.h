// lib/Parse/Flatten.h: the statements of a policy in one list.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_PARSE_FLATTEN_H
#define SRT_LIB_PARSE_FLATTEN_H

#include "lib/Parse/Modules.h"
#include "lib/Parse/Selection.h"

namespace srt {

/// One statement that is no block, and whether it counts.
struct FlatStatement {
  enum class Count : uint8_t { Yes, No };
  const syntax::Statement *statement;
  size_t module;  // index into the modules
  unsigned depth; // blocks around it
  Count count;
  SourceRange scope; // the innermost tool, dir or repo block; nowhere: none
};

/// Every statement of all modules, in their order, blocks opened. A statement
/// counts if all blocks around it do. Reports blocks that are none.
std::vector<FlatStatement> flatten(const std::vector<Module> &modules,
                                   const Selection &selection, Scope &scope);

} // namespace srt

#endif
