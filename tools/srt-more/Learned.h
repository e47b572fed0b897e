// tools/srt-more/Learned.h: statements, and whole policies, from accesses.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRT_MORE_LEARNED_H
#define SRT_TOOLS_SRT_MORE_LEARNED_H

#include "tools/srt-more/Coverage.h"
#include "tools/srt-more/Places.h"

#include "llvm/Support/JSON.h"

namespace srt::command {

struct Statement {
  std::string text; // one statement, with its `;`, maybe on several lines
  std::vector<Access> accesses;
};

/// The statements that allow these accesses, by action, then by place. Programs
/// are called by name where PATH leads there. `all`: see placesOf.
std::vector<Statement> statementsFor(const std::vector<Access> &accesses,
                                     const std::vector<Access> &all,
                                     const Programs &programs, const Job &job);

/// What `srt learn` writes.
struct Learned {
  std::string text; // of the policy
  std::vector<std::string> parents; // "base", ...: of std/
  std::vector<Statement> statements;
  std::vector<Access> left; // accesses that the policy does not allow all the same
};

/// The policy that a command is observed under: everything is allowed but what
/// std/ says is never to be given, and what srt itself goes by.
std::string observationPolicy(const Job &job);

/// Writes the smallest policy that allows what was done. Nothing, after
/// diagnostics, if it does not compile here.
std::optional<Learned> learn(const Observation &seen, const Job &job,
                             const std::string &path);

/// The statements as JSON, and accesses as JSON.
llvm::json::Value jsonOf(const std::vector<Statement> &statements);
llvm::json::Value jsonOf(const std::vector<Access> &accesses);
llvm::json::Value jsonOf(const std::vector<Denied> &refused);

} // namespace srt::command

#endif
