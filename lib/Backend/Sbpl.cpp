// lib/Backend/Sbpl.cpp: a policy as a Seatbelt profile (macOS).
// SPDX-License-Identifier: Apache-2.0
#include "lib/Backend/Sbpl.h"

#include "lib/Backend/SbplPath.h"
#include "lib/Backend/SbplProfile.h"
#include "lib/Backend/SbplProxy.h"
#include "lib/Backend/SbplSiblings.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <set>

namespace srt::backend {

static void appendFloor(std::string &text) {
  text += "\n; What every program needs to start.\n";
#define SRT_SBPL_FLOOR(guard, operations, filters, reason)                     \
  text += line("allow", operations, Guard::guard,                              \
               llvm::StringRef(filters).empty()                                \
                   ? std::vector<std::string>{}                                \
                   : std::vector<std::string>{filters},                        \
               reason);
#include "lib/Backend/SbplFloor.def"
}

static void appendClosed(std::string &text) {
  text += "\n; Operations that `deny default` leaves open.\n";
#define SRT_SBPL_CLOSED(operation, reason)                                     \
  text += line("deny", operation, Guard::Defined, {}, reason);
#define SRT_SBPL_OPEN(operation, reason)                                       \
  text += line("allow", operation, Guard::Defined, {}, reason);
#include "lib/Backend/SbplClosed.def"
  // _IOW('t', 114, char): types into the terminal of whoever started us.
  text += line("deny", "file-ioctl", Guard::Always,
               {"(ioctl-command #x80017472)"}, "TIOCSTI");
}

/// Grants stat(2), and nothing more, on the directories above what the policy
/// allows: getcwd(3) and realpath(3) ask for them one by one. The names are in
/// the policy, so nothing is learned but owner, mode and times.
static void appendAncestors(const ir::Policy &policy, std::string &text) {
  std::set<std::string> literals;
  std::set<uint32_t> bases;
  for (const ir::Rule &rule : policy.rules) {
    if (rule.effect != ir::Effect::Allow)
      continue;
    for (const ir::Pattern &pattern : rule.patterns)
      if (const ir::PathPattern *path = pathOf(pattern)) {
        std::vector<std::string> filters;
        appendLiteralAncestors(policy, *path, filters);
        literals.insert(filters.begin(), filters.end());
        if (path->base)
          bases.insert(path->base->value);
      }
  }
  std::vector<std::string> filters(literals.begin(), literals.end());
  if (!filters.empty())
    text += line("allow", "file-read-metadata", Guard::Always, filters,
                 "directories above what the policy allows");
  // An old system without path-ancestors goes without.
  for (uint32_t base : bases)
    text += "(if (defined? 'path-ancestors) (allow file-read-metadata "
            "(path-ancestors (param \"" +
            sbplParamName(policy, ir::ParamId{base}) +
            "\")))) ; directories above a param\n";
}

/// AF_UNIX sockets cannot even be made under `deny default`.
static void appendSockets(llvm::ArrayRef<SbplRule> rules, std::string &text) {
  bool isUsed = llvm::any_of(rules, [](const SbplRule &rule) {
    return rule.effect == ir::Effect::Allow &&
           !(rule.filters[size_t(Channel::RemoteUnix)].empty() &&
             rule.filters[size_t(Channel::LocalUnix)].empty());
  });
  if (isUsed)
    text += line("allow", "system-socket", Guard::Always,
                 {"(socket-domain AF_UNIX)"}, "a unix path is allowed below");
}

/// True if files can be moved or linked somewhere, so that places that rules
/// withhold have to be pinned.
static bool canMoveFiles(llvm::ArrayRef<SbplRule> rules) {
  using enum ir::ActionId;
  return llvm::any_of(rules, [](const SbplRule &rule) {
    return rule.effect == ir::Effect::Allow &&
           llvm::any_of(rule.leaves, [](ir::ActionId leaf) {
             return leaf == WriteDelete || leaf == WriteRename;
           });
  });
}

/// Pins the directories above the params of withheld places. They are known
/// only at the start; where the system has no path-ancestors, every directory
/// is pinned instead.
static void appendPinsAboveParams(const ir::Policy &policy,
                                  const ir::Rule &rule, llvm::StringRef name,
                                  std::string &text) {
  bool isDeny = rule.effect == ir::Effect::Deny;
  std::set<uint32_t> bases;
  for (const ir::Pattern &pattern : isDeny ? rule.patterns : rule.excepts)
    if (const ir::PathPattern *path = pathOf(pattern); path && path->base)
      bases.insert(path->base->value);
  for (uint32_t base : bases)
    text += "(if (defined? 'path-ancestors) (deny file-write-unlink "
            "(path-ancestors (param \"" +
            sbplParamName(policy, ir::ParamId{base}) +
            "\"))) (deny file-write-unlink (vnode-type DIRECTORY))) ; " +
            name.str() + ", narrower: what leads to a param\n";
}

/// Pins what rules withhold: rename(2) is judged by the two names only, so a
/// file moved, or with a directory above it moved, would leave its rules
/// behind.
static void appendPins(const ir::Policy &policy, std::string &text) {
  text += "\n; Withheld places stay where they are.\n";
  for (uint32_t i = 0; i < policy.rules.size(); ++i) {
    SbplPlaces pinned = protectedPlaces(policy, policy.rules[i]);
    if (pinned.places.empty())
      continue;
    std::string name = ir::ruleName(ir::RuleId{i});
    text += line("deny", "file-write-unlink", Guard::Always, pinned.places,
                 name + ", narrower: the place");
    if (!pinned.ancestors.empty())
      text += line("deny", "file-write-unlink", Guard::Always, pinned.ancestors,
                   name + ", narrower: what leads there");
    appendPinsAboveParams(policy, policy.rules[i], name, text);
    if (sparesMovedDirectories(policy.rules[i]))
      text += line("deny", "file-write-unlink", Guard::Always,
                   {"(vnode-type DIRECTORY)"},
                   name + ", narrower: a directory that was moved to where it "
                          "excepts would be spared");
  }
}

static void appendNotes(const ir::Policy &policy,
                        llvm::ArrayRef<SbplRule> rules, std::string &text) {
  bool links = llvm::any_of(rules, [](const SbplRule &rule) {
    return rule.effect == ir::Effect::Allow &&
           llvm::is_contained(rule.leaves, ir::ActionId::WriteLink);
  });
  if (links)
    text += "\n; Narrower: no hard link is ever made, whatever write.link says.\n";
  bool hasSyscalls = llvm::any_of(policy.rules, [](const ir::Rule &rule) {
    return rule.actions.front() == ir::ActionId::Syscall;
  });
  if (hasSyscalls)
    text += "\n; Rules on syscalls are for Linux; they say nothing here.\n";
  if (!policy.env.empty() || !policy.limits.empty())
    text += "\n; Environment and limits are set by the launcher.\n";
}

/// Says in the profile what it leaves to the proxy.
static std::string proxyNote(const ir::Policy &written, uint16_t port) {
  std::string text = "\n; The network is the proxy on 127.0.0.1:" +
                     std::to_string(port) +
                     ", the loopback, and unix sockets; programs find the proxy "
                     "by HTTPS_PROXY\n; and the like. It has to judge the hosts "
                     "of: ";
  llvm::ListSeparator comma;
  std::vector<ir::RuleId> judged = judgedByProxy(written);
  for (ir::RuleId id : judged)
    text += llvm::StringRef(comma).str() + ir::ruleName(id);
  return text + (judged.empty() ? "no rule" : "") +
         ". UDP to other hosts is not to be had.\n";
}

bool emitSbpl(const ir::Policy &written, std::optional<uint16_t> proxyPort,
              DiagnosticEngine &diags, std::string &text) {
  text.clear();
  size_t before = diags.errors();
  const ir::Policy policy =
      proxyPort ? throughProxy(written, *proxyPort) : written;
  std::vector<SbplRule> rules = translateRules(policy, diags);
  text = "(version 1)\n(deny default)\n";
  if (proxyPort)
    text += proxyNote(written, *proxyPort);
  appendFloor(text);
  appendAncestors(policy, text);
  appendSockets(rules, text);
  text += "\n; What the policy allows.\n";
  appendGrants(policy, rules, diags, text);
  text += "\n; What the policy denies; later lines win.\n";
  appendDenies(rules, text);
  if (canMoveFiles(rules))
    appendPins(policy, text);
  appendShut(text);
  appendClosed(text);
  appendNotes(policy, rules, text);
  if (diags.errors() == before)
    return true;
  text.clear();
  return false;
}

} // namespace srt::backend
