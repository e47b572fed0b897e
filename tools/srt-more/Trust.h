// tools/srt-more/Trust.h: which policies of projects a person has agreed to.
// SPDX-License-Identifier: Apache-2.0
//
// A policy in a project comes with the project: from whoever wrote it, or from
// a command that ran there. It counts once a person has said so, and again when
// it changes. What was agreed to is kept by path, as digests of all its texts.
#ifndef SRT_TOOLS_SRT_MORE_TRUST_H
#define SRT_TOOLS_SRT_MORE_TRUST_H

#include "tools/srt-more/Compile.h"

namespace srt::command {

enum class Trust { Unknown, Changed, Agreed };

Trust trustIn(const Job &job, const std::string &digest);

/// Writes it down; false, with the reason, if that cannot be done.
bool agree(const Job &job, const Compiled &compiled, std::string &problem);

/// The policy that was agreed to last, as it was then; nothing if nobody has, or
/// if its texts were not kept.
struct Agreed {
  std::vector<std::string> texts, contents; // as in Compiled
};
std::optional<Agreed> agreedBefore(const Job &job);

/// Forgets it, and every bundle in the cache, which stand for past agreement.
bool forget(const Job &job);

/// What keeps the policy from being applied here, or nothing: a text that
/// others may have written, a policy that nobody has agreed to, or one that
/// lets the command write what srt itself believes.
struct Refusal {
  std::string what, hint;
};
std::optional<Refusal> refusalFor(const Job &job, const Compiled &compiled);

/// What is worth a warning: the command may read what srt writes down of others.
std::optional<Refusal> readableState(const Job &job, const ir::Policy &policy);

/// Whether the command could write what is in that folder.
bool mayWriteIn(const std::string &folder, const Job &job,
                const ir::Policy &policy);

} // namespace srt::command

#endif
