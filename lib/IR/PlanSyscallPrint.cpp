// lib/IR/PlanSyscallPrint.cpp: writes the syscall table of a plan.
// SPDX-License-Identifier: Apache-2.0
#include "lib/IR/PatternText.h"
#include "lib/IR/PlanErrno.h"
#include "lib/IR/PlanSyscalls.h"

#include <map>

namespace srt::ir {

static constexpr size_t kColumns = 80;

/// True if nothing but `isAllowed`, and for a refusal `error` and `why`, says
/// what happens: such a decision needs no line of its own.
static bool isPlain(const SyscallDecision &decision) {
  if (!decision.allowIf.empty() || !decision.denyIf.empty() ||
      !decision.notifyIf.empty())
    return false;
  // `error` and `why` of what is permitted say nothing, but they are kept.
  return !decision.isAllowed ||
         (decision.error == SyscallDecision().error && decision.why.empty());
}

/// Writes `HEAD [a, b, c]` over as many lines as it takes.
static void printList(llvm::raw_ostream &out, llvm::StringRef head,
                      llvm::ArrayRef<llvm::StringRef> names) {
  out << "  " << head << " [";
  size_t column = head.size() + 4;
  for (size_t i = 0; i < names.size(); ++i) {
    bool isLast = i + 1 == names.size();
    if (i > 0 && column + names[i].size() + 2 > kColumns) {
      out << "\n    ";
      column = 4;
    } else if (i > 0) {
      out << ' ';
      ++column;
    }
    out << names[i] << (isLast ? "]" : ",");
    column += names[i].size() + 1;
  }
  out << '\n';
}

static std::string because(llvm::StringRef why) {
  return why.empty() ? "" : " because " + quoted(why);
}

static void printLists(llvm::raw_ostream &out,
                       llvm::ArrayRef<SyscallDecision> syscalls) {
  std::vector<llvm::StringRef> permitted;
  std::map<std::pair<uint16_t, std::string>, std::vector<llvm::StringRef>>
      refused;
  for (const SyscallDecision &decision : syscalls)
    if (isPlain(decision))
      (decision.isAllowed ? permitted : refused[{decision.error, decision.why}])
          .push_back(decision.name);
  if (!permitted.empty())
    printList(out, "permit", permitted);
  for (const auto &[reason, names] : refused)
    printList(out, "refuse " + errnoText(reason.first) + because(reason.second),
              names);
}

static void printConditions(llvm::raw_ostream &out, llvm::StringRef word,
                            llvm::ArrayRef<Conjunction> conditions) {
  if (conditions.empty())
    return;
  out << ' ' << word;
  for (const Conjunction &tests : conditions) {
    SyscallPattern pattern;
    pattern.tests = tests;
    // The pattern has no name, so that its text is the tests alone.
    out << ' ' << (tests.empty() ? "()" : text(pattern));
  }
}

static void printLine(llvm::raw_ostream &out, const SyscallDecision &decision) {
  out << "  syscall " << decision.name;
  if (!decision.isAllowed)
    out << " refuse";
  else if (decision.allowIf.empty())
    out << " permit";
  printConditions(out, "permit-if", decision.allowIf);
  printConditions(out, "refuse-if", decision.denyIf);
  printConditions(out, "broker-if", decision.notifyIf);
  out << " error " << errnoText(decision.error) << because(decision.why)
      << '\n';
}

void printSyscalls(llvm::raw_ostream &out,
                   llvm::ArrayRef<SyscallDecision> syscalls) {
  printLists(out, syscalls);
  for (const SyscallDecision &decision : syscalls)
    if (!isPlain(decision))
      printLine(out, decision);
}

} // namespace srt::ir
