// lib/Backend/SbplRules.cpp: the rules of a policy as filters, one set each.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Backend/SbplRules.h"

#include "lib/Backend/SbplPath.h"
#include "lib/Backend/SbplSiblings.h"
#include "lib/IR/PatternText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"

namespace srt::backend {

llvm::ArrayRef<Channel> channelsOf(ir::ActionId leaf) {
  static constexpr Channel kPath[] = {Channel::Path};
  static constexpr Channel kProgram[] = {Channel::Program};
  static constexpr Channel kSubject[] = {Channel::Subject};
  static constexpr Channel kRemote[] = {Channel::RemoteTcp, Channel::RemoteUdp,
                                        Channel::RemoteUnix};
  static constexpr Channel kLocal[] = {Channel::LocalTcp, Channel::LocalUdp,
                                       Channel::LocalUnix};
  static constexpr Channel kMach[] = {Channel::MachName};
  static constexpr Channel kSysctl[] = {Channel::SysctlName};
  static constexpr Channel kIokit[] = {Channel::IokitClass};
  switch (ir::resource(leaf)) {
  case ir::Resource::Path:
    return kPath;
  case ir::Resource::Command:
    return kProgram;
  case ir::Resource::Subject:
    return kSubject;
  case ir::Resource::Endpoint:
    return leaf == ir::ActionId::Bind ? llvm::ArrayRef(kLocal) : kRemote;
  case ir::Resource::Name:
    return leaf == ir::ActionId::Mach     ? kMach
           : leaf == ir::ActionId::Sysctl ? kSysctl
                                          : llvm::ArrayRef(kIokit);
  case ir::Resource::Syscall:
    return {};
  }
  llvm_unreachable("unknown resource");
}

static std::vector<ir::ActionId> leavesOf(const ir::Rule &rule) {
  std::vector<ir::ActionId> leaves;
  for (ir::ActionId leaf : ir::leafActions())
    if (llvm::any_of(rule.actions, [&](ir::ActionId outer) {
          return ir::covers(outer, leaf);
        }))
      leaves.push_back(leaf);
  return leaves;
}

namespace {
/// A pattern that cannot be said, or a whole rule if there is no pattern.
struct Objection {
  const ir::Pattern *pattern = nullptr;
  std::string why;
};
} // namespace

static bool isHostAny(const ir::Pattern &pattern) {
  auto *endpoint = std::get_if<ir::EndpointPattern>(&pattern.value);
  return endpoint && endpoint->transport != ir::Transport::Unix &&
         endpoint->host.kind == ir::HostPattern::Kind::Any;
}

/// True if some rule grants network access to every host.
static bool grantsAnyHost(const ir::Policy &policy) {
  return llvm::any_of(policy.rules, [](const ir::Rule &rule) {
    return rule.effect == ir::Effect::Allow &&
           llvm::any_of(rule.patterns, isHostAny);
  });
}

/// What stands against rules that no pattern is to blame for.
static std::string ruleObjection(const ir::Rule &rule) {
  if (rule.effect == ir::Effect::Ask)
    return "somebody would have to answer while the program runs: this waits "
           "for the broker";
  if (ir::resource(rule.actions.front()) == ir::Resource::Subject &&
      (rule.effect == ir::Effect::Deny || !rule.excepts.empty()))
    return "macOS always lets a process signal and inspect itself; leave this "
           "out, for what no rule allows is denied";
  return "";
}

/// What stands against `pattern` as something to withhold.
static std::string withholdObjection(const ir::Policy &policy,
                                     const ir::Pattern &pattern) {
  auto *endpoint = std::get_if<ir::EndpointPattern>(&pattern.value);
  if (endpoint && endpoint->transport != ir::Transport::Unix &&
      isLoopback(endpoint->host) && grantsAnyHost(policy))
    return "`localhost` in a profile leaves out ::ffff:127.0.0.1, so where a "
           "rule allows `*` the loopback cannot be taken out";
  return "";
}

/// What stands against `pattern` because of the rule's actions.
static std::string actionObjection(const SbplRule &rule,
                                   const ir::Pattern &pattern) {
  auto *endpoint = std::get_if<ir::EndpointPattern>(&pattern.value);
  if (endpoint && llvm::is_contained(rule.leaves, ir::ActionId::Send) &&
      endpoint->transport != ir::Transport::Udp)
    return "a profile cannot tell `send` from `connect` here; write `connect`";
  return "";
}

/// Appends the filters of `patterns` on `channel`.
static bool appendAll(const ir::Policy &policy,
                      llvm::ArrayRef<ir::Pattern> patterns, Channel channel,
                      Side side, std::vector<std::string> &filters,
                      Objection &objection) {
  for (const ir::Pattern &pattern : patterns) {
    if (side == Side::Withhold)
      objection.why = withholdObjection(policy, pattern);
    if (objection.why.empty() &&
        appendFilters(policy, pattern, channel, side, filters, objection.why))
      continue;
    objection.pattern = &pattern;
    return false;
  }
  return true;
}

/// Fills the filters of one channel: PATTERNS, or (PATTERNS and not EXCEPTS).
static bool fillChannel(const ir::Policy &policy, const ir::Rule &source,
                        Channel channel, SbplRule &rule, Objection &objection) {
  bool isAllow = source.effect == ir::Effect::Allow;
  Side side = isAllow ? Side::Grant : Side::Withhold;
  Side other = isAllow ? Side::Withhold : Side::Grant;
  std::vector<std::string> in, out;
  if (!appendAll(policy, source.patterns, channel, side, in, objection) ||
      !appendAll(policy, source.excepts, channel, other, out, objection))
    return false;
  if (!in.empty() && !out.empty())
    in = {form("require-all", {anyOf(in), form("require-not", {anyOf(out)})})};
  bool isPath = channel == Channel::Path || channel == Channel::Program ||
                channel == Channel::RemoteUnix || channel == Channel::LocalUnix;
  for (const ir::PathPattern &path : siblingsBelow(source))
    if (isPath && !appendPathFilters(policy, path, in, objection.why))
      return false;
  rule.filters[size_t(channel)] = std::move(in);
  return true;
}

static bool translate(const ir::Policy &policy, const ir::Rule &source,
                      SbplRule &rule, Objection &objection) {
  objection.why = ruleObjection(source);
  if (!objection.why.empty())
    return false;
  for (const ir::Pattern &pattern : source.patterns) {
    objection.why = actionObjection(rule, pattern);
    objection.pattern = &pattern;
    if (!objection.why.empty())
      return false;
  }
  std::array<bool, kChannels> isDone{};
  for (ir::ActionId leaf : rule.leaves)
    for (Channel channel : channelsOf(leaf))
      if (!std::exchange(isDone[size_t(channel)], true) &&
          !fillChannel(policy, source, channel, rule, objection))
        return false;
  return true;
}

void refuseInSeatbelt(const ir::Policy &policy, const ir::Rule &rule,
                      const ir::Pattern *pattern, llvm::StringRef why,
                      DiagnosticEngine &diags) {
  std::string what = ir::spelling(rule.effect).str();
  for (ir::ActionId action : rule.actions)
    what += (action == rule.actions.front() ? " " : ", ") +
            ir::spelling(action).str();
  if (pattern)
    what += " \"" + ir::text(*pattern, policy.params) + "\"";
  Diagnostic &error =
      diags.report(pattern ? pattern->range : rule.range, diag::NotInSeatbelt,
                   what, why);
  if (why.contains("a proxy could judge"))
    error.hint("run a proxy on localhost that judges hosts, and compile with "
               "--network=proxy:PORT");
}

std::vector<SbplRule> translateRules(const ir::Policy &policy,
                                     DiagnosticEngine &diags) {
  std::vector<SbplRule> rules;
  for (uint32_t i = 0; i < policy.rules.size(); ++i) {
    const ir::Rule &source = policy.rules[i];
    if (ir::resource(source.actions.front()) == ir::Resource::Syscall)
      continue;
    SbplRule rule{ir::RuleId{i}, source.effect, leavesOf(source), {}};
    Objection objection;
    if (translate(policy, source, rule, objection))
      rules.push_back(std::move(rule));
    else
      refuseInSeatbelt(policy, source, objection.pattern, objection.why, diags);
  }
  return rules;
}

/// Appends the filters for one place that a rule withholds or keeps.
static void appendPlace(const ir::Policy &policy, const ir::Pattern &pattern,
                        std::vector<std::string> &filters) {
  // What fails here failed in translateRules and was reported there.
  std::string why;
  if (const ir::PathPattern *path = pathOf(pattern))
    appendPathFilters(policy, *path, filters, why);
  else if (std::holds_alternative<ir::CommandPattern>(pattern.value))
    appendFilters(policy, pattern, Channel::Program, Side::Withhold, filters,
                  why);
}

SbplPlaces protectedPlaces(const ir::Policy &policy, const ir::Rule &rule) {
  SbplPlaces result;
  bool isDeny = rule.effect == ir::Effect::Deny;
  for (const ir::Pattern &pattern : isDeny ? rule.patterns : rule.excepts) {
    const ir::PathPattern *path = pathOf(pattern);
    // Nothing can be moved out of the whole tree.
    if (rule.excepts.empty() && path && !path->base && path->segments.empty())
      continue;
    appendPlace(policy, pattern, result.places);
    std::string why;
    if (path)
      appendAncestorFilters(policy, *path, result.ancestors, why);
  }
  llvm::sort(result.ancestors);
  result.ancestors.erase(llvm::unique(result.ancestors),
                         result.ancestors.end());
  std::vector<std::string> kept;
  if (isDeny && !result.places.empty())
    for (const ir::Pattern &pattern : rule.excepts)
      appendPlace(policy, pattern, kept);
  if (!kept.empty())
    result.places = {form("require-all", {anyOf(result.places),
                                          form("require-not", {anyOf(kept)})})};
  return result;
}

} // namespace srt::backend
