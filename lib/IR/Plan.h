// lib/IR/Plan.h: how each rule is enforced, and all that the backends emit.
// SPDX-License-Identifier: Apache-2.0
//
// Backends make no decision that the plan does not show: they spell these
// tables in the target's own format. A plan never permits an event that its
// policy denies, except for rules listed in `accepted`.
#ifndef SRT_LIB_IR_PLAN_H
#define SRT_LIB_IR_PLAN_H

#include "lib/IR/Policy.h"
#include "lib/Kernel/Syscalls.h"
#include "lib/Kernel/Targets.h"

namespace srt::ir {

/// What carries a rule on the target.
enum class Mechanism : uint8_t { Landlock, Seccomp, Broker, Loader, Nothing };
llvm::StringRef spelling(Mechanism mechanism);

/// How the enforced set compares with the written one.
enum class Exactness : uint8_t { Exact, Narrower, Wider };
llvm::StringRef spelling(Exactness exactness);

/// What becomes slower while the command runs: figures in docs/Enforcement.md.
enum class Cost : uint8_t { None, Call, Open, Connect, Broker };
llvm::StringRef spelling(Cost cost);

/// A release of Linux; 0.0 where nothing is asked of it.
struct Release {
  uint16_t major = 0, minor = 0;
  friend auto operator<=>(Release, Release) = default;
};
/// "6.12", and back.
std::string text(Release release);
std::optional<Release> releaseNamed(llvm::StringRef name);

/// How one rule is enforced. `notes` says what is narrower, or wider, and why.
struct Decision {
  llvm::SmallVector<Mechanism, 2> mechanisms; // distinct, enum order
  Exactness exactness = Exactness::Exact;
  std::vector<std::string> notes;
  Release since; // the least that has these mechanisms
  Cost cost = Cost::None;
};

/// What a rule costs that is carried by these mechanisms.
Cost costOf(const Rule &rule, llvm::ArrayRef<Mechanism> mechanisms);

/// What Landlock denies is in the kernel's audit log, or it is not.
enum class Audit : uint8_t { Quiet, Denials };
/// "quiet" or "denials".
llvm::StringRef spelling(Audit audit);
std::optional<Audit> auditNamed(llvm::StringRef name);
/// Landlock logs since this ABI.
inline constexpr unsigned kLeastAuditAbi = 7;

/// A literal place in the file tree: a base and the components beneath it.
struct Place {
  std::optional<ParamId> base; // absent: the root directory
  std::vector<std::string> components;
  friend auto operator<=>(const Place &, const Place &) = default;
};

/// Landlock rights on a tree. `beneath` is the index of an earlier root that
/// contains this one and that the sandbox can write to.
struct RootGrant {
  Place place;
  uint64_t rights = 0; // kernel::kFs*
  RuleId rule;         // the first rule that grants any of them
  std::optional<uint32_t> beneath;
};

/// Landlock rights on every hit of a bare name on PATH.
struct CommandGrant {
  std::string name;
  uint64_t rights = 0;
  RuleId rule;
};

struct PortGrant {
  uint16_t port = 0;
  uint64_t rights = 0; // kernel::kNet*
  RuleId rule;
};

/// A denied place whose distance from the roots is only known at the start;
/// the loader refuses to start if they overlap.
struct ForbiddenPlace {
  std::variant<Place, std::string> place; // a place, or a bare command name
  uint64_t rights = 0;
  RuleId rule;
};

/// All tests of a conjunction hold.
using Conjunction = std::vector<ArgTest>;

/// What the filter says to one syscall, in this order:
///   some conjunction of `denyIf` holds      fail with `error`
///   not `isAllowed`                         fail with `error`
///   `allowIf` is not empty, none of it holds   fail with `error`
///   some conjunction of `notifyIf` holds    ask the broker
///   otherwise                               permit
struct SyscallDecision {
  std::string name;
  bool isAllowed = false;
  std::vector<Conjunction> allowIf;
  std::vector<Conjunction> denyIf;
  std::vector<Conjunction> notifyIf; // `()` among them: always
  uint16_t error = 1; // errno: EPERM, or ENOSYS so that programs fall back
  std::string why;    // what closed it beyond the policy's own words
};

/// What the broker judges of sockets: every connect, bind, listen and send of TCP
/// and UDP. Landlock then handles no port.
struct NetworkUse {
  bool names = false; // it answers the questions of resolvers (DNS)
  bool unixes = false; // unix sockets too, by path and by abstract name
};

/// A rule that is enforced more widely than written, as --accept-wider said.
struct AcceptedWider {
  RuleId rule;
  std::string what;
};

struct Plan {
  Policy policy;
  kernel::Target target;
  std::vector<kernel::Arch> archs;
  std::vector<Decision> decisions; // by RuleId

  unsigned landlockAbi = 0; // least ABI that enforces the plan
  uint64_t handledFs = 0;
  uint64_t handledNet = 0;
  uint64_t scoped = 0;
  Audit audit = Audit::Quiet;
  std::vector<RootGrant> roots; // ancestors before what lies beneath them
  std::vector<CommandGrant> commands;
  std::vector<PortGrant> ports;
  std::vector<ForbiddenPlace> forbidden;

  /// What the broker decides, as it judges paths: leaf actions in table order.
  /// The filter sends it every call that takes one of them. Empty: no broker.
  llvm::SmallVector<ActionId, 8> mediated;
  /// The rights that only such calls use; roots may grant more of these than
  /// the policy allows.
  uint64_t mediatedFs = 0;
  std::optional<NetworkUse> network;
  bool hasBroker() const { return !mediated.empty() || network; }

  std::vector<SyscallDecision> syscalls; // every known one, sorted by name
  std::vector<AcceptedWider> accepted;
};

} // namespace srt::ir

#endif
