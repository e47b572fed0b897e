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

static Term termOf(const ir::Conjunction &tests) {
  Term term;
  for (const ir::ArgTest &test : tests)
    term.push_back({test.op,
                    {test.index, false, uint32_t(test.mask >> 32)},
                    test.mask,
                    test.operand});
  return term;
}

Formula formulaOf(const ir::SyscallDecision &decision) {
  auto unasked = [](Literal &) { return Answer::Open; };
  Formula formula;
  for (const ir::Conjunction &tests : decision.denyIf)
    append(formula.deny, termOf(tests), unasked);
  for (const ir::Conjunction &tests : decision.allowIf)
    append(formula.allow, termOf(tests), unasked);
  for (const ir::Conjunction &tests : decision.notifyIf)
    append(formula.notify, termOf(tests), unasked);
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

Variable nextVariable(const Formula &formula) {
  constexpr uint32_t kAllBits = ~uint32_t(0);
  std::map<std::pair<uint8_t, bool>, size_t> halves; // how many terms ask
  std::map<Variable, size_t> variables;
  for (const auto *terms : {&formula.deny, &formula.allow, &formula.notify})
    for (const Term &term : *terms)
      for (const Literal &literal : term) {
        ++halves[{literal.variable.index, literal.variable.isLow}];
        ++variables[literal.variable];
      }
  auto mostAsked = [](const auto &a, const auto &b) {
    return a.second < b.second;
  };
  // max_element takes the first of equals, so lower arguments come first.
  auto [index, isLow] =
      std::max_element(halves.begin(), halves.end(), mostAsked)->first;
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
