// tools/srt-dump/How.h: how a rule is enforced, as fields.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRT_DUMP_HOW_H
#define SRT_TOOLS_SRT_DUMP_HOW_H

#include "tools/srt-dump/Listing.h"

#include "runtime/bundle/bundle.h"

namespace srt::dump {

/// `by`, `is`, `since` and `costs`, in the words of plan text. A rule that is
/// carried by what carries others is `by others`.
std::vector<Field> howFields(const srt_how &how);

} // namespace srt::dump

#endif
