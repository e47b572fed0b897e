// lib/Backend/EngineAppArmor.cpp: a policy as an AppArmor profile.
// SPDX-License-Identifier: Apache-2.0
//
// apparmor.d(5), 3.0. A path of a directory ends in a slash there, which is how
// listing is told from reading. Deny beats allow, as here. Every path is quoted
// and made of plain characters alone, so none can end its line.
#include "lib/Backend/EngineRules.h"

#include "lib/IR/PatternText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace srt::backend {

using ir::ActionId;
using Sockets = Domain::Sockets;

static constexpr Domain kTcp[] = {{ActionId::Connect, Sockets::Tcp},
                                  {ActionId::Bind, Sockets::Tcp}};
static constexpr Domain kUdp[] = {{ActionId::Connect, Sockets::Udp},
                                  {ActionId::Bind, Sockets::Udp},
                                  {ActionId::Send, Sockets::Udp}};
static constexpr Domain kUnix[] = {{ActionId::Connect, Sockets::UnixPath},
                                   {ActionId::Connect, Sockets::UnixAbstract},
                                   {ActionId::Bind, Sockets::UnixPath},
                                   {ActionId::Bind, Sockets::UnixAbstract}};
static constexpr llvm::StringLiteral kPorts =
    "a profile tells sockets by their kind, not by address or port";

/// Bytes that mean themselves between quotes.
static bool isPlain(uint8_t c) {
  return llvm::isAlnum(char(c)) || llvm::StringRef("._-+=:~% ").contains(char(c));
}

/// A glob as apparmor.d(5) writes it, or nothing.
static std::optional<std::string> globText(const ir::Glob &glob) {
  std::string text;
  for (const ir::GlobItem &item : glob.items)
    switch (item.kind) {
    case ir::GlobItem::Kind::Byte:
      if (!isPlain(item.byte))
        return std::nullopt;
      text += char(item.byte);
      break;
    case ir::GlobItem::Kind::AnyOne:
      text += '?';
      break;
    case ir::GlobItem::Kind::AnyRun:
      // Alone behind a slash, `*` is at least one character there.
      text += glob.items.size() == 1 ? "*" : "{*,}";
      break;
    case ir::GlobItem::Kind::Class:
      return std::nullopt;
    }
  return text;
}

/// The place itself without a slash at its end; empty for `/`.
static std::optional<std::string> placeText(EngineRules &rules, const ir::Rule &rule,
                                            const ir::PathPattern &path,
                                            SourceRange range) {
  std::string text, depth;
  if (path.base) {
    ir::PathPattern base{path.base, {}};
    std::optional<std::string> value = rules.literal(rule, base, range);
    if (!value)
      return std::nullopt;
    text = *value == "/" ? "" : *value;
  }
  bool isSayable = llvm::all_of(text, [](char c) { return c == '/' || isPlain(uint8_t(c)); });
  for (const ir::Segment &segment : path.segments) {
    if (segment.kind == ir::Segment::Kind::AnyDepth) {
      depth = "{**/,}";
      continue;
    }
    std::optional<std::string> name = globText(segment.name);
    isSayable &= name.has_value();
    text += "/" + std::exchange(depth, "") + name.value_or("");
  }
  if (isSayable)
    return text;
  rules.refuse(range, "`" + ir::text(path, rules.policy.params) + "`",
               "only letters, digits, `._-+=:~% `, `*`, `?` and `**` can stand in its paths");
  return std::nullopt;
}

/// What of a tree a rule is about: its files, its directories, or both.
enum class Part : uint8_t { Files, Folders, Both };

static std::string treeText(const std::string &place, Part part) {
  switch (part) {
  case Part::Files:
    return place.empty() ? "/**[^/]" : place + "{,/**[^/]}";
  case Part::Folders:
    return place + "/{,**/}";
  case Part::Both:
    return place.empty() ? "/{,**}" : place + "{,/,/**}";
  }
  return place;
}

static bool speaksOfSome(const ir::Rule &rule, ActionId parent) {
  return llvm::any_of(ir::leavesOf(parent), [&](ActionId leaf) {
    return leaf != ActionId::ReadMetadata && speaksOf(rule, leaf);
  });
}

