// tools/srt-more/Compile.h: the policy of a request, compiled for this machine.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRT_MORE_COMPILE_H
#define SRT_TOOLS_SRT_MORE_COMPILE_H

#include "lib/Driver/Compile.h"
#include "lib/Sim/Event.h"
#include "tools/srt/Start.h"

namespace srt::command {

/// What to do, where, and under which policy.
struct Job {
  Request request;
  Places places;
  Found found;
};

struct Compiled {
  std::string bytes; // of the bundle
  bool isAsking = false; // some rule is `ask`
  bool hasBroker = false; // some rule needs it
  Scopes scopes;
  Selected selected;
  std::string digest;                // of all texts (digestOfSources)
  std::vector<std::string> texts;    // their paths, but not the library's
  std::vector<std::string> contents; // of `texts`, as they were compiled
  ir::Policy policy;
};

/// Compiles. Nothing, after diagnostics on standard error, if the policy is
/// wrong. Progress goes to standard error if that is a terminal.
std::optional<Compiled> compile(const Job &job);

/// The same for a text that is not in its file, or not yet; `name` is that
/// file's, from whose folder imports count.
std::optional<Compiled> compileText(const Job &job, const std::string &name,
                                    const std::string &text);

/// The same policy with a deny of what is never there on every action that the
/// broker can judge: it then sees, and writes down, what the kernel alone would
/// deny without a trace. *Keeps*, but for files of that name. Nothing if that
/// cannot be had here; no diagnostics.
std::optional<std::string> compileObserved(const Job &job,
                                           const Compiled &compiled);

/// The policy alone, with the sources that its rules point into.
std::optional<ir::Policy> readPolicy(const Job &job, Sources &sources,
                                     DiagnosticEngine &diags);
std::optional<ir::Policy> readText(const Job &job, const std::string &name,
                                   const std::string &text, Sources &sources,
                                   DiagnosticEngine &diags);

/// Where the params lead when the sandbox starts here and now. One that cannot
/// be told leads nowhere.
sim::Bindings bindingsFor(const ir::Policy &policy, const Job &job);

/// Prints diagnostics, in colour on a terminal.
void show(const Sources &sources, const DiagnosticEngine &diags);

} // namespace srt::command

#endif
