// tools/srt/Start.h: becomes srt-load with the command, or srt-more.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRT_START_H
#define SRT_TOOLS_SRT_START_H

#include "tools/srt/Entry.h"

namespace srt::command {

/// The command with what stands before it: `srt-load BUNDLE -- CMD`.
std::vector<std::string> loaderCommand(const std::string &bundle,
                                       const Request &request,
                                       const Places &places);

/// Notes that this process becomes a sandbox, and sets what the loader and the
/// broker are told by the environment: the project, where denials are written
/// down, and what they are called there.
void prepareEnvironment(const Request &request, const Found &found,
                        const Places &places, bool hasBroker);

/// Becomes that program; returns, with errno set, only if that fails.
void become(const std::vector<std::string> &command);

/// Prints `srt: WHAT` and, unless empty, a hint. Control characters show as
/// `?`: names of files must not drive a terminal.
void complain(const std::string &what, const std::string &hint = {});

} // namespace srt::command

#endif
