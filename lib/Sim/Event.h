// lib/Sim/Event.h: what a program tries to do, and what a policy says to it.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_SIM_EVENT_H
#define SRT_LIB_SIM_EVENT_H

#include "lib/IR/Policy.h"

#include <array>
#include <map>

namespace srt::sim {

struct Address {
  bool isV6 = false;
  std::array<uint8_t, 16> bytes{}; // IPv4 uses the first 4
};

/// The other end of a connect, bind or send.
struct Endpoint {
  ir::Transport transport = ir::Transport::Tcp;
  std::string name;               // as looked up; empty if none was
  std::optional<Address> address; // absent: some public address
  uint16_t port = 0;
  std::string path;     // unix by path
  std::string abstract; // unix by abstract name
};

/// An execve: the resolved path of the file, and argv[1..].
struct Command {
  std::string path;
  std::vector<std::string> arguments;
};

struct SyscallCall {
  std::string name;
  std::array<uint64_t, 6> args{};
};

/// A path or a service name; which one, the action says.
struct Name {
  std::string text;
};

/// One thing a program does. `action` is a leaf; `resource` is of its kind.
/// Paths are absolute and resolved: no symlink, no "." or ".." is left in them.
struct Event {
  ir::ActionId action = ir::ActionId::ReadData;
  std::variant<Name, Command, Endpoint, ir::SubjectPattern, SyscallCall>
      resource;
};

/// What is known when the sandbox starts.
struct Bindings {
  std::vector<std::string> params; // by ParamId: absolute resolved paths
  std::vector<std::string> searchPath = {"/usr/local/sbin", "/usr/local/bin",
                                         "/usr/sbin",       "/usr/bin",
                                         "/sbin",           "/bin"};
};

/// The effect and the rule that decided; no rule: nothing matched, so deny.
struct Verdict {
  ir::Effect effect = ir::Effect::Deny;
  std::optional<ir::RuleId> rule;
};

/// Splits "/a/b" into {"a", "b"}. Requires: absolute, normalised.
std::vector<std::string> componentsOf(llvm::StringRef path);

} // namespace srt::sim

#endif
