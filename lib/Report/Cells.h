// lib/Report/Cells.h: what may be done with one place, action by action.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_REPORT_CELLS_H
#define SRT_LIB_REPORT_CELLS_H

#include "lib/Report/Judge.h"

namespace srt::report {

/// How the verdicts on the parts of an action look together. Unsaid: no rule
/// matches, so that it is denied; Mixed: the parts differ.
enum class Tone : uint8_t { Allowed, Asked, Denied, Unsaid, Mixed };
llvm::StringRef spelling(Tone tone); // also a class of report.css
/// What stands before a verdict, for those who do not see colours.
llvm::StringRef signOf(Tone tone);
Tone toneOf(const sim::Verdict &verdict);

struct LeafVerdict {
  ir::ActionId leaf;
  sim::Verdict verdict;
};

/// An action of the top (read, write, exec, ioctl) on one place.
struct Cell {
  ir::ActionId action;
  Tone tone = Tone::Unsaid;
  std::vector<LeafVerdict> leaves;

  /// "read", "write: data", "write but delete".
  std::string label() const;
  /// "read.data: allow by R1, read.list: deny, no rule allows it".
  std::string details() const;
};

/// Read, write, exec, and ioctl where some rule speaks of it. Metadata has no
/// say in the tone of reading: what can be listed but not read is not readable.
std::vector<Cell> cellsOf(const Judge &judge, const std::string &path);

/// The rules that decided, each once, in order.
std::vector<ir::RuleId> decidersOf(llvm::ArrayRef<Cell> cells);

} // namespace srt::report

#endif
