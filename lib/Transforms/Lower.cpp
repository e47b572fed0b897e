// lib/Transforms/Lower.cpp: the order of the lowering, and its bookkeeping.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Transforms/Lowering.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

namespace srt {

void Lowering::carry(ir::RuleId rule, ir::Mechanism mechanism) {
  auto &mechanisms = plan.decisions[rule.value].mechanisms;
  if (llvm::is_contained(mechanisms, mechanism))
    return;
  mechanisms.push_back(mechanism);
  llvm::sort(mechanisms);
}

static void addNote(ir::Decision &decision, std::string note) {
  if (!llvm::is_contained(decision.notes, note))
    decision.notes.push_back(std::move(note));
}

void Lowering::narrow(ir::RuleId rule, std::string note) {
  ir::Decision &decision = plan.decisions[rule.value];
  decision.exactness = std::max(decision.exactness, ir::Exactness::Narrower);
  addNote(decision, std::move(note));
}

void Lowering::note(ir::RuleId rule, std::string note) {
  addNote(plan.decisions[rule.value], std::move(note));
}

void Lowering::mediate(ir::ActionId leaf) {
  if (isMediated(leaf))
    return;
  plan.mediated.push_back(leaf);
  llvm::sort(plan.mediated);
}

bool Lowering::isMediated(ir::ActionId leaf) const {
  return llvm::is_contained(plan.mediated, leaf);
}

bool Lowering::allowWider(ir::RuleId rule, std::string what) {
  if (!options.acceptWider.count(ir::ruleName(rule)))
    return false;
  ir::Decision &decision = plan.decisions[rule.value];
  decision.exactness = ir::Exactness::Wider;
  if (llvm::is_contained(decision.notes, what))
    return true;
  diags.report(this->rule(rule).range, diag::AcceptedWider,
               describe(policy(), rule), what);
  addNote(decision, what);
  plan.accepted.push_back({rule, std::move(what)});
  return true;
}

std::optional<BrokerUse> brokerUseNamed(llvm::StringRef name) {
  return llvm::StringSwitch<std::optional<BrokerUse>>(name)
      .Case("auto", BrokerUse::Auto)
      .Case("never", BrokerUse::Never)
      .Case("always", BrokerUse::Always)
      .Default(std::nullopt);
}

bool Lowering::isNews(uint32_t a, uint32_t b, uint32_t c) {
  return reported.emplace(a, b, c).second;
}

bool speaksOf(const ir::Rule &rule, ir::ActionId leaf) {
  return llvm::any_of(rule.actions, [&](ir::ActionId action) {
    return ir::covers(action, leaf);
  });
}

std::vector<ir::RuleId> rulesOn(const ir::Policy &policy, ir::Effect effect,
                                ir::ActionId leaf) {
  std::vector<ir::RuleId> found;
  for (uint32_t i = 0; i < policy.rules.size(); ++i)
    if (policy.rules[i].effect == effect && speaksOf(policy.rules[i], leaf))
      found.push_back({i});
  return found;
}

std::vector<ir::RuleId> rulesGranting(const Lowering &lowering,
                                      ir::ActionId leaf) {
  std::vector<ir::RuleId> found =
      rulesOn(lowering.policy(), ir::Effect::Allow, leaf);
  if (lowering.isMediated(leaf) || lowering.plan.network)
    llvm::append_range(found, rulesOn(lowering.policy(), ir::Effect::Ask, leaf));
  llvm::sort(found);
  return found;
}

std::optional<ir::RuleId> firstQuestion(const Lowering &lowering,
                                        ir::ActionId leaf) {
  std::vector<ir::RuleId> asked =
      rulesOn(lowering.policy(), ir::Effect::Ask, leaf);
  return asked.empty() ? std::nullopt : std::optional(asked.front());
}

bool mayHaveBroker(const Lowering &lowering) {
  return lowering.options.broker != BrokerUse::Never &&
         lowering.abi() >= kLeastBrokerAbi;
}

/// The oldest named target with that ABI.
static std::string targetWith(unsigned abi) {
  for (llvm::StringRef name : kernel::targetNames())
    if (kernel::targetNamed(name)->landlockAbi >= abi)
      return name.str();
  return "landlock-abi-" + std::to_string(abi);
}

void reportAbi(Lowering &lowering, SourceRange range, llvm::StringRef what,
               unsigned needed, llvm::StringRef instead) {
  if (!lowering.isNews(range.line, range.column, needed * 64 + what.size()))
    return;
  const kernel::Target &target = lowering.plan.target;
  Diagnostic &error = lowering.diags.report(
      range, diag::NeedsAbi, what, needed, kernel::firstRelease(needed),
      target.name, target.landlockAbi);
  error.hint("compile for a newer kernel: --target=" + targetWith(needed));
  if (!instead.empty())
    error.hint("or allow what that kernel cannot stop: `" + instead.str() + "`");
}

void hintBroker(const Lowering &lowering, ir::RuleId rule, Diagnostic &error) {
  ir::Resource resource = ir::resource(lowering.rule(rule).actions.front());
  if (resource != ir::Resource::Path && resource != ir::Resource::Endpoint)
    return;
  if (lowering.options.broker == BrokerUse::Never)
    error.hint("leave out --broker=never, and the broker judges it");
  else if (lowering.abi() < kLeastBrokerAbi)
    error.hint("the broker needs Linux 5.19: --target=linux-6.1");
}

Diagnostic &reportNotSeparable(Lowering &lowering, ir::RuleId rule,
                               llvm::StringRef allowed, llvm::StringRef other) {
  return lowering.diags.report(lowering.rule(rule).range, diag::NotSeparable,
                               describe(lowering.policy(), rule), allowed,
                               other);
}

static void checkAccepted(const ir::Policy &policy,
                          const std::set<std::string> &names,
                          DiagnosticEngine &diags) {
  for (const std::string &name : names) {
    bool isKnown = false;
    for (uint32_t i = 0; i < policy.rules.size(); ++i)
      isKnown |= ir::ruleName({i}) == name;
    if (!isKnown)
      diags.report(policy.range, diag::UnknownRule, shown(name));
  }
}

static bool isOtherPlatform(const ir::Rule &rule) {
  ir::ActionId action = rule.actions.front();
  return ir::resource(action) == ir::Resource::Name;
}

/// The broker asks about what it judges; read.metadata has an error of its own.
static bool canBeAsked(const Lowering &lowering, const ir::Rule &rule) {
  ir::Resource resource = ir::resource(rule.actions.front());
  return mayHaveBroker(lowering) && !speaksOf(rule, ir::ActionId::Ioctl) &&
         (resource == ir::Resource::Path || resource == ir::Resource::Command ||
          resource == ir::Resource::Endpoint);
}

/// Reports what no part of the lowering can plan.
static void checkRules(Lowering &lowering) {
  for (uint32_t i = 0; i < lowering.policy().rules.size(); ++i) {
    const ir::Rule &rule = lowering.policy().rules[i];
    if (rule.effect == ir::Effect::Ask && !canBeAsked(lowering, rule))
      lowering.diags.report(rule.range, diag::AskNeedsBroker);
    if (!isOtherPlatform(rule))
      continue;
    lowering.carry({i}, ir::Mechanism::Nothing);
    lowering.diags.report(rule.range, diag::OtherPlatform,
                          ir::spelling(rule.actions.front()), "macOS");
  }
}

/// The bundle then asks for an ABI that logs: it would be silent elsewhere.
static void planAudit(Lowering &lowering) {
  ir::Plan &plan = lowering.plan;
  if (lowering.options.audit == ir::Audit::Quiet)
    return;
  plan.audit = lowering.options.audit;
  plan.landlockAbi = std::max(plan.landlockAbi, ir::kLeastAuditAbi);
  if (lowering.abi() < ir::kLeastAuditAbi)
    reportAbi(lowering, plan.policy.range, "--audit=denials",
              ir::kLeastAuditAbi, "");
}

ir::Plan draft(ir::Policy policy, const LowerOptions &options,
               DiagnosticEngine &diags) {
  ir::Plan plan;
  plan.policy = std::move(policy);
  plan.target = options.target;
  plan.archs = options.archs;
  plan.decisions.resize(plan.policy.rules.size());
  Lowering lowering(plan, options, diags);
  checkAccepted(plan.policy, options.acceptWider, diags);
  checkRules(lowering);
  plan.handledFs = kernel::fsRightsOf(lowering.abi());
  // Where no unix socket can be had, nothing is left for this right to judge,
  // and the bundle would ask for a newer kernel than it needs.
  if (!speaksOfUnix(plan.policy))
    plan.handledFs &= ~kernel::kFsResolveUnix;
  chooseSockets(lowering);
  lowerPaths(lowering);
  lowerMetadata(lowering);
  lowerCommands(lowering);
  lowerNetwork(lowering);
  lowerAbstract(lowering);
  lowerProcesses(lowering);
  lowerSyscalls(lowering);
  lowerBroker(lowering); // it sends to the broker what is left open
  settleSpellings(lowering); // last: they copy what was decided
  plan.landlockAbi =
      kernel::leastAbi(plan.handledFs, plan.handledNet, plan.scoped);
  planAudit(lowering);
  rateRules(lowering);
  return plan;
}

std::optional<ir::Plan> lower(ir::Policy policy, const LowerOptions &options,
                              DiagnosticEngine &diags) {
  size_t before = diags.errors();
  ir::Plan plan = draft(std::move(policy), options, diags);
  if (diags.errors() != before)
    return std::nullopt;
  return plan;
}

} // namespace srt
