// lib/Sim/SbplRegex.h: Seatbelt's dialect of regular expressions.
// SPDX-License-Identifier: Apache-2.0
//
// Bytes, `.`, classes, `* + ?`, groups, `|`, `^` first and `$`. Matches by
// following all states at once: time is text times pattern, never more.
// Constructs that the system accepts and then never matches, such as `(?:`, or
// whose meaning is not documented, are refused.
#ifndef SRT_LIB_SIM_SBPLREGEX_H
#define SRT_LIB_SIM_SBPLREGEX_H

#include "llvm/ADT/StringRef.h"

#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace srt::sim {

/// A compiled expression: a graph of states, entered at `start`.
class SbplRegex {
public:
  /// Nothing, with a reason in `why`, if the pattern is not in the dialect.
  static std::optional<SbplRegex> compile(llvm::StringRef pattern,
                                          std::string &why);

  /// What a filter with a plain text matches.
  enum class Reach : uint8_t {
    Exactly,   // the text
    Prefix,    // what begins with it
    Below,     // the path and all beneath it
    Ancestors, // the directories above the path
  };
  /// The expression that matches what such a filter does.
  static SbplRegex ofText(llvm::StringRef text, Reach reach);

  /// True if the expression matches somewhere in `text`.
  bool matches(llvm::StringRef text) const;

private:
  friend class SbplRegexBuilder;
  friend class SbplWords;
  struct State {
    enum class Kind : uint8_t { Bytes, Fork, Begin, End, Accept };
    Kind kind = Kind::Fork;
    std::bitset<256> bytes; // Bytes
    std::vector<uint32_t> successors;
  };
  uint32_t make(State::Kind kind, uint32_t after);
  void enter(uint32_t state, size_t position, size_t length,
             std::vector<bool> &active) const;

  std::vector<State> states;
  uint32_t start = 0;
};

} // namespace srt::sim

#endif
