// lib/Backend/EngineSystemd.cpp: a policy as a drop-in for a systemd service.
// SPDX-License-Identifier: Apache-2.0
//
// systemd.exec(5), v252. The file tree is built anew from what the policy names
// (TemporaryFileSystem=/ and bind mounts), so nothing else can be reached by
// any call. Settings of a manager that lacks seccomp are ignored by it.
#include "lib/Backend/EngineRules.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace srt::backend {

using ir::ActionId;
using Sockets = Domain::Sockets;

static constexpr Domain kUnix[] = {{ActionId::Connect, Sockets::UnixPath},
                                   {ActionId::Connect, Sockets::UnixAbstract},
                                   {ActionId::Bind, Sockets::UnixPath},
                                   {ActionId::Bind, Sockets::UnixAbstract}};
static constexpr llvm::StringLiteral kFamilies =
    "sockets are told by their family, not by address or port";

/// Calls that an allow-list of systemd always holds: its group @default, v252.
static constexpr llvm::StringLiteral kAlways[] = {
    "arch_prctl", "brk", "cacheflush", "clock_getres", "clock_gettime",
    "clock_nanosleep", "execve", "exit", "exit_group", "futex", "futex_waitv",
    "get_robust_list", "get_thread_area", "getegid", "geteuid", "getgid",
    "getgroups", "getpgid", "getpgrp", "getpid", "getppid", "getrandom",
    "getresgid", "getresuid", "getrlimit", "getsid", "gettid", "gettimeofday",
    "getuid", "membarrier", "mmap", "mprotect", "munmap", "nanosleep", "pause",
    "prlimit64", "restart_syscall", "rseq", "rt_sigreturn", "sched_getaffinity",
    "sched_yield", "set_robust_list", "set_thread_area", "set_tid_address",
    "time", "ugetrlimit"};

/// Calls whose tests in the plan guard what other settings here guard: families
/// of sockets, namespaces, the mounts, and the terminal, which is not there.
static constexpr llvm::StringLiteral kGuarded[] = {
    "socket", "clone", "open", "openat", "mknod", "mknodat", "renameat2",
    "ioctl", "sendto", "sendmsg", "sendmmsg"};

static bool isPlainPath(llvm::StringRef path) {
  return llvm::all_of(path, [](char c) {
    return llvm::isAlnum(c) || llvm::StringRef("/._-+@,=").contains(c);
  });
}

static void checkPaths(EngineRules &rules) {
  std::vector<std::string> paths = rules.programs();
  for (const Mount &mount : rules.mounts())
    paths.push_back(mount.path);
  for (const std::string &path : paths)
    if (!isPlainPath(path))
      rules.refuse(rules.policy.range, "`" + shown(path) + "`",
                   "only letters, digits and `/._-+@,=` can stand in its paths");
}

static void checkTests(EngineRules &rules) {
  for (const ir::Rule &rule : rules.policy.rules)
    if (speaksOf(rule, ActionId::Syscall))
      for (const ir::Pattern &pattern : rule.patterns)
        if (!std::get<ir::SyscallPattern>(pattern.value).tests.empty())
          rules.refuse(rule, "it does not look at arguments of system calls");
}

static void checkVariables(EngineRules &rules) {
  for (const ir::EnvRule &env : rules.policy.env)
    if (!llvm::all_of(env.value, [](char c) {
          return llvm::isAlnum(c) || llvm::StringRef("/._-+@,=: ").contains(c);
        }))
      rules.refuse(env.range, "the value of variable `" + shown(env.name) + "`",
                   "only letters, digits, spaces and `/._-+@,=:` can stand in it");
}

void checkSystemd(EngineRules &rules) {
  checkPaths(rules);
  checkTests(rules);
  checkVariables(rules);
  rules.isOpen(kInternet, kFamilies);
  rules.isOpen(kUnix, kFamilies);
  rules.requireAll(Domain{ActionId::Ioctl}, "devices on what is mounted can be opened; allow it "
                                            "on `/`, or --accept-wider");
  rules.requireAll(Domain{ActionId::Signal}, "it cannot tell processes apart; allow `all`, or "
                                             "--accept-wider");
  if (rules.reach({ActionId::Trace}) != Reach::None)
    rules.requireAll(Domain{ActionId::Trace}, "it cannot tell processes apart");
}

