// tools/srt-more/Why.h: denials explained.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRT_MORE_WHY_H
#define SRT_TOOLS_SRT_MORE_WHY_H

#include "tools/srt-more/Edit.h"

#include "llvm/Support/raw_ostream.h"

namespace srt::command {

enum class WhyFormat { Text, Json, Patch };

/// Explains the runs; returns the exit status.
int explainRuns(llvm::raw_ostream &out, const std::vector<DeniedRun> &runs,
                const Job &job, WhyFormat format);

} // namespace srt::command

#endif
