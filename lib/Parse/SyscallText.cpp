// lib/Parse/SyscallText.cpp: `all`, `@group` and "socket(domain == AF_INET)".
// SPDX-License-Identifier: Apache-2.0
#include "lib/Parse/Texts.h"

#include "lib/Kernel/Syscalls.h"
#include "lib/Support/Suggest.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

namespace srt {

namespace {
/// Reads NAME or NAME(TEST, TEST, ...).
class SyscallReader {
public:
  SyscallReader(const syntax::Literal &literal, Scope &scope)
      : literal(literal), scope(scope) {}

  std::optional<ir::SyscallPattern> read();

private:
  bool fail(llvm::StringRef why) {
    scope.diags.report(literal.range, diag::SyscallSyntax, shown(literal.text),
                       why);
    return false;
  }
  bool checkName(llvm::StringRef name);
  bool readTest(llvm::StringRef text, ir::ArgTest &test);
  bool readLeft(llvm::StringRef text, ir::ArgTest &test);
  bool readValue(llvm::StringRef text, uint64_t &value);

  const syntax::Literal &literal;
  Scope &scope;
  llvm::StringRef name;
};
} // namespace

bool SyscallReader::checkName(llvm::StringRef spelled) {
  if (kernel::isSyscall(spelled))
    return true;
  std::vector<llvm::StringRef> names;
  for (const kernel::Syscall &syscall : kernel::allSyscalls())
    names.push_back(syscall.name);
  Diagnostic &error = scope.diags.report(literal.range, diag::UnknownSyscall,
                                         shown(spelled));
  if (std::optional<llvm::StringRef> near = nearest(spelled, names)) {
    error.hint("did you mean `" + near->str() + "`");
    if (literal.text == spelled)
      error.fix(literal.range, "\"" + near->str() + "\"");
  }
  return false;
}

/// A number, a known constant, or several joined by `|`.
bool SyscallReader::readValue(llvm::StringRef text, uint64_t &value) {
  llvm::SmallVector<llvm::StringRef, 4> parts;
  text.split(parts, '|');
  value = 0;
  for (llvm::StringRef part : parts) {
    part = part.trim();
    uint64_t number = 0;
    if (std::optional<uint64_t> known = kernel::constant(part))
      number = *known;
    else if (part.empty() || !llvm::isDigit(part[0]) ||
             part.getAsInteger(0, number))
      return fail("`" + shown(part) +
                  "` is neither a number nor a constant known here");
    value |= number;
  }
  return true;
}

/// ARG or ARG & MASK.
bool SyscallReader::readLeft(llvm::StringRef text, ir::ArgTest &test) {
  auto [arg, mask] = text.split('&');
  arg = arg.trim();
  std::optional<uint8_t> index = kernel::argIndex(name, arg);
  if (!index)
    return fail("`" + shown(arg) + "` is not an argument of `" + name.str() +
                "`; `arg0` to `arg5` always are");
  test.index = *index;
  return !text.contains('&') || readValue(mask, test.mask);
}

bool SyscallReader::readTest(llvm::StringRef text, ir::ArgTest &test) {
  size_t at = text.find_first_of("=!<>");
  if (at == llvm::StringRef::npos)
    return fail("a test is ARGUMENT == VALUE, with ==, !=, <, <=, > or >=");
  size_t size = text.substr(at + 1).starts_with("=") ? 2 : 1;
  using Op = ir::ArgTest::Op;
  std::optional<Op> op = llvm::StringSwitch<std::optional<Op>>(
                             text.substr(at, size))
                             .Case("==", Op::Eq)
                             .Case("!=", Op::Ne)
                             .Case("<", Op::Lt)
                             .Case("<=", Op::Le)
                             .Case(">", Op::Gt)
                             .Case(">=", Op::Ge)
                             .Default(std::nullopt);
  if (!op)
    return fail("`" + text.substr(at, size).str() + "` is not a comparison");
  test.op = *op;
  return readLeft(text.take_front(at), test) &&
         readValue(text.substr(at + size), test.operand);
}

std::optional<ir::SyscallPattern> SyscallReader::read() {
  llvm::StringRef text = llvm::StringRef(literal.text).trim();
  ir::SyscallPattern pattern;
  size_t open = text.find('(');
  name = text.take_front(open).trim();
  if (!checkName(name))
    return std::nullopt;
  pattern.name = name.str();
  if (open == llvm::StringRef::npos)
    return pattern;
  if (!text.ends_with(")")) {
    fail("the tests have no closing `)`");
    return std::nullopt;
  }
  llvm::SmallVector<llvm::StringRef, 4> tests;
  text.slice(open + 1, text.size() - 1).split(tests, ',');
  for (llvm::StringRef test : tests)
    if (!readTest(test, pattern.tests.emplace_back()))
      return std::nullopt;
  return pattern;
}

static std::optional<ir::SyscallPattern>
readGroup(const syntax::Literal &literal, Scope &scope) {
  if (!kernel::isGroup(literal.text)) {
    scope.diags.report(literal.range, diag::UnknownGroup, shown(literal.text))
        .hint("the groups are: " + llvm::join(kernel::allGroups(), ", "));
    return std::nullopt;
  }
  return ir::SyscallPattern{ir::SyscallPattern::Kind::Group, literal.text, {}};
}

std::optional<ir::SyscallPattern> readSyscall(const syntax::Literal &literal,
                                              Scope &scope) {
  bool isWord = literal.kind != syntax::Literal::Kind::Text;
  if (isWord && literal.text == "all")
    return ir::SyscallPattern{ir::SyscallPattern::Kind::All, {}, {}};
  if (llvm::StringRef(literal.text).starts_with("@"))
    return readGroup(literal, scope);
  return SyscallReader(literal, scope).read();
}

} // namespace srt