/// What is to be allowed of the calls, and in `fewer` those that the policy
/// allows in part and that stay closed; in `removed` those that are to be taken
/// off the list again.
static std::vector<std::string> callsOf(EngineRules &rules, const ir::Plan &plan,
                                        std::vector<std::string> &fewer,
                                        std::vector<std::string> &removed) {
  bool hasUnix = rules.reach(kUnix[0]) == Reach::All;
  bool runsAll = rules.reach({ActionId::Exec}) == Reach::All;
  std::vector<std::string> names;
  for (const ir::SyscallDecision &decision : plan.syscalls) {
    bool isTested = !decision.allowIf.empty() || !decision.denyIf.empty();
    // A pair of datagram sockets reaches any path, and a memfd runs without one.
    bool isLeak = (decision.name == "socketpair" && !hasUnix) ||
                  (decision.name == "memfd_create" && !runsAll);
    bool isFree = !isTested || llvm::is_contained(kGuarded, decision.name) ||
                  (decision.name == "socketpair" && hasUnix);
    if (decision.isAllowed)
      (isFree && !isLeak ? names : fewer).push_back(decision.name);
    else if (llvm::is_contained(kAlways, decision.name))
      removed.push_back(decision.name);
  }
  llvm::erase_if(fewer, [](const std::string &name) {
    return llvm::is_contained(kAlways, name);
  });
  return names;
}

static void appendCalls(std::string &text, EngineRules &rules, const ir::Plan &plan) {
  std::vector<std::string> fewer, removed;
  // A long value is broken into settings that add up; ENOSYS, for libcs fall
  // back from calls that a kernel does not have.
  text += "SystemCallArchitectures=native\nSystemCallErrorNumber=ENOSYS\n";
  std::string line;
  for (const std::string &name : callsOf(rules, plan, fewer, removed)) {
    if (line.size() + name.size() > 80)
      text += std::exchange(line, "") + "\n";
    line += (line.empty() ? "SystemCallFilter=" : " ") + name;
  }
  text += line + "\n";
  if (!removed.empty())
    text += "SystemCallFilter=~" + llvm::join(removed, " ") + "\n";
  if (!fewer.empty())
    rules.narrow(rules.policy.range, "`allow syscall`",
                 "no arguments are looked at, so these stay closed: " + llvm::join(fewer, ", "));
}

static llvm::StringRef limitName(ir::Limit::Kind kind) {
  switch (kind) {
  case ir::Limit::Kind::Memory:
    return "LimitDATA";
  case ir::Limit::Kind::Processes:
    return "LimitNPROC";
  case ir::Limit::Kind::OpenFiles:
    return "LimitNOFILE";
  case ir::Limit::Kind::Cpu:
    return "LimitCPU";
  case ir::Limit::Kind::FileSize:
    return "LimitFSIZE";
  case ir::Limit::Kind::Core:
    return "LimitCORE";
  case ir::Limit::Kind::Stack:
    return "LimitSTACK";
  }
  return "";
}

static void appendVariables(std::string &text, EngineRules &rules) {
  for (const ir::EnvRule &env : rules.policy.env)
    switch (env.kind) {
    case ir::EnvRule::Kind::Pass:
      if (!llvm::StringRef(env.name).ends_with("*"))
        text += "PassEnvironment=" + env.name + "\n";
      else if (env.origin == ir::Rule::Origin::Written)
        rules.narrow(env.range, "`pass env` of `" + shown(env.name) + "`",
                     "only whole names are passed");
      break;
    case ir::EnvRule::Kind::Set:
      text += "Environment=\"" + env.name + "=" + env.value + "\"\n";
      break;
    case ir::EnvRule::Kind::Unset:
      text += "UnsetEnvironment=" + env.name + "\n";
      break;
    }
}

std::string systemdDropIn(EngineRules &rules, const ir::Plan &plan) {
  std::string text = "# Made by srtc from policy " + rules.policy.name +
                     ". To be UNIT.service.d/50-srt.conf.\n[Service]\n"
                     "NoNewPrivileges=yes\nRestrictNamespaces=yes\nStandardInput=null\n"
                     "MountAPIVFS=no\nTemporaryFileSystem=/:ro\n";
  for (const Mount &mount : rules.mounts())
    text += (mount.isWritable ? "BindPaths=-" : "BindReadOnlyPaths=-") + mount.path + "\n";
  text += "NoExecPaths=/\n";
  for (const std::string &program : rules.programs())
    text += "ExecPaths=-" + program + "\n";
  bool hasInternet = rules.isOpen(kInternet, kFamilies);
  bool hasUnix = rules.isOpen(kUnix, kFamilies);
  text += "RestrictAddressFamilies=";
  text += hasInternet ? "AF_INET AF_INET6" : "";
  text += hasUnix ? " AF_UNIX" : hasInternet ? "" : "none";
  text += "\n";
  appendCalls(text, rules, plan);
  for (const ir::Limit &limit : rules.policy.limits)
    text += limitName(limit.kind).str() + "=" + std::to_string(limit.value) + "\n";
  appendVariables(text, rules);
  return text;
}

} // namespace srt::backend
