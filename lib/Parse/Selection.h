// lib/Parse/Selection.h: which scope blocks count in this compilation.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_PARSE_SELECTION_H
#define SRT_LIB_PARSE_SELECTION_H

#include "lib/Parse/Scope.h"

namespace srt {

/// What is compiled for. A block counts if what it names is given here and
/// matches; an empty field matches no block.
struct Selection {
  std::string tool; // "npm"
  std::string dir;  // absolute, resolved
  std::string repo; // "github.com/acme/app" (see normaliseRepository)
  std::string os;   // "linux" or "macos"
};

enum class Selected : uint8_t { No, Yes, Wrong };

/// Decides one block. Wrong, after a report, if its kind or its value is none.
Selected select(const syntax::ScopeBlock &block, const Selection &selection,
                Scope &scope);

} // namespace srt

#endif
