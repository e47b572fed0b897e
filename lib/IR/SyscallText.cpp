// lib/IR/SyscallText.cpp: syscalls and tests on their arguments as text.
// SPDX-License-Identifier: Apache-2.0
#include "lib/IR/PatternText.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"

namespace srt::ir {

// The two-byte spellings first: the reader takes the first that fits.
static constexpr ArgTest::Op kOps[] = {ArgTest::Op::Eq, ArgTest::Op::Ne,
                                       ArgTest::Op::Le, ArgTest::Op::Ge,
                                       ArgTest::Op::Lt, ArgTest::Op::Gt};

static llvm::StringRef spelling(ArgTest::Op op) {
  switch (op) {
  case ArgTest::Op::Eq:
    return "==";
  case ArgTest::Op::Ne:
    return "!=";
  case ArgTest::Op::Lt:
    return "<";
  case ArgTest::Op::Le:
    return "<=";
  case ArgTest::Op::Gt:
    return ">";
  case ArgTest::Op::Ge:
    return ">=";
  }
  llvm_unreachable("unknown operator");
}

static std::string hexText(uint64_t value) {
  return "0x" + llvm::utohexstr(value, /*LowerCase=*/true);
}

static std::string testText(const ArgTest &test) {
  std::string out = "arg" + std::to_string(test.index);
  if (test.mask != ~uint64_t(0))
    out += " & " + hexText(test.mask);
  return out + " " + spelling(test.op).str() + " " + hexText(test.operand);
}

std::string text(const SyscallPattern &syscall) {
  if (syscall.kind == SyscallPattern::Kind::All)
    return "all";
  if (syscall.tests.empty())
    return syscall.name;
  std::string tests;
  for (const ArgTest &test : syscall.tests)
    tests += (tests.empty() ? "" : ", ") + testText(test);
  return syscall.name + "(" + tests + ")";
}

static std::optional<ArgTest::Op> readOp(TextScan &scan) {
  for (ArgTest::Op op : kOps)
    if (scan.accept(spelling(op)))
      return op;
  return scan.fail("`==`, `!=`, `<`, `<=`, `>` or `>=`");
}

/// Reads `arg0 & 0xf == 0x1` into `test`.
static bool readTest(TextScan &scan, ArgTest &test) {
  if (!scan.accept("arg")) {
    scan.fail("`arg0` to `arg5`");
    return false;
  }
  std::optional<uint64_t> index = scan.decimal(5);
  std::optional<uint64_t> mask = test.mask;
  if (index && scan.accept(" & "))
    mask = scan.hex();
  if (!index || !mask)
    return false;
  if (!scan.accept(" ")) {
    scan.fail("a space and an operator");
    return false;
  }
  std::optional<ArgTest::Op> op = readOp(scan);
  if (op && !scan.accept(" "))
    scan.fail("a space and a number");
  std::optional<uint64_t> operand = op ? scan.hex() : std::nullopt;
  test = {uint8_t(*index), op.value_or(test.op), *mask, operand.value_or(0)};
  return operand.has_value();
}

/// Reads the tests from behind `(` to `)` at the end of the text.
static bool readTests(TextScan &scan, std::vector<ArgTest> &tests) {
  do {
    if (!readTest(scan, tests.emplace_back()))
      return false;
  } while (scan.accept(", "));
  if (scan.accept(")") && scan.atEnd())
    return true;
  scan.fail("`, ` or `)` and the end of the syscall");
  return false;
}

static bool isGroupByte(char c) {
  return llvm::isDigit(c) || (c >= 'a' && c <= 'z') || c == '_' || c == '-';
}

static bool isNameByte(char c) { return c != '-' && isGroupByte(c); }

/// Reads `@default` or `openat` into `syscall`.
static bool readSyscallName(TextScan &scan, SyscallPattern &syscall) {
  bool isGroup = scan.accept("@");
  llvm::StringRef name =
      scan.rest().take_while(isGroup ? isGroupByte : isNameByte);
  if (name.empty() || llvm::isDigit(name.front())) {
    scan.fail("the name of a syscall");
    return false;
  }
  scan.skip(name.size());
  syscall.kind =
      isGroup ? SyscallPattern::Kind::Group : SyscallPattern::Kind::Name;
  syscall.name = (isGroup ? "@" : "") + name.str();
  return true;
}

std::optional<SyscallPattern> readSyscall(llvm::StringRef text,
                                          TextError &error) {
  TextScan scan(text, error);
  SyscallPattern syscall;
  if (text == "all") {
    syscall.kind = SyscallPattern::Kind::All;
    return syscall;
  }
  if (!readSyscallName(scan, syscall))
    return std::nullopt;
  if (scan.atEnd())
    return syscall;
  if (syscall.kind == SyscallPattern::Kind::Group || !scan.accept("("))
    return scan.fail("the end of the syscall, or `(` after a name");
  if (syscall.name == "all")
    return scan.fail("no tests on `all`");
  if (!readTests(scan, syscall.tests))
    return std::nullopt;
  if (!isCanonical(scan, ir::text(syscall)))
    return std::nullopt;
  return syscall;
}

} // namespace srt::ir
