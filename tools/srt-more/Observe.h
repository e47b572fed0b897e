// tools/srt-more/Observe.h: a command whose denials are explained at its end.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRT_MORE_OBSERVE_H
#define SRT_TOOLS_SRT_MORE_OBSERVE_H

#include "tools/srt-more/Compile.h"

namespace srt::command {

/// `srt --explain-denials CMD`: runs the command under the same policy, with
/// every denial written down, waits, and explains on standard error. Returns
/// the command's status; ends by the signal that ended it.
int runObserved(const Job &job, const Compiled &compiled);

} // namespace srt::command

#endif
