// lib/Sim/EventText.h: reads an event out of the words of a table's row.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_SIM_EVENTTEXT_H
#define SRT_LIB_SIM_EVENTTEXT_H

#include "lib/Sim/Event.h"

namespace srt::sim {

/// One word, escapes resolved. A quoted word is never a marker.
struct TableWord {
  std::string text;
  size_t begin = 0; // bytes of the file
  size_t end = 0;
  bool isQuoted = false;
};

/// What is wrong, and in which bytes of the file.
struct TableProblem {
  std::string what;
  size_t begin = 0;
  size_t end = 0;
};

/// True for an absolute path without empty, `.` or `..` components, trailing
/// slash or NUL, shorter than PATH_MAX.
bool isResolvedPath(llvm::StringRef path);

/// Reads what follows the name of a leaf action. `name` is where the name
/// stands, for what is missing. Nothing and `problem` if a word is wrong, or if
/// there are too few or too many.
std::optional<Event> readEvent(ir::ActionId leaf, const TableWord &name,
                               llvm::ArrayRef<TableWord> words,
                               TableProblem &problem);

/// The event as a row of a table would say it: "read.data /x".
std::string eventText(const Event &event);

} // namespace srt::sim

#endif
