// tools/srt-more/Since.h: times that people type.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRT_MORE_SINCE_H
#define SRT_TOOLS_SRT_MORE_SINCE_H

#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>

namespace srt::command {

/// Reads "90s", "10m", "2h" or "3d" before `now`, "2026-11-28" or
/// "2026-11-28T15:00" in the time zone of the user, or "@SECONDS" since 1970.
/// Nothing if it is none of these.
std::optional<double> readSince(llvm::StringRef text, double now);

/// "2026-11-28 15:44:12" in the time zone of the user.
std::string localTime(double time);

} // namespace srt::command

#endif
