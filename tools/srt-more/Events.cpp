// tools/srt-more/Events.cpp: lines of the broker's become events.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-more/Events.h"

#include "lib/Sim/EventText.h"

namespace srt::command {

/// "registry.example.com:443 (192.0.2.7)" as the word of a verdict table:
/// "tcp:registry.example.com=192.0.2.7:443".
static std::string tableWord(ir::ActionId action, llvm::StringRef what) {
  if (what.starts_with("unix:"))
    return what.str();
  std::string transport = action == ir::ActionId::Send ? "udp:" : "tcp:";
  if (what.consume_front("udp:"))
    transport = "udp:";
  auto [place, address] = what.split(" (");
  auto [host, port] = place.rsplit(':');
  std::string word = transport + host.str();
  if (address.consume_back(")"))
    word += "=" + address.str();
  return word + ":" + port.str();
}

static std::optional<sim::Event> endpointEvent(ir::ActionId action,
                                               llvm::StringRef what) {
  sim::TableWord name, word;
  word.text = tableWord(action, what);
  sim::TableProblem problem;
  return sim::readEvent(action, name, word, problem);
}

std::optional<sim::Event> eventOf(llvm::StringRef actionName,
                                  llvm::StringRef what, About about) {
  std::optional<ir::ActionId> action = ir::actionNamed(actionName);
  if (!action)
    return std::nullopt;
  bool isEndpoint = ir::resource(*action) == ir::Resource::Endpoint;
  if (about == About::Endpoint)
    return isEndpoint ? endpointEvent(*action, what) : std::nullopt;
  if (!sim::isResolvedPath(what))
    return std::nullopt;
  if (isEndpoint) {
    sim::Endpoint socket;
    socket.transport = ir::Transport::Unix;
    socket.path = what.str();
    return sim::Event{*action, socket};
  }
  if (ir::resource(*action) == ir::Resource::Command)
    return sim::Event{*action, sim::Command{what.str(), {}}};
  return sim::Event{*action, sim::Name{what.str()}};
}

} // namespace srt::command
