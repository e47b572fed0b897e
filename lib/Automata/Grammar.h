// lib/Automata/Grammar.h: which words there are at all.
// SPDX-License-Identifier: Apache-2.0
//
// Patterns are compared on words that can occur: a canonical path has no empty
// component and no `.` or `..`. A grammar is a small automaton that says so.
#ifndef SRT_LIB_AUTOMATA_GRAMMAR_H
#define SRT_LIB_AUTOMATA_GRAMMAR_H

#include "lib/Automata/ByteSets.h"

namespace srt::automata {

struct Grammar {
  using State = uint8_t;
  static constexpr State kDead = 255;

  State start = 0;
  /// The state behind a byte, or kDead if no word goes on so.
  State (*step)(State, uint8_t byte);
  /// True if a word may end here.
  bool (*isWord)(State);
  /// True if markers may stand here (see Explorer.h).
  bool (*mayMark)(State);
  /// The bytes that `step` tells from all others.
  ByteSet special;
};

/// Canonical paths: "" is the root directory, others are "/" NAME "/" NAME ...
/// Names are not empty, not `.` or `..`, without NUL. Markers may stand between
/// components.
const Grammar &canonicalPaths();

/// A canonical path, then words with a NUL before each.
const Grammar &commandLines();

/// Every word without NUL.
const Grammar &texts();

} // namespace srt::automata

#endif