static bool speaksOfAllWrites(const ir::Rule &rule) {
  return llvm::all_of(ir::leavesOf(ActionId::Write),
                      [&](ActionId leaf) { return speaksOf(rule, leaf); });
}

static Part partOf(const ir::Rule &rule) {
  bool hasData = speaksOf(rule, ActionId::ReadData);
  bool hasList = speaksOf(rule, ActionId::ReadList);
  return hasData && hasList ? Part::Both : hasData ? Part::Files : Part::Folders;
}

static void checkFileRule(EngineRules &rules, const ir::Rule &rule) {
  bool isExec = speaksOf(rule, ActionId::Exec);
  if (!isExec && !speaksOfSome(rule, ActionId::Read) && !speaksOfSome(rule, ActionId::Write))
    return;
  if (rule.effect == ir::Effect::Ask)
    rules.refuse(rule, "nobody is asked");
  else if (!rule.excepts.empty())
    rules.refuse(rule, "nothing is cut out of a rule; write a deny");
  else if (rule.effect == ir::Effect::Allow && speaksOfSome(rule, ActionId::Write) &&
           !speaksOfAllWrites(rule))
    rules.refuse(rule, "`w` permits every kind of writing");
}

/// The path of a command that a profile can name, or null after a report.
static const ir::PathPattern *programOf(EngineRules &rules, const ir::Pattern &pattern) {
  auto &command = std::get<ir::CommandPattern>(pattern.value);
  auto *path = std::get_if<ir::PathPattern>(&command.program);
  std::string what = "`exec \"" + ir::text(pattern, rules.policy.params) + "\"`";
  if (command.words)
    rules.refuse(pattern.range, what, "it does not look at arguments");
  else if (!path)
    rules.refuse(pattern.range, what, "a bare name is looked up when the sandbox starts; write a path");
  return command.words ? nullptr : path;
}

static void checkSubjects(EngineRules &rules, ActionId leaf) {
  for (const ir::Rule &rule : rules.policy.rules) {
    if (!speaksOf(rule, leaf))
      continue;
    bool isSelf = llvm::any_of(rule.patterns, [](const ir::Pattern &pattern) {
      return std::get<ir::SubjectPattern>(pattern.value) == ir::SubjectPattern::Self;
    });
    if (rule.effect != ir::Effect::Allow || !rule.excepts.empty())
      rules.refuse(rule, "processes are told by their profile alone, so leave this out");
    else if (isSelf)
      rules.refuse(rule, "a process cannot be told from others of its profile");
  }
}

void checkAppArmor(EngineRules &rules) {
  for (const ir::Rule &rule : rules.policy.rules) {
    checkFileRule(rules, rule);
    for (const ir::Pattern &pattern : rule.patterns) {
      auto *path = std::get_if<ir::PathPattern>(&pattern.value);
      if (speaksOf(rule, ActionId::Exec))
        path = programOf(rules, pattern);
      if (path && !speaksOf(rule, ActionId::Ioctl))
        (void)placeText(rules, rule, *path, pattern.range);
    }
  }
  rules.requireAll(Domain{ActionId::ReadMetadata}, "it always permits stat(2)");
  rules.requireAll(Domain{ActionId::Ioctl}, "it does not see ioctl(2); allow it on `/`, or --accept-wider");
  rules.requireAll(Domain{ActionId::Syscall}, "it does not see system calls; allow `all`, or --accept-wider");
  rules.isOpen(kTcp, kPorts);
  rules.isOpen(kUdp, kPorts);
  rules.isOpen(kUnix, kPorts);
  checkSubjects(rules, ActionId::Signal);
  checkSubjects(rules, ActionId::Trace);
  rules.refuseEnvironment("a profile sets no variables");
}

static void appendLine(std::string &text, const ir::Rule &rule,
                       const std::string &path, llvm::StringRef permissions) {
  text += rule.effect == ir::Effect::Deny ? "  deny " : "  ";
  text += "\"" + path + "\" " + permissions.str() + ",\n";
}

