// lib/Backend/EngineOci.cpp: the `linux.seccomp` object of OCI runtimes.
// SPDX-License-Identifier: Apache-2.0
//
// Runtimes hand it to libseccomp: the tests of one entry must all hold, entries
// of one call are alternatives, and two tests of one argument in an entry are
// taken for alternatives by some (config-linux.md, "Seccomp", v1.2), so none is
// written. Source of the operators: libseccomp's seccomp_rule_add(3).
#include "lib/Backend/EngineRules.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/bit.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <map>

namespace srt::backend {

using ir::ActionId;
using Sockets = Domain::Sockets;

void checkOci(EngineRules &rules) {
  llvm::StringRef why = "a seccomp profile judges calls, not files; leave it to "
                        "the container, and allow `/`, or --accept-wider";
  for (ActionId leaf : ir::leafActions())
    if (ir::resource(leaf) == ir::Resource::Path ||
        ir::resource(leaf) == ir::Resource::Command)
      rules.requireAll(Domain{leaf}, why);
  llvm::StringRef ports = "a seccomp profile cannot read addresses: sockets of "
                          "one kind are allowed as a whole or not at all";
  using enum ActionId;
  rules.isOpen({{Connect, Sockets::Tcp}, {Bind, Sockets::Tcp}}, ports);
  rules.isOpen({{Connect, Sockets::Udp}, {Bind, Sockets::Udp}, {Send, Sockets::Udp}}, ports);
  rules.isOpen({{Connect, Sockets::UnixPath}, {Connect, Sockets::UnixAbstract},
                {Bind, Sockets::UnixPath}, {Bind, Sockets::UnixAbstract}},
               ports);
  rules.requireAll(Domain{Signal}, "it cannot tell processes apart; leave it to "
                                   "the container, or --accept-wider");
  if (rules.reach({Trace}) != Reach::None)
    rules.requireAll(Domain{Trace}, "it cannot tell processes apart");
  rules.refuseLimits("a seccomp profile sets no limits");
  rules.refuseEnvironment("a seccomp profile sets no variables");
}

namespace {
/// One entry: the tests that must all hold, each on another argument.
using Entry = std::vector<ir::ArgTest>;
} // namespace

/// The tests that hold where `test` does not, as alternatives. Empty where
/// there are none that an entry could hold.
static std::vector<ir::ArgTest> negated(const ir::ArgTest &test) {
  using Op = ir::ArgTest::Op;
  constexpr uint64_t kAll = ~uint64_t(0);
  std::vector<ir::ArgTest> others;
  if (test.op == Op::Eq && test.mask != kAll && llvm::popcount(test.mask) <= 4) {
    // Every other value of the masked bits, counting through the subsets.
    uint64_t bits = 0;
    do {
      if (bits != test.operand)
        others.push_back({test.index, Op::Eq, test.mask, bits});
      bits = (bits - test.mask) & test.mask;
    } while (bits != 0);
    return others;
  }
  if (test.mask != kAll)
    return {};
  static constexpr std::pair<Op, Op> kOpposite[] = {
      {Op::Eq, Op::Ne}, {Op::Ne, Op::Eq}, {Op::Lt, Op::Ge},
      {Op::Ge, Op::Lt}, {Op::Le, Op::Gt}, {Op::Gt, Op::Le}};
  for (auto [op, opposite] : kOpposite)
    if (op == test.op)
      others.push_back({test.index, opposite, kAll, test.operand});
  return others;
}

/// True if the runtime can be told the test.
static bool isSayable(const ir::ArgTest &test) {
  return test.mask == ~uint64_t(0) || test.op == ir::ArgTest::Op::Eq;
}

static bool testsIndex(const Entry &entry, uint8_t index) {
  return llvm::any_of(entry, [&](const auto &test) { return test.index == index; });
}

/// `entry` and not `refused`, as alternatives.
static void appendWithout(const Entry &entry, const ir::Conjunction &refused,
                          std::vector<Entry> &result) {
  for (const ir::ArgTest &test : refused)
    for (const ir::ArgTest &other : negated(test)) {
      if (testsIndex(entry, other.index))
        continue;
      result.push_back(entry);
      result.back().push_back(other);
    }
}

static bool holds(const ir::ArgTest &test, uint64_t value) {
  uint64_t seen = value & test.mask;
  switch (test.op) {
  case ir::ArgTest::Op::Eq:
    return seen == test.operand;
  case ir::ArgTest::Op::Ne:
    return seen != test.operand;
  case ir::ArgTest::Op::Lt:
    return seen < test.operand;
  case ir::ArgTest::Op::Le:
    return seen <= test.operand;
  case ir::ArgTest::Op::Gt:
    return seen > test.operand;
  case ir::ArgTest::Op::Ge:
    return seen >= test.operand;
  }
  return false;
}

/// Requests that programs live on: terminals' sizes and modes, what is there to
/// read, non-blocking and close-on-exec (include/uapi/asm-generic/ioctls.h).
static constexpr uint64_t kRequests[] = {
    0x5401 /* TCGETS */,    0x5402 /* TCSETS */,     0x5403 /* TCSETSW */,
    0x5404 /* TCSETSF */,   0x540f /* TIOCGPGRP */,  0x5410 /* TIOCSPGRP */,
    0x5413 /* TIOCGWINSZ */, 0x5414 /* TIOCSWINSZ */, 0x541b /* FIONREAD */,
    0x5421 /* FIONBIO */,   0x5429 /* TIOCGSID */,   0x5450 /* FIONCLEX */,
    0x5451 /* FIOCLEX */};

/// Instead of all requests but some, which no entry can say: these.
static std::vector<Entry> requestEntries(const ir::SyscallDecision &decision) {
  std::vector<Entry> entries;
  for (uint64_t request : kRequests) {
    bool isRefused = llvm::any_of(decision.denyIf, [&](const ir::Conjunction &refused) {
      return llvm::all_of(refused, [&](const ir::ArgTest &test) {
        return test.index != 1 || holds(test, request);
      });
    });
    if (!isRefused)
      entries.push_back({{1, ir::ArgTest::Op::Eq, ~uint64_t(0), request}});
  }
  return entries;
}

/// The entries under which a call is allowed: none of them allows what the
/// decision refuses. `isExact`: they allow all else.
static std::vector<Entry> entriesOf(const ir::SyscallDecision &decision,
                                    bool &isExact) {
  std::vector<Entry> entries = decision.allowIf;
  if (entries.empty())
    entries.push_back({});
  size_t wanted = entries.size();
  llvm::erase_if(entries, [](const Entry &entry) {
    bool isTwice = false;
    for (const ir::ArgTest &test : entry)
      isTwice |= llvm::count_if(entry, [&](const auto &other) {
                   return other.index == test.index;
                 }) > 1;
    return isTwice || !llvm::all_of(entry, isSayable);
  });
  isExact = entries.size() == wanted;
  for (const ir::Conjunction &refused : decision.denyIf) {
    std::vector<Entry> fewer;
    for (const Entry &entry : entries)
      appendWithout(entry, refused, fewer);
    // One entry for each other value of each test, or something is lost.
    isExact &= llvm::all_of(refused, [&](const ir::ArgTest &test) {
      return !negated(test).empty() && llvm::none_of(entries, [&](const Entry &entry) {
        return testsIndex(entry, test.index);
      });
    });
    entries = std::move(fewer);
  }
  if (entries.empty() && decision.name == "ioctl" && decision.allowIf.empty())
    entries = requestEntries(decision);
  return entries;
}

static llvm::StringRef operatorOf(const ir::ArgTest &test) {
  if (test.mask != ~uint64_t(0))
    return "SCMP_CMP_MASKED_EQ";
  switch (test.op) {
  case ir::ArgTest::Op::Eq:
    return "SCMP_CMP_EQ";
  case ir::ArgTest::Op::Ne:
    return "SCMP_CMP_NE";
  case ir::ArgTest::Op::Lt:
    return "SCMP_CMP_LT";
  case ir::ArgTest::Op::Le:
    return "SCMP_CMP_LE";
  case ir::ArgTest::Op::Gt:
    return "SCMP_CMP_GT";
  case ir::ArgTest::Op::Ge:
    return "SCMP_CMP_GE";
  }
  return "";
}

static void writeTest(llvm::json::OStream &json, const ir::ArgTest &test) {
  bool isMasked = test.mask != ~uint64_t(0);
  json.object([&] {
    json.attribute("index", test.index);
    // With a mask, the first value is the mask.
    json.attribute("value", isMasked ? test.mask : test.operand);
    if (isMasked)
      json.attribute("valueTwo", test.operand);
    json.attribute("op", operatorOf(test));
  });
}

static void writeEntry(llvm::json::OStream &json,
                       llvm::ArrayRef<std::string> names, const Entry &entry) {
  json.object([&] {
    json.attributeArray("names", [&] {
      for (const std::string &name : names)
        json.value(name);
    });
    json.attribute("action", "SCMP_ACT_ALLOW");
    if (!entry.empty())
      json.attributeArray("args", [&] {
        for (const ir::ArgTest &test : entry)
          writeTest(json, test);
      });
  });
}

/// Calls that fail with another error than EPERM, so that programs fall back.
static void writeErrors(llvm::json::OStream &json, const ir::Plan &plan) {
  std::map<uint16_t, std::vector<std::string>> byError;
  for (const ir::SyscallDecision &decision : plan.syscalls)
    if (!decision.isAllowed && decision.error != 1)
      byError[decision.error].push_back(decision.name);
  for (const auto &[error, names] : byError)
    json.object([&, &names = names, error = error] {
      json.attributeArray("names", [&] {
        for (const std::string &name : names)
          json.value(name);
      });
      json.attribute("action", "SCMP_ACT_ERRNO");
      json.attribute("errnoRet", error);
    });
}

static void writeSyscalls(llvm::json::OStream &json, EngineRules &rules,
                          const ir::Plan &plan) {
  std::vector<std::string> free;
  for (const ir::SyscallDecision &decision : plan.syscalls)
    if (decision.isAllowed && decision.allowIf.empty() && decision.denyIf.empty())
      free.push_back(decision.name);
  writeEntry(json, free, {});
  for (const ir::SyscallDecision &decision : plan.syscalls) {
    if (!decision.isAllowed || (decision.allowIf.empty() && decision.denyIf.empty()))
      continue;
    bool isExact = true;
    for (const Entry &entry : entriesOf(decision, isExact))
      writeEntry(json, decision.name, entry);
    if (!isExact)
      rules.narrow(rules.policy.range, "syscall `" + decision.name + "`",
                   "a profile cannot make all of its tests, so less of it is allowed");
  }
  writeErrors(json, plan);
}

std::string ociProfile(EngineRules &rules, const ir::Plan &plan) {
  std::string text;
  llvm::raw_string_ostream out(text);
  llvm::json::OStream json(out, 2);
  json.object([&] {
    json.attribute("defaultAction", "SCMP_ACT_ERRNO");
    json.attribute("defaultErrnoRet", 1);
    json.attributeArray("architectures", [&] {
      json.value("SCMP_ARCH_X86_64");
      json.value("SCMP_ARCH_AARCH64");
    });
    json.attributeArray("syscalls", [&] { writeSyscalls(json, rules, plan); });
  });
  return text + "\n";
}

} // namespace srt::backend
