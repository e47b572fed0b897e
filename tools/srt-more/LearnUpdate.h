// tools/srt-more/LearnUpdate.h: what the verb `learn` is told, and its parts.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRT_MORE_LEARNUPDATE_H
#define SRT_TOOLS_SRT_MORE_LEARNUPDATE_H

#include "tools/srt-more/Learned.h"

namespace srt::command {

struct LearnOptions {
  std::string output, policy;
  bool isForced = false, isJson = false, isUpdate = false, isSure = false;
};

/// `srt learn --update`: runs the command under the present policy and proposes
/// what would allow what was denied for want of a rule. Returns the exit status.
int updatePolicy(const Job &given, const LearnOptions &options);

/// On standard error: what was denied by a rule, and that the command failed.
void tellRefused(const Observation &seen);
void tellStatus(int status);

} // namespace srt::command

#endif
