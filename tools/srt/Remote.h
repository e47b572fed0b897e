// tools/srt/Remote.h: the repository of a project, as its git names it.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRT_REMOTE_H
#define SRT_TOOLS_SRT_REMOTE_H

#include <string>

namespace srt::command {

/// What stands for the repository in the name of a cached bundle: the project's
/// folder with the digest of its git configuration, or "" without one. Which
/// URL that is only matters when something is compiled, and lib/Driver knows.
std::string remoteOf(const std::string &project);

} // namespace srt::command

#endif
