// lib/Sim/EventText.cpp: events as words, and back.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Sim/EventText.h"

#include "lib/Diag/Diagnostic.h"
#include "lib/Kernel/Syscalls.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/ErrorHandling.h"

#include <arpa/inet.h>

namespace srt::sim {

bool isResolvedPath(llvm::StringRef path) {
  constexpr size_t kPathMax = 4096; // include/uapi/linux/limits.h, v6.12
  if (!path.starts_with("/") || path.size() >= kPathMax || path.contains('\0'))
    return false;
  if (path == "/")
    return true;
  llvm::SmallVector<llvm::StringRef, 16> parts;
  path.drop_front().split(parts, '/');
  return llvm::none_of(parts, [](llvm::StringRef part) {
    return part.empty() || part == "." || part == "..";
  });
}

namespace {
/// Reads the words of one event.
class EventReader {
public:
  EventReader(ir::ActionId leaf, const TableWord &name,
              llvm::ArrayRef<TableWord> words, TableProblem &problem)
      : leaf(leaf), name(name), words(words), problem(problem) {}
  std::optional<Event> run();

private:
  std::nullopt_t fail(const TableWord &word, const llvm::Twine &what);
  std::optional<Event> event(decltype(Event::resource) resource);
  std::optional<Event> path();
  std::optional<Event> command();
  std::optional<Event> endpoint();
  std::optional<Event> subject();
  std::optional<Event> syscall();
  std::optional<Event> unixEndpoint(llvm::StringRef place);
  std::optional<Event> internetEndpoint(ir::Transport transport,
                                        llvm::StringRef place);
  bool host(llvm::StringRef text, Endpoint &endpoint);

