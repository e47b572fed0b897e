// tools/srt-more/Hook.h: what a policy says to the tools of an agent.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRT_MORE_HOOK_H
#define SRT_TOOLS_SRT_MORE_HOOK_H

#include "tools/srt-more/Compile.h"

namespace srt::command {

/// Answers a PreToolUse question of Claude Code (its hooks reference, "PreToolUse
/// decision control"): one JSON object, or an empty text for tools that the policy
/// says nothing of. A shell command is allowed, and changed to run under srt: what
/// keeps it in is the sandbox, not a guess at what its words mean. A file is
/// judged by the policy: allow, deny by a rule, ask where no rule speaks. Where
/// no policy may be used, ask. Nothing, with the reason, for what is no question.
std::optional<std::string> answerHook(llvm::StringRef question, Job job,
                                      std::string &problem);

} // namespace srt::command

#endif
