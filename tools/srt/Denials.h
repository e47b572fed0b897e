// tools/srt/Denials.h: the log of what was denied, one for each project.
// SPDX-License-Identifier: Apache-2.0
//
// Lines of JSON. A run begins with {"run":[WORDS],"policy":PATH,...,"id":ID,"time":SECONDS};
// what follows is the broker's (docs/Broker.md). Two files of at most some
// 256 KiB each are kept.
#ifndef SRT_TOOLS_SRT_DENIALS_H
#define SRT_TOOLS_SRT_DENIALS_H

#include "tools/srt/Discover.h"

namespace srt::command {

/// The log of the project, and the older one that it replaced.
std::string logOf(const Found &found, const Places &places);
std::string olderLogOf(const std::string &log);

/// Notes that a run begins, and returns the log's path: empty if there is none
/// to be had, which is no reason not to run. Makes no folders: srt-more does,
/// when it compiles.
/// `header`: the line that says so (runHeader).
std::string openLog(const std::string &header, const Found &found,
                    const Places &places);

/// Removes the logs that were written to longest ago, but for some 400.
void pruneLogs(const Places &places);

} // namespace srt::command

#endif
