// lib/Diag/Columns.cpp: columns for those who count in UTF-16.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Diag/Columns.h"

#include "lib/Support/Utf16.h"

namespace srt {

static uint32_t unitsBefore(llvm::StringRef line, uint32_t column) {
  if (column == 0 || column - 1 > line.size())
    return column;
  return uint32_t(utf16Length(line.take_front(column - 1)) + 1);
}

SourceRange inUtf16(const Sources &sources, SourceRange range) {
  if (range.isNowhere())
    return range;
  range.column = unitsBefore(sources.line(range.file, range.line), range.column);
  range.endColumn =
      unitsBefore(sources.line(range.file, range.endLine), range.endColumn);
  return range;
}

} // namespace srt
