// tools/srt-more/Coverage.h: which accesses a policy allows, as lib/Sim judges.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRT_MORE_COVERAGE_H
#define SRT_TOOLS_SRT_MORE_COVERAGE_H

#include "tools/srt-more/Accesses.h"
#include "tools/srt-more/Compile.h"

#include <map>

namespace srt::command {

/// Where bare names of programs lead: by the file in the end, as the kernel
/// calls it, the names by which it is found on PATH. "/usr/bin/dash": "sh".
using Programs = std::map<std::string, std::vector<std::string>>;

/// The programs that some rule of the policy calls by a bare name.
void addPrograms(const ir::Policy &policy, Programs &programs);

/// The folders of PATH, links in them not resolved.
std::vector<std::string> searchPath();

/// Answers for one policy, here and now.
class Coverage {
public:
  /// Both outlive it.
  Coverage(const ir::Policy &ruled, const Programs &known, const Job &job);

  /// What the policy says; of a program, under any of its names.
  ir::Effect verdict(const Access &access) const;
  bool allows(const Access &access) const {
    return verdict(access) == ir::Effect::Allow;
  }

private:
  const ir::Policy &policy;
  const Programs &programs;
  sim::Bindings bindings;
};

} // namespace srt::command

#endif
