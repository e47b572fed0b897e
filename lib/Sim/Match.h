// lib/Sim/Match.h: does a pattern match a resource? Naive matchers.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_SIM_MATCH_H
#define SRT_LIB_SIM_MATCH_H

#include "lib/Sim/Event.h"

namespace srt::sim {

/// Which bytes `*`, `?` and classes accept.
enum class Slash : uint8_t { Ordinary, Excluded };

bool matchesGlob(const ir::Glob &glob, llvm::StringRef text, Slash slash);

/// True if the pattern covers the path: matches it or something above it.
bool matchesPath(const ir::PathPattern &pattern, const Bindings &bindings,
                 llvm::StringRef path);
bool matchesCommand(const ir::CommandPattern &pattern, const Bindings &bindings,
                    const Command &command);
bool matchesEndpoint(const ir::EndpointPattern &pattern,
                     const Bindings &bindings, const Endpoint &endpoint);
bool matchesSubject(ir::SubjectPattern pattern, ir::SubjectPattern subject);
bool matchesSyscall(const ir::SyscallPattern &pattern, const SyscallCall &call);

} // namespace srt::sim

#endif
