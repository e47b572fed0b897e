// lib/Analysis/Universes.cpp: the universes of two policies.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Analysis/ArgValues.h"
#include "lib/Analysis/CellUniverse.h"
#include "lib/Analysis/EndpointCells.h"
#include "lib/Analysis/WordUniverse.h"

#include "lib/Kernel/Syscalls.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"

namespace srt {

/// More cells than that are not made.
static constexpr size_t kMostCells = 200'000;
/// Each cell is held against each pattern: so many times at most.
static constexpr size_t kMostMatches = 100'000'000;

static Witness witnessOf(std::string word) {
  Witness witness;
  witness.words.push_back(std::move(word));
  return witness;
}

template <typename Kind>
static const Kind &as(const ir::Pattern &pattern) {
  return std::get<Kind>(pattern.value);
}

static bool isInternet(const ir::Pattern &pattern) {
  auto *endpoint = std::get_if<ir::EndpointPattern>(&pattern.value);
  return endpoint && endpoint->transport != ir::Transport::Unix;
}

std::unique_ptr<CellUniverse> endpointCells(const ir::Policy &before,
                                           const ir::Policy &after) {
  auto universe = std::make_unique<CellUniverse>(before, after, isInternet);
  std::vector<const ir::EndpointPattern *> patterns;
  for (const ir::Pattern *pattern : universe->patterns())
    patterns.push_back(&as<ir::EndpointPattern>(*pattern));
  size_t most = kMostMatches / std::max<size_t>(1, patterns.size());
  auto events = endpointEvents(patterns, std::min(kMostCells, most));
  if (!events) {
    universe->giveUp();
    return universe;
  }
  for (const EndpointEvent &event : *events)
    universe->addCell(witnessOf(wordOf(event)), [&](const ir::Pattern &pattern) {
      return matches(as<ir::EndpointPattern>(pattern), event);
    });
  return universe;
}

std::unique_ptr<CellUniverse> subjectCells(const ir::Policy &before,
                                           const ir::Policy &after) {
  using Subject = ir::SubjectPattern;
  auto universe = std::make_unique<CellUniverse>(
      before, after, [](const ir::Pattern &pattern) {
        return std::holds_alternative<Subject>(pattern.value);
      });
  for (auto [subject, word] :
       {std::pair(Subject::Self, "self"), {Subject::Sandbox, "sandbox"},
        {Subject::All, "all"}})
    // The wider a pattern, the higher its number: self < sandbox < all.
    universe->addCell(witnessOf(word), [&, who = subject](const auto &pattern) {
      return as<Subject>(pattern) >= who;
    });
  return universe;
}

namespace {
using Args = std::array<uint64_t, 6>;

/// The calls of one syscall that tests tell apart.
class CallCells {
public:
  CallCells(llvm::StringRef name, CellUniverse &universe)
      : name(name), universe(universe) {}
  void add();

private:
  bool holds(const ir::ArgTest &test, const Args &args) const;
  bool matchesCall(const ir::SyscallPattern &pattern, const Args &args) const;
  void addCall(const Args &args);

  llvm::StringRef name;
  CellUniverse &universe;
};
} // namespace

bool CallCells::holds(const ir::ArgTest &test, const Args &args) const {
  uint64_t value = args[test.index] & test.mask;
  switch (test.op) {
  case ir::ArgTest::Op::Eq:
    return value == test.operand;
  case ir::ArgTest::Op::Ne:
    return value != test.operand;
  case ir::ArgTest::Op::Lt:
    return value < test.operand;
  case ir::ArgTest::Op::Le:
    return value <= test.operand;
  case ir::ArgTest::Op::Gt:
    return value > test.operand;
  case ir::ArgTest::Op::Ge:
    return value >= test.operand;
  }
  llvm_unreachable("unknown test");
}

bool CallCells::matchesCall(const ir::SyscallPattern &pattern,
                            const Args &args) const {
  switch (pattern.kind) {
  case ir::SyscallPattern::Kind::All:
    return true;
  case ir::SyscallPattern::Kind::Group:
    return kernel::isInGroup(name, pattern.name);
  case ir::SyscallPattern::Kind::Name:
    return pattern.name == name &&
           llvm::all_of(pattern.tests, [&](const ir::ArgTest &test) {
             return holds(test, args);
           });
  }
  llvm_unreachable("unknown syscall pattern");
}

void CallCells::addCall(const Args &args) {
  Witness witness = witnessOf(name.str());
  size_t used = args.size();
  while (used > 0 && args[used - 1] == 0)
    --used;
  for (size_t i = 0; i < used; ++i)
    witness.words.push_back("0x" + llvm::utohexstr(args[i], /*LowerCase=*/true));
  universe.addCell(std::move(witness), [&](const ir::Pattern &pattern) {
    return matchesCall(as<ir::SyscallPattern>(pattern), args);
  });
}

void CallCells::add() {
  std::array<std::vector<ir::ArgTest>, 6> tests; // by argument
  for (const ir::Pattern *pattern : universe.patterns())
    if (as<ir::SyscallPattern>(*pattern).name == name)
      for (const ir::ArgTest &test : as<ir::SyscallPattern>(*pattern).tests)
        tests[test.index].push_back(test);
  // Tests are about one argument each, so values go together freely.
  std::vector<Args> calls{Args{}};
  for (size_t i = 0; i < tests.size(); ++i) {
    auto values = valuesApart(tests[i], 4096);
    if (!values || values->size() * calls.size() > 4096)
      return universe.giveUp();
    std::vector<Args> longer;
    for (Args call : calls)
      for (uint64_t value : *values) {
        call[i] = value;
        longer.push_back(call);
      }
    calls = std::move(longer);
  }
  for (const Args &call : calls)
    addCall(call);
}

std::unique_ptr<CellUniverse> syscallCells(const ir::Policy &before,
                                           const ir::Policy &after) {
  auto universe = std::make_unique<CellUniverse>(
      before, after, [](const ir::Pattern &pattern) {
        return std::holds_alternative<ir::SyscallPattern>(pattern.value);
      });
  for (const kernel::Syscall &syscall : kernel::allSyscalls())
    CallCells(syscall.name, *universe).add();
  return universe;
}

std::vector<std::unique_ptr<Universe>> universesOf(const ir::Policy &before,
                                                   const ir::Policy &after) {
  std::vector<std::unique_ptr<Universe>> universes;
  for (Space space :
       {Space::Paths, Space::Commands, Space::Names, Space::Abstract})
    universes.push_back(std::make_unique<WordUniverse>(space, before, after));
  universes.push_back(endpointCells(before, after));
  universes.push_back(subjectCells(before, after));
  universes.push_back(syscallCells(before, after));
  return universes;
}

} // namespace srt
