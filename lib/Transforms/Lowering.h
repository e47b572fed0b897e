// lib/Transforms/Lowering.h: what the parts of the lowering share.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_TRANSFORMS_LOWERING_H
#define SRT_LIB_TRANSFORMS_LOWERING_H

#include "lib/Analysis/Describe.h"
#include "lib/Transforms/Lower.h"

#include "lib/Kernel/Landlock.h"

#include <tuple>

namespace srt {

/// Of kernels that the broker runs on: Linux 5.19 has WAIT_KILLABLE_RECV
/// (include/uapi/linux/seccomp.h), without which a signal loses a decision.
inline constexpr unsigned kLeastBrokerAbi = 2;

/// Facts that the syscall filter is built from once everything else is planned.
struct OpenThings {
  bool metadata = false;   // write.metadata is allowed on every path
  bool rename = false;     // write.rename is allowed somewhere
  bool link = false;       // write.link is allowed somewhere
  bool listing = false;    // read.list is allowed on every path
  bool exec = false;       // exec is allowed on every path
  bool internet = false;   // some TCP port is allowed
  bool udp = false;        // some UDP port is allowed
  bool unixStreams = false;   // some unix socket may be connected or bound
  bool unixDatagrams = false; // some unix socket may be sent to
  bool unixBind = false;      // some unix socket may be bound
  bool abstractConnect = false; // each of these on every abstract name
  bool abstractSend = false;
  bool abstractBind = false;
  bool listening = false;  // bind of TCP is allowed somewhere
  bool binding = false;    // bind of anything is allowed somewhere
  bool signals = false;    // signal is allowed to the sandbox or further
  bool signalsAnywhere = false; // signal is allowed to all
  bool tracing = false;    // trace is allowed to the sandbox or further
};

class Lowering {
public:
  Lowering(ir::Plan &plan, const LowerOptions &options, DiagnosticEngine &diags)
      : plan(plan), options(options), diags(diags) {}

  ir::Plan &plan;
  const LowerOptions &options;
  DiagnosticEngine &diags;
  OpenThings open;

  const ir::Policy &policy() const { return plan.policy; }
  const ir::Rule &rule(ir::RuleId id) const { return plan.policy.rule(id); }
  unsigned abi() const { return plan.target.landlockAbi; }

  /// Notes that `mechanism` carries the rule.
  void carry(ir::RuleId rule, ir::Mechanism mechanism);
  /// Notes where the rule is enforced more narrowly than written.
  void narrow(ir::RuleId rule, std::string note);
  /// Says something about how the rule is enforced that makes it no narrower.
  void note(ir::RuleId rule, std::string note);
  /// Leaves the action to the broker.
  void mediate(ir::ActionId leaf);
  /// True if the broker judges the action.
  bool isMediated(ir::ActionId leaf) const;
  /// True if --accept-wider names the rule; then `what` is recorded and the
  /// caller leaves the rule unenforced. *Widens*, as the person asked.
  bool allowWider(ir::RuleId rule, std::string what);

  /// True the first time it is asked about these three numbers: keeps one
  /// mistake from being reported once per leaf action.
  bool isNews(uint32_t a, uint32_t b, uint32_t c);

private:
  std::set<std::tuple<uint32_t, uint32_t, uint32_t>> reported;
};

/// True if the rule speaks of the leaf action.
bool speaksOf(const ir::Rule &rule, ir::ActionId leaf);

/// True if some rule allows anything of a unix socket.
bool speaksOfUnix(const ir::Policy &policy);

/// The first rule for which unix sockets need the broker: Landlock knows their
/// paths since ABI 9 only, and never one abstract name from another.
std::optional<ir::RuleId> unixNeedsBroker(const Lowering &lowering);

/// The ids of the rules with that effect that speak of the leaf, in order.
std::vector<ir::RuleId> rulesOn(const ir::Policy &policy, ir::Effect effect,
                                ir::ActionId leaf);

void chooseSockets(Lowering &lowering);  // whether sockets are the broker's
void lowerPaths(Lowering &lowering);     // files and programs by path
void lowerMetadata(Lowering &lowering);  // what Landlock does not see
void lowerBroker(Lowering &lowering);    // what goes to the broker
void lowerCommands(Lowering &lowering);  // programs by name
void lowerNetwork(Lowering &lowering);   // TCP and UDP ports
void lowerAbstract(Lowering &lowering);  // unix sockets without a path
void lowerProcesses(Lowering &lowering); // signal and trace
void lowerSyscalls(Lowering &lowering);  // the filter: it needs the facts

/// Says of every rule since which Linux its mechanisms are there, and what they
/// cost. *Keeps*.
void rateRules(Lowering &lowering);

/// Decides the calls that machines of 32 bits have several names for, and leaves
/// in the plan those that its machines have. *Narrows*: what a multiplexer does
/// with arguments in memory, and calls whose arguments stand elsewhere than
/// those that are tested, are refused. Errors: E3030.
void settleSpellings(Lowering &lowering);

/// The ids of the rules that let the leaf happen, at once or after a question: what
/// the broker judges has to be granted from above.
std::vector<ir::RuleId> rulesGranting(const Lowering &lowering,
                                      ir::ActionId leaf);

/// The first rule that asks about the leaf.
std::optional<ir::RuleId> firstQuestion(const Lowering &lowering,
                                        ir::ActionId leaf);

/// True if the target can have a broker, and the person wants one.
bool mayHaveBroker(const Lowering &lowering);

/// True if rules on programs need the broker: they name arguments, or a name
/// that is denied is sure to lie in a tree that is allowed.
bool commandsNeedBroker(Lowering &lowering);

/// Reports that the target's Landlock is too old for `what` (E3009). `instead`
/// is a statement that would say what such a kernel does, or empty.
void reportAbi(Lowering &lowering, SourceRange range, llvm::StringRef what,
               unsigned needed, llvm::StringRef instead);

/// Says why the broker is not there for what it could judge; nothing for rules
/// that are on neither files nor endpoints.
void hintBroker(const Lowering &lowering, ir::RuleId rule, Diagnostic &error);

/// Reports that the kernel cannot permit `allowed` without `other` (E3015).
Diagnostic &reportNotSeparable(Lowering &lowering, ir::RuleId rule,
                               llvm::StringRef allowed, llvm::StringRef other);

} // namespace srt

#endif
