// lib/Diag/Columns.h: columns for those who count in UTF-16.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_DIAG_COLUMNS_H
#define SRT_LIB_DIAG_COLUMNS_H

#include "lib/Support/Sources.h"

namespace srt {

/// The same range with columns in UTF-16 units, from 1. Unchanged where the
/// text is not at hand.
SourceRange inUtf16(const Sources &sources, SourceRange range);

} // namespace srt

#endif
