// lib/IR/PlanSyscallRead.cpp: reads the syscall table of a plan.
// SPDX-License-Identifier: Apache-2.0
#include "lib/IR/PatternText.h"
#include "lib/IR/PlanErrno.h"
#include "lib/IR/PlanSyscalls.h"

namespace srt::ir {

/// Reads `[NAME, NAME]` and appends `decision` under each name.
static bool readList(TextCursor &cursor, SyscallDecision decision,
                     std::vector<SyscallDecision> &syscalls) {
  if (!cursor.expectPunct('['))
    return false;
  do {
    auto name = cursor.word("the name of a syscall");
    if (!name)
      return false;
    decision.name = name->str();
    syscalls.push_back(decision);
  } while (cursor.acceptPunct(','));
  return cursor.acceptPunct(']') || cursor.fail("`,` or `]`");
}

/// Reads `because "WHY"`, if it stands here.
static bool readWhy(TextCursor &cursor, SyscallDecision &decision) {
  if (!cursor.acceptWord("because"))
    return true;
  auto why = cursor.quotedText("the reason, quoted");
  decision.why = why.value_or("");
  return why.has_value();
}

static bool readError(TextCursor &cursor, SyscallDecision &decision) {
  std::optional<uint16_t> error = readErrno(cursor);
  decision.error = error.value_or(decision.error);
  return error.has_value();
}

/// The text from one token to another. Requires: both of one source.
static llvm::StringRef textBetween(const Token &first, const Token &last) {
  return {first.text.data(), last.end - first.begin};
}

/// Reads `(arg0 == 0x2, arg1 & 0xf == 0x1)`, or `()`.
static bool readConjunction(TextCursor &cursor, Conjunction &tests) {
  Token open = cursor.take();
  Token last = open;
  while (last.text != ")" || last.kind != Token::Kind::Punct) {
    if (cursor.peek().kind == Token::Kind::End)
      return cursor.fail("`)`");
    last = cursor.take();
  }
  llvm::StringRef written = textBetween(open, last);
  if (written == "()")
    return true;
  // The tests are read by the reader of patterns, which wants a name.
  constexpr llvm::StringLiteral kName = "x";
  TextError error;
  auto pattern = readSyscall((kName + written).str(), error);
  if (!pattern) {
    error.at -= std::min(error.at, kName.size());
    // failInside() counts from behind a quote; here is none.
    return cursor.failInside(
        {Token::Kind::Quoted, written, open.begin - 1, last.end}, error);
  }
  tests = std::move(pattern->tests);
  return true;
}

static bool atConjunction(const TextCursor &cursor) {
  return cursor.peek().kind == Token::Kind::Punct && cursor.peek().text == "(";
}

/// Reads one or more conjunctions behind `permit-if` and the like.
static bool readConditions(TextCursor &cursor,
                           std::vector<Conjunction> &conditions) {
  if (!atConjunction(cursor))
    return cursor.fail("`(` and tests of arguments");
  while (atConjunction(cursor))
    if (!readConjunction(cursor, conditions.emplace_back()))
      return false;
  return true;
}

/// Reads `permit`, `refuse`, `permit-if ...` or `refuse permit-if ...`.
static bool readAnswer(TextCursor &cursor, SyscallDecision &decision) {
  decision.isAllowed = !cursor.acceptWord("refuse");
  if (decision.isAllowed && cursor.acceptWord("permit"))
    return true;
  if (cursor.acceptWord("permit-if"))
    return readConditions(cursor, decision.allowIf);
  return !decision.isAllowed ||
         cursor.fail("`permit`, `permit-if` or `refuse`");
}

/// Reads a line of its own, behind `syscall`.
static bool readLine(TextCursor &cursor, SyscallDecision &decision) {
  auto name = cursor.word("the name of a syscall");
  if (!name)
    return false;
  decision.name = name->str();
  if (!readAnswer(cursor, decision))
    return false;
  if (cursor.acceptWord("refuse-if") &&
      !readConditions(cursor, decision.denyIf))
    return false;
  if (cursor.acceptWord("broker-if") &&
      !readConditions(cursor, decision.notifyIf))
    return false;
  return cursor.expectWord("error") && readError(cursor, decision) &&
         readWhy(cursor, decision);
}

bool readSyscalls(TextCursor &cursor, std::vector<SyscallDecision> &syscalls) {
  SyscallDecision decision;
  if (cursor.acceptWord("syscall")) {
    if (!readLine(cursor, decision))
      return false;
    syscalls.push_back(std::move(decision));
    return true;
  }
  decision.isAllowed = cursor.acceptWord("permit");
  if (!decision.isAllowed &&
      (!cursor.expectWord("refuse") || !readError(cursor, decision) ||
       !readWhy(cursor, decision)))
    return false;
  return readList(cursor, std::move(decision), syscalls);
}

} // namespace srt::ir
