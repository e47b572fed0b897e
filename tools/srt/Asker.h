// tools/srt/Asker.h: somebody who asks the person at the terminal.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRT_ASKER_H
#define SRT_TOOLS_SRT_ASKER_H

#include "runtime/bundle/check.h"
#include "tools/srt/Discover.h"

namespace srt::command {

/// Whether some rule of a bundle is `ask`. Requires: a checked view.
bool isAsking(const srt_view &view);

/// The file of what was answered with "always" under this policy in this project
/// (tools/srt-more/Answers.h); empty without a folder for it.
std::string answersOf(const Found &found, const Places &places);

/// Gives what this process becomes somebody to ask: srt-more at the terminal; or
/// else srtd, if that runs; or else srt-more for what was answered with "always".
/// With SRT_ASK=srtd, srtd alone. Anything else in SRT_ASK is the caller's choice.
/// Without anybody, questions are answered with no.
void startAsker(const Request &request, const Found &found,
                const Places &places);

} // namespace srt::command

#endif
