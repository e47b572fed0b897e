// lib/Sim/EvalBundle.cpp: starts a bundle and asks it about an event.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Sim/EvalBundle.h"

#include "lib/Sim/BrokerModel.h"
#include "lib/Sim/BundleJudge.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"

#include <cassert>

namespace srt::sim {

static SeccompVerdict::Kind
saidBy(const std::optional<std::vector<BpfInsn>> &filter,
       const SeccompData &data) {
  if (!filter)
    return SeccompVerdict::Kind::Allow;
  std::string why;
  std::optional<uint32_t> value = evalBpf(*filter, data, why);
  assert(value && "Bundle::open() checks every filter");
  return value ? verdictOf(*value).kind : SeccompVerdict::Kind::Kill;
}

bool BundleJudge::passesFilter(const Call &call) const {
  std::optional<uint32_t> number = kernel::syscallNumber(call.name, arch);
  if (!number)
    return false;
  SeccompData data;
  data.nr = int32_t(*number);
  data.arch = kernel::auditArch(arch);
  llvm::copy(call.args, data.args);
  SeccompVerdict::Kind said = saidBy(filter, data);
  return said == SeccompVerdict::Kind::Allow ||
         (said == SeccompVerdict::Kind::Notify && isBrokered);
}

/// What io_uring can do in the place of a syscall (include/uapi/linux/
/// io_uring.h:enum io_uring_op, v6.12). Landlock judges it all the same.
bool BundleJudge::mayRing(llvm::StringRef name) const {
  static constexpr llvm::StringLiteral kRingWork[] = {
      "openat",  "openat2",   "statx",    "unlinkat",  "renameat2", "mkdirat",
      "linkat",  "symlinkat", "setxattr", "fsetxattr", "getxattr",  "socket",
      "connect", "bind",      "sendto",   "sendmsg",
  };
  return llvm::is_contained(kRingWork, name) &&
         passesFilter({"io_uring_setup", {}}) &&
         passesFilter({"io_uring_enter", {}});
}

bool BundleJudge::may(const Call &call) const {
  return passesFilter(call) || mayRing(call.name);
}

bool BundleJudge::mayAny(std::initializer_list<Call> calls) const {
  return llvm::any_of(calls, [&](const Call &call) { return may(call); });
}

void BundleJudge::operation(llvm::StringRef what, bool isCallable,
                            bool isGranted) {
  ++count;
  if (isCallable && isGranted) {
    ++permittedCount;
    if (sum.permitted.empty())
      sum.permitted = what.str();
    return;
  }
  if (sum.refused.empty())
    sum.refused = (isCallable ? "Landlock: " : "seccomp: ") + what.str();
}

BundleVerdict BundleJudge::verdict() const {
  using Reach = BundleVerdict::Reach;
  BundleVerdict verdict = sum;
  if (permittedCount != 0)
    verdict.reach = permittedCount == count ? Reach::Permitted : Reach::Partly;
  return verdict;
}

/// A filter cannot tell processes apart; the scope and the domain can.
static void judgeSignal(BundleJudge &judge, ir::SubjectPattern subject) {
  bool isOutside = subject == ir::SubjectPattern::All;
  judge.operation("signal",
                  judge.mayAny({{"kill", {2, 15}},
                                {"tkill", {2, 15}},
                                {"tgkill", {2, 2, 15}},
                                {"rt_sigqueueinfo", {2, 15}},
                                {"rt_tgsigqueueinfo", {2, 2, 15}},
                                {"pidfd_send_signal", {3, 15}}}),
                  !isOutside || !judge.landlock.isScoped(kernel::kScopeSignal));
}

/// Any ruleset puts the process into a domain, and from within it nothing
/// outside may be traced (security/landlock/ptrace.c, v6.12).
static void judgeTrace(BundleJudge &judge, ir::SubjectPattern subject) {
  bool isGranted =
      subject != ir::SubjectPattern::All || !judge.landlock.hasRuleset();
  for (llvm::StringRef name :
       {"ptrace", "process_vm_readv", "process_vm_writev", "process_madvise",
        "pidfd_getfd", "kcmp"})
    judge.operation(name, judge.may({name, {}}), isGranted);
}

static void judge(BundleJudge &judge, const Event &event) {
  switch (ir::resource(event.action)) {
  case ir::Resource::Path:
    return judgeFile(judge, event.action, std::get<Name>(event.resource).text);
  case ir::Resource::Command:
    return judgeFile(judge, event.action,
                     std::get<Command>(event.resource).path);
  case ir::Resource::Endpoint:
    return judgeEndpoint(judge, event.action,
                         std::get<Endpoint>(event.resource));
  case ir::Resource::Subject: {
    auto subject = std::get<ir::SubjectPattern>(event.resource);
    return event.action == ir::ActionId::Signal ? judgeSignal(judge, subject)
                                                : judgeTrace(judge, subject);
  }
  case ir::Resource::Syscall: {
    const auto &call = std::get<SyscallCall>(event.resource);
    return judge.operation("syscall",
                           judge.passesFilter({call.name, call.args}), true);
  }
  case ir::Resource::Name:
    return judge.operation("no such thing on Linux", false, false);
  }
  llvm_unreachable("unknown resource");
}

BundleVerdict evalBundle(const Bundle &bundle, const StartValues &values,
                         const Event &event) {
  std::string why;
  std::optional<LandlockModel> landlock =
      LandlockModel::start(bundle, values, why);
  if (!landlock)
    return {BundleVerdict::Reach::Denied, "does not start: " + why, {}};
  std::optional<std::vector<BpfInsn>> filter = bundle.filterFor(values.arch);
  BundleJudge asked(*landlock, filter, values.arch);
  if (auto *path = std::get_if<Name>(&event.resource))
    asked.isBrokered = brokerPermits(bundle, values, event.action, path->text);
  if (auto *command = std::get_if<Command>(&event.resource))
    asked.isBrokered = brokerPermits(bundle, values, event.action,
                                     command->path, command->arguments);
  if (auto *endpoint = std::get_if<Endpoint>(&event.resource))
    asked.isBrokered =
        brokerPermits(bundle, event.action, *endpoint) &&
        (endpoint->path.empty() ||
         brokerPermits(bundle, values, event.action, endpoint->path));
  judge(asked, event);
  return asked.verdict();
}

std::optional<std::string> whyNotStarted(const Bundle &bundle,
                                         const StartValues &values) {
  std::string why;
  if (LandlockModel::start(bundle, values, why))
    return std::nullopt;
  return why;
}

bool permitsNumber(const Bundle &bundle, kernel::Arch arch,
                   const SeccompData &data) {
  return saidBy(bundle.filterFor(arch), data) == SeccompVerdict::Kind::Allow;
}

} // namespace srt::sim
