// tools/srt-more/Events.h: what the broker writes down, as events of the oracle.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRT_MORE_EVENTS_H
#define SRT_TOOLS_SRT_MORE_EVENTS_H

#include "lib/Sim/Event.h"

namespace srt::command {

/// What a line of the broker's is about: "path" or "endpoint" (docs/Broker.md).
enum class About { Path, Endpoint };

/// The event of a line, or nothing where the line has only a part of it. A unix
/// socket has a path; an endpoint is `[udp:]HOST:PORT`, maybe with ` (ADDRESS)`
/// behind it, or `unix:@NAME`.
std::optional<sim::Event> eventOf(llvm::StringRef action, llvm::StringRef what,
                                  About about);

} // namespace srt::command

#endif
