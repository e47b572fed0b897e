// tools/srt-more/Absent.h: places that may be written and are not there yet.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRT_MORE_ABSENT_H
#define SRT_TOOLS_SRT_MORE_ABSENT_H

#include "tools/srt-more/Compile.h"

namespace srt::command {

/// Places that some rule allows to write and that do not exist: where no broker
/// judges, a sandbox that starts now skips them. Sorted, each once; none where a
/// broker does. Patterns are passed over, as are params that lead nowhere.
std::vector<std::string> absentPlaces(const Job &job, const Compiled &compiled);

/// Says of those that are there by now, made under a broker that only observed,
/// that an ordinary run could not have made them.
void explainAbsent(llvm::raw_ostream &out, llvm::ArrayRef<std::string> absent);

} // namespace srt::command

#endif
