// tools/srtc/EventArguments.h: an event on the command line.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRTC_EVENTARGUMENTS_H
#define SRT_TOOLS_SRTC_EVENTARGUMENTS_H

#include "tools/srtc/Command.h"

namespace srtc {

/// `read /etc/shadow --bind home=/home/me --path /usr/bin`.
struct EventArguments {
  std::string action;
  std::vector<std::string> words;
  std::vector<std::string> bindings;
  std::string path;
};

enum class Needed : uint8_t { Yes, No };
void addEventArguments(CLI::App &command, EventArguments &arguments,
                       Needed needed);

/// The events that are meant, one for each part of the action. Words are what
/// people write: `~/x`, `src/x`, `${param}/x`, `git push`, `example.com:443`.
/// Throws CLI::ValidationError.
std::vector<srt::sim::Event> eventsOf(const srt::ir::Policy &policy,
                                      const srt::sim::Bindings &bindings,
                                      const EventArguments &arguments);

/// The values of params and PATH. Params that are not bound lead where they
/// would if the sandbox started here and now; if that is no place, to one that
/// nothing else names. Throws CLI::ValidationError.
srt::sim::Bindings bindingsOf(const srt::ir::Policy &policy,
                              const EventArguments &arguments);

/// Puts `--` behind the action `exec` of a query: what follows is a command,
/// whose own options are none of srtc.
void separateCommand(CLI::App &app, std::vector<std::string> &arguments);

} // namespace srtc

#endif
