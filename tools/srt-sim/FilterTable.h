// tools/srt-sim/FilterTable.h: classic BPF programs with what they must return.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRT_SIM_FILTERTABLE_H
#define SRT_TOOLS_SRT_SIM_FILTERTABLE_H

#include "lib/Diag/Diagnostic.h"

namespace srt::sim {

/// Reads a program and runs it; `#` begins a comment:
///   insn CODE JT JF K              (any number)
///   run NR ARCH [ARG...] = VALUE   what evalBpf() must return, or `refused`
/// Reports lines that are wrong (E4005). Prints each disagreement, and why a
/// program is refused, and returns the number of disagreements; nothing if
/// something was reported.
std::optional<size_t> runFilterTable(const Sources &sources, FileId file,
                                     DiagnosticEngine &diags);

} // namespace srt::sim

#endif
