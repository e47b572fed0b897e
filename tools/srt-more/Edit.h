// tools/srt-more/Edit.h: statements that would allow what was denied.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRT_MORE_EDIT_H
#define SRT_TOOLS_SRT_MORE_EDIT_H

#include "tools/srt-more/Compile.h"
#include "tools/srt-more/Denied.h"

namespace srt::command {

/// What can be done about one denial.
struct Advice {
  Denied denied;
  std::string why;       // for people: which rule, or that none allows it
  std::string statement; // `allow read.data "./x";`; empty: no edit helps
};

/// Advice for each denial. No statement for what a `deny` stands against: to
/// add an allow would change nothing, and a person wrote that deny.
std::vector<Advice> adviseOn(const std::vector<Denied> &denied,
                             const ir::Policy &policy, const Job &job);

/// A patch (`patch -p1` in the project's folder) that adds the statements to
/// the policy. Where the default counts, the patch makes a policy that extends
/// it. Empty if there is nothing to add, or the policy is no .srt file in the
/// project.
std::string patchFor(const std::vector<Advice> &advice, const Job &job);

/// The text of a policy with statements before the `}` that ends it, which has to
/// stand on a line of its own: empty if there is none.
std::string withStatements(const std::string &text,
                           const std::vector<std::string> &statements);

/// A policy that extends the default by statements.
std::string policyWith(const std::vector<std::string> &statements);

} // namespace srt::command

#endif
