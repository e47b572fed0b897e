// lib/Backend/Engine.h: policies as configuration of other programs' sandboxes.
// SPDX-License-Identifier: Apache-2.0
//
// Never widens: what an engine cannot hold is E6001, unless --accept-wider
// names the rule, and what it can only hold more narrowly is W6002. Whether it
// does hold what it is told is the engine's business: nothing is proved here.
#ifndef SRT_LIB_BACKEND_ENGINE_H
#define SRT_LIB_BACKEND_ENGINE_H

#include "lib/Diag/Diagnostic.h"
#include "lib/IR/Plan.h"

#include <set>

namespace srt::backend {

enum class Engine : uint8_t { Oci, Systemd, AppArmor, Bwrap };

/// "oci", "systemd", "apparmor" or "bwrap".
std::optional<Engine> engineNamed(llvm::StringRef name);
llvm::StringRef spelling(Engine engine);
llvm::SmallVector<llvm::StringRef, 4> engineNames();

/// `policy` without what --accept-wider gives up: an allow that it names covers
/// everything, another rule goes. *Widens*, and says W3019 for each. Reports
/// E3018 for a name that no rule has.
ir::Policy withAccepted(const ir::Policy &policy, Engine engine,
                        const std::set<std::string> &acceptWider,
                        DiagnosticEngine &diags);

/// Whether the engine takes rules on syscalls.
bool hasSyscalls(Engine engine);

/// The part of the policy that a seccomp program holds: rules on syscalls,
/// endpoints, signals and traces, and everything else allowed. To be planned
/// for Linux, for its table of syscalls alone.
ir::Policy syscallPart(const ir::Policy &policy);

/// Reports E6001 for each part of the policy that the engine cannot hold. True
/// if there is none.
bool checkEngine(Engine engine, const ir::Policy &policy,
                 DiagnosticEngine &diags);

/// What the engine reads, the same bytes for the same policy; W6002 for what is
/// narrower in it. `plan` is that of syscallPart(policy), or nothing at all
/// unless hasSyscalls(). Requires: checkEngine() found nothing.
std::string engineText(Engine engine, const ir::Policy &policy,
                       const ir::Plan &plan, DiagnosticEngine &diags);

} // namespace srt::backend

#endif
