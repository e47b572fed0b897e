// tools/srt/Asker.h: somebody who asks the person at the terminal.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRT_ASKER_H
#define SRT_TOOLS_SRT_ASKER_H

#include "runtime/bundle/check.h"
#include "tools/srt/Places.h"

namespace srt::command {

/// Whether some rule of a bundle is `ask`. Requires: a checked view.
bool isAsking(const srt_view &view);

/// Starts srt-more as the asker of what this process becomes, unless SRT_ASK names
/// one or there is no terminal: then questions are answered with no.
void startAsker(const Places &places);

} // namespace srt::command

#endif
