// lib/Analysis/Places.h: how two places in the file tree relate.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_ANALYSIS_PLACES_H
#define SRT_LIB_ANALYSIS_PLACES_H

#include "lib/IR/Plan.h"

namespace srt {

/// How the tree at A relates to the tree at B.
enum class Relation : uint8_t {
  Equal,
  Inside,   // A lies strictly beneath B
  Contains, // B lies strictly beneath A
  Disjoint,
  Unknown, // a param stands between them: decided when the sandbox starts
};

Relation relate(const ir::Place &a, const ir::Place &b);

/// True if every path in `inner` is in `outer`, whatever the params are.
bool surelyWithin(const ir::Place &inner, const ir::Place &outer);

/// The place of a pattern without wildcards. Requires: pattern.isLiteral().
ir::Place placeOf(const ir::PathPattern &pattern);

/// The place that a pattern's literal components lead to; all that it covers
/// lies there or beneath.
ir::Place literalPrefix(const ir::PathPattern &pattern);

/// How the paths that `pattern` covers relate to the tree at `place`:
/// Equal/Contains: all of the tree is covered; Disjoint: none of it;
/// Inside: some of it may be; Unknown: a param decides.
Relation relate(const ir::PathPattern &pattern, const ir::Place &place);

/// "/usr/lib", "${home}/.ssh": as a person would write it.
std::string textOf(const ir::Place &place, llvm::ArrayRef<ir::Param> params);

} // namespace srt

#endif
