// fuzz/PolicyText.h: one policy text through reading, types and IR text.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_FUZZ_POLICYTEXT_H
#define SRT_FUZZ_POLICYTEXT_H

#include "lib/IR/Policy.h"
#include "lib/Support/Sources.h"

#include <optional>

namespace srt::fuzz {

/// Reads the text in the format that the name ends in, and checks its types.
/// Fails unless it is refused with a reason, or the policy is what its header
/// promises and comes back from its IR text.
std::optional<ir::Policy> readChecked(Sources &sources, llvm::StringRef name,
                                      llvm::StringRef text);

/// The IR text of a policy, without locations.
std::string irText(const ir::Policy &policy, const Sources &sources);

} // namespace srt::fuzz

#endif
