// lib/Report/Assets.h: the style sheet and the script of a report.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_REPORT_ASSETS_H
#define SRT_LIB_REPORT_ASSETS_H

#include "llvm/ADT/StringRef.h"

namespace srt::report {

/// The texts of report.css and report.js; the build puts them into Assets.cpp.
llvm::StringRef styleSheet();
llvm::StringRef script();

} // namespace srt::report

#endif
