// lib/Support/Within.h: ranges of source text that lie in others.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_SUPPORT_WITHIN_H
#define SRT_LIB_SUPPORT_WITHIN_H

#include "lib/Support/Sources.h"

#include <tuple>

namespace srt {

/// True if `inner` lies in `outer`, or is it.
inline bool isWithin(const SourceRange &inner, const SourceRange &outer) {
  auto begins = std::tie(outer.line, outer.column) <=
                std::tie(inner.line, inner.column);
  auto ends = std::tie(inner.endLine, inner.endColumn) <=
              std::tie(outer.endLine, outer.endColumn);
  return inner.file == outer.file && begins && ends;
}

} // namespace srt

#endif
