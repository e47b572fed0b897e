// lib/Sim/SbplReader.h: reads the s-expressions of a Seatbelt profile.
// SPDX-License-Identifier: Apache-2.0
//
// Written from the documented syntax, not from what our backend writes: cooked
// strings with escapes, raw strings #"...", comments to the end of the line.
// Bounded in size and depth, and without recursion.
#ifndef SRT_LIB_SIM_SBPLREADER_H
#define SRT_LIB_SIM_SBPLREADER_H

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace srt::sim {

/// One node of the text. Nodes stand in the order in which they begin, so the
/// nodes inside a list are [its index + 1, end) and have higher indices.
struct Sexp {
  enum class Kind : uint8_t { List, Symbol, Quoted, Text };
  Kind kind = Kind::Symbol;
  std::string text;               // Symbol, Quoted ('name), Text
  std::vector<uint32_t> children; // List
  uint32_t end = 0;               // one past the last node inside
  uint32_t line = 0;
  uint32_t column = 0; // bytes, from 1
};

/// Bounds on what is read; the system's own reader has tighter ones.
constexpr size_t kMaxSbplText = size_t(1) << 20;
constexpr size_t kMaxSbplDepth = 64;

/// The nodes of `text`; `top` lists those outside any list. Nothing, with a
/// reason, a line and a column in `why`, for text that is not well-formed.
struct SexpFile {
  std::vector<Sexp> nodes;
  std::vector<uint32_t> top;
};
std::optional<SexpFile> readSexps(llvm::StringRef text, std::string &why);

} // namespace srt::sim

#endif
