// lib/Sim/DeriveEvents.cpp: walks a policy's patterns and makes events.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Sim/DeriveEvents.h"

#include "lib/Kernel/Syscalls.h"
#include "lib/Sim/EventText.h"

#include <set>

namespace srt::sim {

namespace {
class Deriving {
public:
  Deriving(const ir::Policy &policy, const Bindings &bindings)
      : policy(policy), bindings(bindings) {}
  std::vector<Event> run();

private:
  void collect(const ir::Pattern &pattern);
  void collectPath(const ir::PathPattern &path);
  void collectCommand(const ir::CommandPattern &command);
  void collectEndpoint(const ir::EndpointPattern &endpoint);
  void collectSyscall(const ir::SyscallPattern &syscall);
  void addPath(const std::string &path);
  void add(ir::ActionId leaf, decltype(Event::resource) resource);
  void addEndpoint(const Endpoint &endpoint);
  void addEverywhere();

  const ir::Policy &policy;
  const Bindings &bindings;
  std::set<std::string> paths;
  std::set<std::string> names;
  std::set<std::string> seen; // texts of events
  std::vector<Event> events;
};
} // namespace

void Deriving::add(ir::ActionId leaf, decltype(Event::resource) resource) {
  Event event{leaf, std::move(resource)};
  if (events.size() < kMaxDerived && seen.insert(eventText(event)).second)
    events.push_back(std::move(event));
}

/// Some text that the glob matches.
static std::string example(const ir::Glob &glob) {
  std::string text;
  for (const ir::GlobItem &item : glob.items) {
    switch (item.kind) {
    case ir::GlobItem::Kind::Byte:
      text += char(item.byte);
      break;
    case ir::GlobItem::Kind::AnyOne:
    case ir::GlobItem::Kind::AnyRun:
      text += 'x';
      break;
    case ir::GlobItem::Kind::Class:
      for (unsigned byte = 1; byte < 256; ++byte)
        if (item.accept[byte]) {
          text += char(byte);
          break;
        }
      break;
    }
  }
  return text;
}

static std::string joinedPath(llvm::ArrayRef<std::string> components) {
  std::string path;
  for (const std::string &component : components)
    path += "/" + component;
  return path.empty() ? "/" : path;
}

/// The path, what is above and beneath it, and one that is nearly it.
void Deriving::addPath(const std::string &path) {
  std::vector<std::string> components = componentsOf(path);
  paths.insert(joinedPath(components));
  components.push_back("x");
  paths.insert(joinedPath(components));
  components.pop_back();
  if (components.empty())
    return;
  std::string last = components.back();
  last.back() = last.back() == 'z' ? 'y' : 'z';
  components.back() = last;
  paths.insert(joinedPath(components));
  components.pop_back();
  paths.insert(joinedPath(components));
}

void Deriving::collectPath(const ir::PathPattern &pattern) {
  std::string path =
      pattern.base
          ? joinedPath(componentsOf(bindings.params[pattern.base->value]))
          : "/";
  for (const ir::Segment &segment : pattern.segments)
    path += "/" + (segment.kind == ir::Segment::Kind::AnyDepth
                       ? "d/e"
                       : example(segment.name));
  addPath(path);
}

void Deriving::collectCommand(const ir::CommandPattern &command) {
  std::vector<std::string> files;
  if (auto *name = std::get_if<std::string>(&command.program)) {
    for (const std::string &folder : bindings.searchPath)
      files.push_back(joinedPath(componentsOf(folder + "/" + *name)));
  } else {
    collectPath(std::get<ir::PathPattern>(command.program));
    files.assign(paths.begin(), paths.end());
  }
  std::vector<std::string> words;
  for (const ir::Glob &word : command.words.value_or(std::vector<ir::Glob>()))
    words.push_back(example(word));
  for (const std::string &file : files) {
    paths.insert(file);
    add(ir::ActionId::Exec, Command{file, words});
    add(ir::ActionId::Exec, Command{file, {}});
    words.push_back("x");
    add(ir::ActionId::Exec, Command{file, words});
    words.pop_back();
  }
}

void Deriving::addEndpoint(const Endpoint &endpoint) {
  add(ir::ActionId::Connect, endpoint);
  add(ir::ActionId::Bind, endpoint);
  if (endpoint.transport != ir::Transport::Tcp)
    add(ir::ActionId::Send, endpoint);
}

/// Endpoints that the host pattern names, and some it does not.
static std::vector<Endpoint> hostsOf(const ir::HostPattern &host) {
  Address loopback{false, {127, 0, 0, 1}};
  Address elsewhere{false, {203, 0, 113, 7}};
  Address elsewhere6{true, {0x20, 0x01, 0x0d, 0xb8}};
  std::vector<Endpoint> found;
  for (const Address &address : {loopback, elsewhere, elsewhere6}) {
    found.emplace_back().address = address;
    found.emplace_back().address = address;
    found.back().name = "x." + host.name;
    found.emplace_back().address = address;
    found.back().name = host.name.empty() ? "x" : host.name;
  }
  found.emplace_back().address = Address{host.isV6, host.address};
  found.emplace_back().name = host.name.empty() ? "x" : host.name;
  return found;
}

void Deriving::collectEndpoint(const ir::EndpointPattern &pattern) {
  Endpoint endpoint;
  endpoint.transport = pattern.transport;
  if (pattern.path)
    collectPath(*pattern.path);
  if (pattern.abstract) {
    endpoint.abstract = example(*pattern.abstract);
    addEndpoint(endpoint);
    endpoint.abstract += "x";
    addEndpoint(endpoint);
  }
  for (Endpoint &host : hostsOf(pattern.host))
    for (ir::PortRange range : pattern.ports)
      for (int port :
           {range.first - 1, +range.first, +range.last, range.last + 1}) {
        if (port < 0 || port > 65535)
          continue;
        host.port = uint16_t(port);
        for (ir::Transport transport :
             {ir::Transport::Tcp, ir::Transport::Udp}) {
          host.transport = transport;
          addEndpoint(host);
        }
      }
}

/// Each argument at, below and above what it is compared with, the others as
/// the tests want them, as far as a single value can say.
void Deriving::collectSyscall(const ir::SyscallPattern &pattern) {
  if (pattern.kind != ir::SyscallPattern::Kind::Name)
    return;
  SyscallCall call;
  call.name = pattern.name;
  for (const ir::ArgTest &test : pattern.tests)
    call.args[test.index] = test.operand;
  for (const ir::ArgTest &test : pattern.tests) {
    uint64_t high = uint64_t(1) << 32;
    for (uint64_t value :
         {test.operand, test.operand - 1, test.operand + 1, test.operand | high,
          test.operand ^ high, test.mask, ~test.mask, test.operand | ~test.mask,
          uint64_t(0), ~uint64_t(0)}) {
      SyscallCall varied = call;
      varied.args[test.index] = value;
      add(ir::ActionId::Syscall, varied);
    }
  }
}

void Deriving::collect(const ir::Pattern &pattern) {
  if (auto *path = std::get_if<ir::PathPattern>(&pattern.value))
    collectPath(*path);
  if (auto *command = std::get_if<ir::CommandPattern>(&pattern.value))
    collectCommand(*command);
  if (auto *endpoint = std::get_if<ir::EndpointPattern>(&pattern.value))
    collectEndpoint(*endpoint);
  if (auto *syscall = std::get_if<ir::SyscallPattern>(&pattern.value))
    collectSyscall(*syscall);
  if (auto *name = std::get_if<ir::NamePattern>(&pattern.value))
    names.insert(example(name->name));
}

/// Every collected path with every action, and what needs no pattern.
void Deriving::addEverywhere() {
  Endpoint socket;
  socket.transport = ir::Transport::Unix;
  for (ir::ActionId leaf : ir::leafActions()) {
    if (ir::resource(leaf) == ir::Resource::Path)
      for (const std::string &path : paths)
        add(leaf, Name{path});
    if (ir::resource(leaf) == ir::Resource::Name)
      for (const std::string &name : names)
        add(leaf, Name{name});
    if (ir::resource(leaf) == ir::Resource::Subject)
      for (ir::SubjectPattern subject :
           {ir::SubjectPattern::Self, ir::SubjectPattern::Sandbox,
            ir::SubjectPattern::All})
        add(leaf, subject);
  }
  for (const std::string &path : paths) {
    add(ir::ActionId::Exec, Command{path, {}});
    socket.path = path;
    addEndpoint(socket);
  }
  for (const kernel::Syscall &syscall : kernel::allSyscalls())
    add(ir::ActionId::Syscall, SyscallCall{syscall.name.str(), {}});
}

std::vector<Event> Deriving::run() {
  paths.insert("/");
  for (const ir::Rule &rule : policy.rules) {
    for (const ir::Pattern &pattern : rule.patterns)
      collect(pattern);
    for (const ir::Pattern &except : rule.excepts)
      collect(except);
  }
  for (const std::string &param : bindings.params)
    addPath(param);
  // Ports that no rule speaks of.
  collectEndpoint({ir::Transport::Tcp, {}, {{443, 443}}, {}, {}});
  addEverywhere();
  return std::move(events);
}

std::vector<Event> deriveEvents(const ir::Policy &policy,
                                const Bindings &bindings) {
  return Deriving(policy, bindings).run();
}

} // namespace srt::sim