  ir::ActionId leaf;
  const TableWord &name;
  llvm::ArrayRef<TableWord> words;
  TableProblem &problem;
};
} // namespace

std::nullopt_t EventReader::fail(const TableWord &word,
                                 const llvm::Twine &what) {
  problem = {what.str(), word.begin, word.end};
  return std::nullopt;
}

std::optional<Event> EventReader::event(decltype(Event::resource) resource) {
  return Event{leaf, std::move(resource)};
}

std::optional<Event> EventReader::path() {
  if (!isResolvedPath(words[0].text))
    return fail(words[0], "an event's path is absolute and resolved: no `.`, "
                          "`..`, `//` or `/` at the end");
  return event(Name{words[0].text});
}

std::optional<Event> EventReader::command() {
  if (!isResolvedPath(words[0].text))
    return fail(words[0], "`exec` takes the resolved path of the program, "
                          "then its arguments");
  Command command{words[0].text, {}};
  for (const TableWord &word : words.drop_front())
    command.arguments.push_back(word.text);
  return event(std::move(command));
}

std::optional<Event> EventReader::unixEndpoint(llvm::StringRef place) {
  Endpoint endpoint;
  endpoint.transport = ir::Transport::Unix;
  if (place.consume_front("@"))
    endpoint.abstract = place.str();
  else if (isResolvedPath(place))
    endpoint.path = place.str();
  else
    return fail(words[0], "`unix:` takes a resolved path or @NAME");
  return event(std::move(endpoint));
}

/// The address in `text`, with or without brackets around an IPv6 one.
static std::optional<Address> addressOf(llvm::StringRef text) {
  Address address;
  address.isV6 = text.consume_front("[");
  if (address.isV6 && !text.consume_back("]"))
    return std::nullopt;
  int family = address.isV6 ? AF_INET6 : AF_INET;
  if (inet_pton(family, text.str().c_str(), address.bytes.data()) != 1)
    return std::nullopt;
  return address;
}

static bool isHostName(llvm::StringRef text) {
  return !text.empty() && text.size() <= 253 && llvm::all_of(text, [](char c) {
    return llvm::isAlnum(c) || c == '-' || c == '.' || c == '_';
  });
}

/// HOST is an address, a name, or NAME=ADDRESS: a name and where it led.
bool EventReader::host(llvm::StringRef text, Endpoint &endpoint) {
  endpoint.address = addressOf(text);
  if (endpoint.address)
    return true;
  auto [name, address] = text.split('=');
  endpoint.name = name.str();
  if (text.contains('='))
    endpoint.address = addressOf(address);
  return isHostName(name) && text.contains('=') == endpoint.address.has_value();
}

std::optional<Event> EventReader::internetEndpoint(ir::Transport transport,
                                                   llvm::StringRef place) {
  Endpoint endpoint;
  endpoint.transport = transport;
  auto [hostText, portText] = place.rsplit(':');
  unsigned port = 0;
  if (!llvm::to_integer(portText, port, 10) || port > 65535)
    return fail(words[0], "an endpoint ends in `:PORT`, from 0 to 65535");
  endpoint.port = uint16_t(port);
  if (!host(hostText, endpoint))
    return fail(words[0], "the host of an endpoint is an address (IPv6 in "
                          "brackets), a name or NAME=ADDRESS");
  return event(std::move(endpoint));
}

std::optional<Event> EventReader::endpoint() {
  llvm::StringRef text = words[0].text;
  bool isSend = leaf == ir::ActionId::Send;
  if (text.consume_front("unix:"))
    return unixEndpoint(text);
  if (text.consume_front("udp:"))
    return internetEndpoint(ir::Transport::Udp, text);
  if (!isSend && text.consume_front("tcp:"))
    return internetEndpoint(ir::Transport::Tcp, text);
  return fail(words[0], isSend ? "`send` takes udp:HOST:PORT or unix:PATH"
                               : "an endpoint is tcp:HOST:PORT, udp:HOST:PORT "
                                 "or unix:PATH");
}

std::optional<Event> EventReader::subject() {
  if (words[0].text == "self")
    return event(ir::SubjectPattern::Self);
  if (words[0].text == "sandbox")
    return event(ir::SubjectPattern::Sandbox);
  if (words[0].text == "all")
    return event(ir::SubjectPattern::All);
  return fail(words[0], "a process is `self`, `sandbox` or `all`");
}

static std::optional<uint64_t> numberOf(llvm::StringRef text) {
  uint64_t value = 0;
  if (llvm::to_integer(text, value, 0))
    return value;
  return kernel::constant(text);
}

std::optional<Event> EventReader::syscall() {
  if (!kernel::isSyscall(words[0].text))
    return fail(words[0], "`" + shown(words[0].text) + "` is not a syscall");
  SyscallCall call;
  call.name = words[0].text;
  if (words.size() > 1 + call.args.size())
    return fail(words[7], "a syscall has at most 6 arguments");
  for (size_t i = 1; i < words.size(); ++i) {
    std::optional<uint64_t> value = numberOf(words[i].text);
    if (!value)
      return fail(words[i], "an argument is a number or a known constant");
    call.args[i - 1] = *value;
  }
  return event(std::move(call));
}

std::optional<Event> EventReader::run() {
  ir::Resource resource = ir::resource(leaf);
  if (words.empty())
    return fail(name, "`" + ir::spelling(leaf) + "` takes a " +
                          ir::resourceName(resource));
  bool takesMore =
      resource == ir::Resource::Command || resource == ir::Resource::Syscall;
  if (words.size() > 1 && !takesMore)
    return fail(words[1], "`" + ir::spelling(leaf) +
                              "` takes one word; spaces go between quotes");
  switch (resource) {
  case ir::Resource::Path:
    return path();
  case ir::Resource::Command:
    return command();
  case ir::Resource::Endpoint:
    return endpoint();
  case ir::Resource::Subject:
    return subject();
  case ir::Resource::Syscall:
    return syscall();
  case ir::Resource::Name:
    return event(Name{words[0].text});
  }
  llvm_unreachable("unknown resource");
}

std::optional<Event> readEvent(ir::ActionId leaf, const TableWord &name,
                               llvm::ArrayRef<TableWord> words,
                               TableProblem &problem) {
  return EventReader(leaf, name, words, problem).run();
}

/// A word as a table spells it.
static std::string quoted(llvm::StringRef text) {
  bool isPlain = !text.empty() && text[0] != '#' && text[0] != '@' &&
                 !text.starts_with("bundle=") && llvm::all_of(text, [](char c) {
                   return c > ' ' && c < 0x7f && c != '"' && c != '\\';
                 });
  if (isPlain)
    return text.str();
  std::string result = "\"";
  for (char c : text) {
    bool isOdd = c < ' ' || c >= 0x7f || c == '"' || c == '\\';
    result += isOdd ? "\\x" + llvm::utohexstr(uint8_t(c), true, 2)
                    : std::string(1, c);
  }
  return result + "\"";
}

static std::string addressText(const Address &address) {
  char text[INET6_ADDRSTRLEN];
  inet_ntop(address.isV6 ? AF_INET6 : AF_INET, address.bytes.data(), text,
            sizeof text);
  return address.isV6 ? "[" + std::string(text) + "]" : text;
}

static std::string endpointText(const Endpoint &endpoint) {
  if (endpoint.transport == ir::Transport::Unix)
    return quoted("unix:" + (endpoint.path.empty() ? "@" + endpoint.abstract
                                                   : endpoint.path));
  std::string text = endpoint.transport == ir::Transport::Tcp ? "tcp:" : "udp:";
  text += endpoint.name;
  if (endpoint.address)
    text += (endpoint.name.empty() ? "" : "=") + addressText(*endpoint.address);
  return text + ":" + std::to_string(endpoint.port);
}

static std::string subjectText(ir::SubjectPattern subject) {
  switch (subject) {
  case ir::SubjectPattern::Self:
    return "self";
  case ir::SubjectPattern::Sandbox:
    return "sandbox";
  case ir::SubjectPattern::All:
    return "all";
  }
  llvm_unreachable("unknown subject");
}

std::string eventText(const Event &event) {
  std::string text = ir::spelling(event.action).str() + " ";
  if (auto *name = std::get_if<Name>(&event.resource))
    return text + quoted(name->text);
  if (auto *endpoint = std::get_if<Endpoint>(&event.resource))
    return text + endpointText(*endpoint);
  if (auto *subject = std::get_if<ir::SubjectPattern>(&event.resource))
    return text + subjectText(*subject);
  if (auto *command = std::get_if<Command>(&event.resource)) {
    text += quoted(command->path);
    for (const std::string &argument : command->arguments)
      text += " " + quoted(argument);
    return text;
  }
  const auto &call = std::get<SyscallCall>(event.resource);
  text += call.name;
  size_t used = call.args.size();
  while (used > 0 && call.args[used - 1] == 0)
    --used;
  for (size_t i = 0; i < used; ++i)
    text += " 0x" + llvm::utohexstr(call.args[i], true);
  return text;
}

} // namespace srt::sim
