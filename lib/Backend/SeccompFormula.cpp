// lib/Backend/SeccompFormula.cpp: answers about words, and what they leave.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Backend/SeccompFormula.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"

#include <map>
#include <set>

namespace srt::backend {

using Op = ir::ArgTest::Op;

namespace {
enum class Answer : uint8_t { Open, Holds, Fails };
} // namespace

static bool holdsAlways(const std::vector<Term> &terms) {
  return llvm::any_of(terms, [](const Term &term) { return term.empty(); });
}

bool Formula::isDenied() const { return allow.empty() || holdsAlways(deny); }

bool Formula::isNotified() const {
  return deny.empty() && holdsAlways(allow) && holdsAlways(notify);
}

bool Formula::isAllowed() const {
  return deny.empty() && holdsAlways(allow) && notify.empty();
}

size_t Formula::openHalves() const {
  size_t count = 0;
  for (const auto *terms : {&deny, &allow, &notify})
    for (const Term &term : *terms)
      for (const Literal &literal : term)
        count += literal.variable.isLow ? 1 : 2;
  return count;
}

/// What the last half, or a differing first one, says.
static bool holds(Op op, uint32_t value, uint32_t constant) {
  switch (op) {
  case Op::Eq:
    return value == constant;
  case Op::Ne:
    return value != constant;
  case Op::Lt:
    return value < constant;
  case Op::Le:
    return value <= constant;
  case Op::Gt:
    return value > constant;
  case Op::Ge:
    return value >= constant;
  }
  llvm_unreachable("unknown operator");
}

/// Answers the half that is asked about, and goes on to the low one if the
/// high halves are equal: only then it matters, to any operator.
static Answer step(Literal &literal, uint32_t value) {
  uint32_t constant = literal.constant();
  if (!literal.variable.isLow && value == constant) {
    literal.variable.isLow = true;
    literal.variable.mask = uint32_t(literal.mask);
    return Answer::Open;
  }
  return holds(literal.op, value, constant) ? Answer::Holds : Answer::Fails;
}

/// A half of which the mask leaves nothing is 0.
static Answer skipIdle(Literal &literal, Answer answer) {
  while (answer == Answer::Open && literal.variable.mask == 0)
    answer = step(literal, 0);
  return answer;
}

/// Appends what is left of a term, unless it fails.
template <typename AnswerOf>
static void append(std::vector<Term> &terms, const Term &term,
                   AnswerOf answerOf) {
  Term left;
  for (Literal literal : term) {
    Answer answer = skipIdle(literal, answerOf(literal));
    if (answer == Answer::Fails)
      return;
    if (answer == Answer::Open)
      left.push_back(literal);
  }
  llvm::sort(left);
  left.erase(std::unique(left.begin(), left.end()), left.end());
  terms.push_back(std::move(left));
}

/// Brings the terms into the one form that equal decisions have.
static Formula inOrder(Formula formula) {
  if (formula.isDenied())
    return {};
  for (auto *terms : {&formula.allow, &formula.notify})
    if (holdsAlways(*terms))
      *terms = {{}};
  for (auto *terms : {&formula.deny, &formula.allow, &formula.notify}) {
    llvm::sort(*terms);
    terms->erase(std::unique(terms->begin(), terms->end()), terms->end());
  }
  return formula;
}

namespace {
/// Whether equality is one question about each half, in any order, or about the
/// high half first, as orders are.
enum class Equality : uint8_t { Halves, HighFirst };
} // namespace

/// Low halves tell values apart, so that asking about them first is shorter. But
/// of hundreds of values, the proof takes them only as ranges of a whole.
static Equality equalityFor(const ir::SyscallDecision &decision) {
  constexpr size_t kFew = 48;
  size_t tests = 0;
  for (const auto *any :
       {&decision.denyIf, &decision.allowIf, &decision.notifyIf})
    for (const ir::Conjunction &all : *any)
      tests += all.size();
  return tests <= kFew ? Equality::Halves : Equality::HighFirst;
}

static Term termOf(const ir::Conjunction &tests, uint64_t argBits,
                   Equality equality) {
  constexpr uint64_t kLow = 0xffffffff;
  Term term;
  for (const ir::ArgTest &test : tests) {
    uint64_t mask = test.mask & argBits;
    Variable high{test.index, false, uint32_t(mask >> 32)};
    if (test.op != Op::Eq || equality == Equality::HighFirst) {
      term.push_back({test.op, high, mask, test.operand});
      continue;
    }
    Variable low{test.index, true, uint32_t(mask)};
    term.push_back({test.op, high, mask & ~kLow, test.operand & ~kLow});
    term.push_back({test.op, low, mask & kLow, test.operand & kLow});
  }
  return term;
}

Formula formulaOf(const ir::SyscallDecision &decision, uint64_t argBits) {
  auto unasked = [](Literal &) { return Answer::Open; };
  Equality equality = equalityFor(decision);
  Formula formula;
  for (const ir::Conjunction &tests : decision.denyIf)
    append(formula.deny, termOf(tests, argBits, equality), unasked);
  for (const ir::Conjunction &tests : decision.allowIf)
    append(formula.allow, termOf(tests, argBits, equality), unasked);
  for (const ir::Conjunction &tests : decision.notifyIf)
    append(formula.notify, termOf(tests, argBits, equality), unasked);
  if (decision.isAllowed && decision.allowIf.empty())
    formula.allow.emplace_back();
  if (!decision.isAllowed)
    formula.allow.clear();
  return inOrder(std::move(formula));
}

Formula answered(const Formula &formula, Variable variable, uint32_t value,
                 bool isWhole) {
  auto answerOf = [&](Literal &literal) {
    Variable asked = literal.variable;
    bool isSameHalf =
        asked.index == variable.index && asked.isLow == variable.isLow;
    if (isWhole && isSameHalf)
      return step(literal, value & asked.mask);
    return asked == variable ? step(literal, value) : Answer::Open;
  };
  Formula left;
  for (const Term &term : formula.deny)
    append(left.deny, term, answerOf);
  for (const Term &term : formula.allow)
    append(left.allow, term, answerOf);
  for (const Term &term : formula.notify)
    append(left.notify, term, answerOf);
  return inOrder(std::move(left));
}

/// The least number of literals that a term has.
static size_t shortest(const Formula &formula) {
  size_t least = ~size_t(0);
  for (const auto *terms : {&formula.deny, &formula.allow, &formula.notify})
    for (const Term &term : *terms)
      if (!term.empty())
        least = std::min(least, term.size());
  return least;
}

Variable nextVariable(const Formula &formula, Order order) {
  constexpr uint32_t kAllBits = ~uint32_t(0);
  // How many terms ask. Low halves come first among equals: they tell values
  // apart, where high ones are mostly 0.
  std::map<std::pair<uint8_t, bool>, size_t> halves;
  std::map<Variable, size_t> variables;
  size_t least = shortest(formula);
  for (const auto *terms : {&formula.deny, &formula.allow, &formula.notify})
    for (const Term &term : *terms)
      for (const Literal &literal : term) {
        bool counts = order == Order::MostAsked || term.size() == least;
        halves[{literal.variable.index, literal.variable.isLow}] += counts;
        variables[literal.variable] += counts;
      }
  auto mostAsked = [](const auto &a, const auto &b) {
    return a.second < b.second;
  };
  // max_element takes the first of equals, so lower arguments come first.
  auto [index, isLow] =
      std::max_element(halves.begin(), halves.end(),
                       [](const auto &a, const auto &b) {
                         return std::pair(a.second, a.first.second) <
                                std::pair(b.second, b.first.second);
                       })
          ->first;
  Variable whole{index, isLow, kAllBits};
  if (variables.count(whole))
    return whole;
  auto first = variables.lower_bound({index, isLow, 0});
  auto last = variables.upper_bound(whole);
  return std::max_element(first, last, mostAsked)->first;
}

std::vector<uint32_t> cutsOf(const Formula &formula, Variable variable) {
  std::set<uint32_t> cuts{0};
  auto add = [&](const Literal &literal) {
    if (literal.variable != variable)
      return;
    uint32_t constant = literal.constant();
    cuts.insert(constant);
    if (constant < ~uint32_t(0))
      cuts.insert(constant + 1);
  };
  for (const auto *terms : {&formula.deny, &formula.allow, &formula.notify})
    for (const Term &term : *terms)
      llvm::for_each(term, add);
  cuts.erase(cuts.upper_bound(variable.mask), cuts.end());
  return {cuts.begin(), cuts.end()};
}

} // namespace srt::backend
