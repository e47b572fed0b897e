// lib/Diag/Pages.h: the page that explains each diagnostic.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_DIAG_PAGES_H
#define SRT_LIB_DIAG_PAGES_H

#include "llvm/ADT/StringRef.h"

namespace srt {

/// The text of docs/diagnostics/CODE.md, or an empty text. Made while
/// building, by scripts/embed-pages.
llvm::StringRef pageOf(llvm::StringRef code);

} // namespace srt

#endif
