// lib/Transforms/Lower.h: chooses a mechanism for every rule. *Narrows*.
// SPDX-License-Identifier: Apache-2.0
//
// What Landlock and seccomp can say exactly is planned; what they can only say
// more narrowly is planned with a note; what they could only say more widely is
// an error, unless --accept-wider names the rule.
#ifndef SRT_LIB_TRANSFORMS_LOWER_H
#define SRT_LIB_TRANSFORMS_LOWER_H

#include "lib/Diag/Diagnostic.h"
#include "lib/IR/Plan.h"

#include <optional>
#include <set>
#include <string>

namespace srt {

/// Whether what the kernel cannot say is left to the broker.
enum class BrokerUse : uint8_t {
  Auto,   // where some rule needs it
  Never,  // such a rule is an error
  Always, // and metadata, which needs no rule of its own
};
/// "auto", "never" or "always".
std::optional<BrokerUse> brokerUseNamed(llvm::StringRef name);

struct LowerOptions {
  kernel::Target target;
  std::vector<kernel::Arch> archs;
  std::set<std::string> acceptWider; // "R3"
  BrokerUse broker = BrokerUse::Auto;
  ir::Audit audit = ir::Audit::Quiet;
};

/// Plans the policy for a Linux target, or reports why it cannot be enforced
/// there and returns nothing. Requires: options.target.os is Linux.
std::optional<ir::Plan> lower(ir::Policy policy, const LowerOptions &options,
                              DiagnosticEngine &diags);

/// The same, and the plan as far as it went whatever was reported. To tell a
/// person about it; nothing may be emitted from it if there were errors.
ir::Plan draft(ir::Policy policy, const LowerOptions &options,
               DiagnosticEngine &diags);

} // namespace srt

#endif
