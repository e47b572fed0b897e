// tools/manual/Version.h: what `--version` says.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_MANUAL_VERSION_H
#define SRT_TOOLS_MANUAL_VERSION_H

#include <string>

namespace srt::manual {

/// "srtc 0.1.0", then a line for each thing that the program was made of: the
/// commit, where whoever built it named one (-DSRT_COMMIT=...), compiler and
/// libraries, and the newest of what it knows. Nothing of the machine or the
/// time: the same source built alike says the same.
std::string versionText(const std::string &program);

} // namespace srt::manual

#endif
