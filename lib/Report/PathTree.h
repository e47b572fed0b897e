// lib/Report/PathTree.h: the places that a policy names, as one tree.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_REPORT_PATHTREE_H
#define SRT_LIB_REPORT_PATHTREE_H

#include "lib/Report/Cells.h"
#include "lib/Report/Examples.h"

namespace srt::report {

/// A place that some pattern names, or where the ways to such places part.
struct PathNode {
  std::string name;      // "usr/lib", "*.log", "**/.env"; "/", "${home}"
  std::string example;   // the path that stands for it
  bool isNamed = false;  // some pattern ends here
  bool isWild = false;   // it has a wildcard, so that the example is one of many
  std::vector<Cell> now;
  std::vector<Cell> before; // empty unless there is an older policy
  std::vector<uint32_t> children; // sorted by name
  size_t leftOut = 0; // places beneath it that are not shown
};

struct PathTree {
  std::vector<PathNode> nodes; // parents before children
  std::vector<uint32_t> roots; // of the params, by name; then "/"
  size_t leftOut = 0;          // places below roots that are not shown
};

/// The tree of the patterns of both policies, each place decided by what the
/// policies say to its example. Not more than kMaxPlaces, the upper ones first.
PathTree pathTreeOf(const Facts &facts, const Examples &examples);

} // namespace srt::report

#endif
