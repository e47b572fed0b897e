// lib/Backend/EngineBwrap.cpp: arguments of bubblewrap, for `bwrap --args FD`.
// SPDX-License-Identifier: Apache-2.0
//
// Each argument ends with a NUL, as bwrap(1) wants it: nothing of a path can be
// taken for another argument.
#include "lib/Backend/EngineRules.h"

#include "llvm/ADT/STLExtras.h"

namespace srt::backend {

using ir::ActionId;
using Sockets = Domain::Sockets;

static constexpr llvm::StringLiteral kShared =
    "bwrap shares the network of the host as a whole, or nothing of it";

/// Every program that is shown must be one that may run.
static void checkPrograms(EngineRules &rules) {
  std::vector<std::string> programs = rules.programs();
  for (const Mount &mount : rules.mounts())
    if (llvm::none_of(programs, [&](const std::string &program) {
          return isBeneath(mount.path, program);
        }))
      rules.refuse(rules.policy.range,
                   "that `exec` is denied on `" + shown(mount.path) + "`",
                   "what is mounted can be executed; allow it, too");
}

void checkBwrap(EngineRules &rules) {
  checkPrograms(rules);
  if (rules.isOpen(kInternet, kShared))
    rules.requireAll({{ActionId::Connect, Sockets::UnixAbstract},
                      {ActionId::Bind, Sockets::UnixAbstract}},
                     "abstract sockets are shared with the network");
  rules.requireAll({{ActionId::Connect, Sockets::UnixPath},
                    {ActionId::Bind, Sockets::UnixPath}},
                   "sockets on what is mounted can be connected to");
  rules.requireAll(Domain{ActionId::Syscall},
                   "bwrap takes seccomp programs, not rules; allow `all`, or "
                   "--accept-wider");
  if (rules.reach({ActionId::Signal}) == Reach::None)
    rules.requireAll(Domain{ActionId::Signal}, "processes inside can signal each other");
  if (rules.reach({ActionId::Trace}) == Reach::None)
    rules.requireAll(Domain{ActionId::Trace}, "processes inside can trace each other");
  rules.refuseLimits("bwrap sets no limits");
}

static void append(std::string &text, std::initializer_list<llvm::StringRef> words) {
  for (llvm::StringRef word : words) {
    text += word;
    text += '\0';
  }
}

static void appendEnvironment(std::string &text, EngineRules &rules) {
  append(text, {"--clearenv"});
  for (const ir::EnvRule &env : rules.policy.env) {
    bool isUnset = llvm::any_of(rules.policy.env, [&](const ir::EnvRule &other) {
      return other.kind == ir::EnvRule::Kind::Unset && other.name == env.name;
    });
    if (env.kind == ir::EnvRule::Kind::Set && !isUnset)
      append(text, {"--setenv", env.name, env.value});
    else if (env.kind == ir::EnvRule::Kind::Pass && env.origin == ir::Rule::Origin::Written)
      rules.narrow(env.range, "`pass env` of `" + shown(env.name) + "`",
                   "its value is not known yet, so it is dropped; add --setenv");
  }
}

std::string bwrapArguments(EngineRules &rules) {
  std::string text;
  append(text, {"--unshare-user", "--unshare-ipc", "--unshare-pid", "--unshare-uts",
                "--unshare-cgroup-try", "--die-with-parent", "--new-session"});
  if (!rules.isOpen(kInternet, kShared))
    append(text, {"--unshare-net"});
  appendEnvironment(text, rules);
  // Sorted, so that what contains another comes before it.
  for (const Mount &mount : rules.mounts())
    append(text, {mount.isWritable ? "--bind-try" : "--ro-bind-try", mount.path, mount.path});
  return text;
}

} // namespace srt::backend
