// tools/srt/Service.h: the way to srtd, if it runs.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRT_SERVICE_H
#define SRT_TOOLS_SRT_SERVICE_H

#include "tools/srt/Places.h"

namespace srt::command {

/// Where srtd listens: $XDG_RUNTIME_DIR/srt/srtd.sock, else
/// ~/.local/state/srt/srtd.sock. Empty without either.
std::string serviceSocket(const Places &places);

/// Connects to srtd; -1 if it does not run. Never waits. Only to one that is this
/// user's and not confined itself, in a folder that is nobody else's: `problem`
/// says what is there instead.
int connectService(const Places &places, std::string &problem);

} // namespace srt::command

#endif