static void appendFiles(std::string &text, EngineRules &rules, const ir::Rule &rule) {
  bool isDeny = rule.effect == ir::Effect::Deny;
  bool isRead = speaksOfSome(rule, ActionId::Read);
  bool isWrite = speaksOfSome(rule, ActionId::Write);
  if (isWrite && isDeny && !speaksOfAllWrites(rule))
    rules.narrow(rule, "every kind of writing is denied there");
  if (isWrite && !isDeny)
    rules.narrow(rule, "no hard link is made");
  for (const ir::Pattern &pattern : rule.patterns) {
    auto &path = std::get<ir::PathPattern>(pattern.value);
    std::optional<std::string> place = placeText(rules, rule, path, pattern.range);
    if (place && isRead)
      appendLine(text, rule, treeText(*place, partOf(rule)), isDeny ? "mr" : "mrk");
    if (place && isWrite)
      appendLine(text, rule, treeText(*place, Part::Both), isDeny ? "wl" : "wk");
  }
}

static void appendPrograms(std::string &text, EngineRules &rules, const ir::Rule &rule) {
  for (const ir::Pattern &pattern : rule.patterns)
    if (const ir::PathPattern *path = programOf(rules, pattern))
      if (auto place = placeText(rules, rule, *path, pattern.range))
        appendLine(text, rule, treeText(*place, Part::Files),
                   rule.effect == ir::Effect::Deny ? "x" : "mix");
}

static void appendSubject(std::string &text, EngineRules &rules, ActionId leaf,
                          llvm::StringRef all, llvm::StringRef own) {
  Reach reach = rules.reach({leaf});
  if (reach == Reach::All)
    text += "  " + all.str() + ",\n";
  else if (reach == Reach::Some)
    text += "  " + own.str() + " peer=\"" + rules.policy.name + "\",\n";
}

static void appendSockets(std::string &text, EngineRules &rules) {
  if (rules.isOpen(kTcp, kPorts))
    text += "  network inet stream,\n  network inet6 stream,\n";
  if (rules.isOpen(kUdp, kPorts))
    text += "  network inet dgram,\n  network inet6 dgram,\n";
  if (rules.isOpen(kUnix, kPorts))
    text += "  network unix,\n  unix,\n";
}

/// The resource of setrlimit(2) as apparmor.d(5) names it.
static llvm::StringRef limitName(ir::Limit::Kind kind) {
  switch (kind) {
  case ir::Limit::Kind::Memory:
    return "data";
  case ir::Limit::Kind::Processes:
    return "nproc";
  case ir::Limit::Kind::OpenFiles:
    return "nofile";
  case ir::Limit::Kind::Cpu:
    return "cpu";
  case ir::Limit::Kind::FileSize:
    return "fsize";
  case ir::Limit::Kind::Core:
    return "core";
  case ir::Limit::Kind::Stack:
    return "stack";
  }
  return "";
}

std::string apparmorProfile(EngineRules &rules) {
  std::string text = "# Made by srtc. Load it with apparmor_parser(8); start under it with\n"
                     "# aa-exec -p " + rules.policy.name + " COMMAND.\nabi <abi/3.0>,\n\nprofile \"" +
                     rules.policy.name + "\" {\n";
  for (const ir::Rule &rule : rules.policy.rules) {
    if (speaksOf(rule, ActionId::Exec))
      appendPrograms(text, rules, rule);
    else if (speaksOfSome(rule, ActionId::Read) || speaksOfSome(rule, ActionId::Write))
      appendFiles(text, rules, rule);
  }
  appendSockets(text, rules);
  // Who may be sent a signal is for the sender's policy to say.
  text += "  signal (receive),\n";
  appendSubject(text, rules, ActionId::Signal, "signal", "signal (send)");
  appendSubject(text, rules, ActionId::Trace, "ptrace", "ptrace (trace, read, tracedby, readby)");
  for (const ir::Limit &limit : rules.policy.limits)
    text += "  set rlimit " + limitName(limit.kind).str() + " <= " +
            std::to_string(limit.value) + ",\n";
  return text + "}\n";
}

} // namespace srt::backend
