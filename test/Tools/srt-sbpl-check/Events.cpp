// test/Tools/srt-sbpl-check/Events.cpp: events near what a policy speaks of.
// SPDX-License-Identifier: Apache-2.0
#include "Agree.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"

namespace srt::check {

EventSource::EventSource(const ir::Policy &policy,
                         const sim::Bindings &bindings, uint64_t seed)
    : bindings(bindings), random(seed) {
  for (const ir::Rule &rule : policy.rules) {
    for (const ir::Pattern &pattern : rule.patterns)
      patterns.push_back(&pattern);
    for (const ir::Pattern &pattern : rule.excepts)
      patterns.push_back(&pattern);
  }
}

size_t EventSource::below(size_t bound) { return size_t(random() % bound); }

std::string EventSource::globText(const ir::Glob &glob) {
  static constexpr llvm::StringLiteral kRuns[] = {"", "q", "a.b", ".x"};
  std::string text;
  for (const ir::GlobItem &item : glob.items) {
    switch (item.kind) {
    case ir::GlobItem::Kind::Byte:
      text += char(item.byte);
      break;
    case ir::GlobItem::Kind::AnyOne:
      text += "az.-]"[below(5)];
      break;
    case ir::GlobItem::Kind::AnyRun:
      text += kRuns[below(std::size(kRuns))];
      break;
    case ir::GlobItem::Kind::Class: {
      size_t byte = 0x21 + below(94);
      for (size_t tries = 0; tries < 94 && !item.accept[byte]; ++tries)
        byte = byte == 0x7e ? 0x21 : byte + 1;
      text += byte == '/' ? 'x' : char(byte);
      break;
    }
    }
  }
  return text;
}

std::string EventSource::pathText(const ir::PathPattern &path) {
  std::string text = path.base ? bindings.params[path.base->value] : "";
  for (const ir::Segment &segment : path.segments) {
    if (segment.kind == ir::Segment::Kind::Name) {
      std::string name = globText(segment.name);
      text += "/" + (name.empty() ? "e" : name);
      continue;
    }
    for (size_t count = below(3); count > 0; --count)
      text += below(2) ? "/d" : "/.e";
  }
  return text.empty() ? "/" : text;
}

/// `path` with its last component gone, a further one, or another byte.
std::string EventSource::changed(std::string path) {
  switch (below(6)) {
  case 0: {
    size_t slash = path.rfind('/');
    return slash == 0 ? "/" : path.substr(0, slash);
  }
  case 1:
    return (path == "/" ? "" : path) + "/" + "abc."[below(4)] + "x";
  case 2:
    return (path == "/" ? "/k" : path) + "k";
  case 3:
    if (path.size() > 1 && path.back() != '/' && path[path.size() - 2] != '/')
      path.pop_back();
    return path;
  default:
    return path;
  }
}

std::string EventSource::anyPath() {
  static constexpr llvm::StringLiteral kNames[] = {
      "a", "b", "usr", "lib", "private", "tmp", "etc", ".env", "Users", "u"};
  std::string text;
  if (!patterns.empty() && below(5) != 0) {
    if (auto *path = ir::pathOf(*patterns[below(patterns.size())]))
      text = pathText(*path);
  }
  if (text.empty())
    for (size_t count = below(4) + 1; count > 0; --count)
      text += "/" + kNames[below(std::size(kNames))].str();
  return changed(text);
}

static sim::Address addressOf(size_t choice) {
  sim::Address address;
  switch (choice) {
  case 0:
    address.bytes = {127, 0, 0, 1};
    return address;
  case 1:
    address.isV6 = true;
    address.bytes[15] = 1;
    return address;
  case 2:
    address.bytes = {10, 0, 0, 1};
    return address;
  }
  // ::ffff:127.0.0.1, which `localhost` leaves out.
  address.isV6 = true;
  address.bytes = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 127, 0, 0, 1};
  return address;
}

sim::Endpoint EventSource::anyEndpoint(ir::ActionId action) {
  sim::Endpoint endpoint;
  endpoint.transport = action == ir::ActionId::Send ? ir::Transport::Udp
                                                    : ir::Transport(below(3));
  if (endpoint.transport == ir::Transport::Unix) {
    endpoint.path = anyPath();
    return endpoint;
  }
  endpoint.port = uint16_t(below(65536));
  if (below(5) != 0)
    endpoint.address = addressOf(below(4));
  const ir::Pattern &pattern = *patterns[below(patterns.size())];
  auto *like = std::get_if<ir::EndpointPattern>(&pattern.value);
  if (like && !like->ports.empty()) {
    ir::PortRange range = like->ports[below(like->ports.size())];
    endpoint.port =
        uint16_t((below(2) ? range.first : range.last) + below(3) - 1);
  }
  return endpoint;
}

sim::Command EventSource::anyCommand() {
  sim::Command command;
  command.path = anyPath();
  const ir::Pattern &pattern = *patterns[below(patterns.size())];
  auto *like = std::get_if<ir::CommandPattern>(&pattern.value);
  if (like && std::holds_alternative<std::string>(like->program))
    command.path =
        (below(4) ? bindings.searchPath[below(bindings.searchPath.size())]
                  : std::string("/Users/u/bin")) +
        "/" + std::get<std::string>(like->program) + (below(4) ? "" : "x");
  if (below(2))
    command.arguments.push_back("-x");
  return command;
}

std::string EventSource::anyName() {
  const ir::Pattern &pattern = *patterns[below(patterns.size())];
  auto *like = std::get_if<ir::NamePattern>(&pattern.value);
  std::string name = like ? globText(like->name) : "hw.ncpu";
  return below(3) ? name : name + (below(2) ? "/x" : "x");
}

sim::Event EventSource::next() {
  sim::Event event;
  do
    event.action = ir::leafActions()[below(ir::leafActions().size())];
  while (event.action == ir::ActionId::Syscall);
  switch (ir::resource(event.action)) {
  case ir::Resource::Path:
    event.resource = sim::Name{anyPath()};
    break;
  case ir::Resource::Command:
    event.resource = anyCommand();
    break;
  case ir::Resource::Endpoint:
    event.resource = anyEndpoint(event.action);
    break;
  case ir::Resource::Subject:
    event.resource = ir::SubjectPattern(below(3));
    break;
  case ir::Resource::Name:
    event.resource = sim::Name{anyName()};
    break;
  case ir::Resource::Syscall:
    llvm_unreachable("syscall events do not occur on macOS");
  }
  return event;
}

} // namespace srt::check
