// lib/Kernel/BpfText.cpp: mnemonics and operands of classic BPF.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Kernel/BpfText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"

#include <limits>

namespace srt::kernel {

namespace {
/// What stands behind a mnemonic, and so which fields it can show.
enum class Operand : uint8_t {
  None,     // all of jt, jf and k are 0
  Absolute, // [k]
  Memory,   // M[k]
  Number,   // #k
  Skip,     // k in decimal
  TestK,    // #k, jt, jf
  TestX,    // x, jt, jf
  IndexX,   // x
  Accu,     // a
  Length,   // len
};

struct Mnemonic {
  uint16_t code;
  llvm::StringLiteral name;
  Operand operand;
};
} // namespace

// The codes that kernel/seccomp.c:seccomp_check_filter lets through (v6.12).
// No two rows have both name and operand in common, so that reading is
// unambiguous.
static constexpr Mnemonic kMnemonics[] = {
    {0x20, "ld", Operand::Absolute}, {0x00, "ld", Operand::Number},
    {0x60, "ld", Operand::Memory},   {0x80, "ld", Operand::Length},
    {0x01, "ldx", Operand::Number},  {0x61, "ldx", Operand::Memory},
    {0x81, "ldx", Operand::Length},  {0x02, "st", Operand::Memory},
    {0x03, "stx", Operand::Memory},  {0x04, "add", Operand::Number},
    {0x0c, "add", Operand::IndexX},  {0x14, "sub", Operand::Number},
    {0x1c, "sub", Operand::IndexX},  {0x24, "mul", Operand::Number},
    {0x2c, "mul", Operand::IndexX},  {0x34, "div", Operand::Number},
    {0x3c, "div", Operand::IndexX},  {0x44, "or", Operand::Number},
    {0x4c, "or", Operand::IndexX},   {0x54, "and", Operand::Number},
    {0x5c, "and", Operand::IndexX},  {0x64, "lsh", Operand::Number},
    {0x6c, "lsh", Operand::IndexX},  {0x74, "rsh", Operand::Number},
    {0x7c, "rsh", Operand::IndexX},  {0x84, "neg", Operand::None},
    {0xa4, "xor", Operand::Number},  {0xac, "xor", Operand::IndexX},
    {0x05, "jmp", Operand::Skip},    {0x15, "jeq", Operand::TestK},
    {0x1d, "jeq", Operand::TestX},   {0x25, "jgt", Operand::TestK},
    {0x2d, "jgt", Operand::TestX},   {0x35, "jge", Operand::TestK},
    {0x3d, "jge", Operand::TestX},   {0x45, "jset", Operand::TestK},
    {0x4d, "jset", Operand::TestX},  {0x06, "ret", Operand::Number},
    {0x16, "ret", Operand::Accu},    {0x07, "tax", Operand::None},
    {0x87, "txa", Operand::None},
};

static std::string hex(uint64_t value) {
  return "0x" + llvm::utohexstr(value, /*LowerCase=*/true);
}

static std::string skips(BpfInsn insn) {
  return ", " + std::to_string(insn.jt) + ", " + std::to_string(insn.jf);
}

/// The operand with a space before it; empty for None.
static std::string operandText(Operand operand, BpfInsn insn) {
  switch (operand) {
  case Operand::None:
    return "";
  case Operand::Absolute:
    return " [" + std::to_string(insn.k) + "]";
  case Operand::Memory:
    return " M[" + std::to_string(insn.k) + "]";
  case Operand::Number:
    return " #" + hex(insn.k);
  case Operand::Skip:
    return " " + std::to_string(insn.k);
  case Operand::TestK:
    return " #" + hex(insn.k) + skips(insn);
  case Operand::TestX:
    return " x" + skips(insn);
  case Operand::IndexX:
    return " x";
  case Operand::Accu:
    return " a";
  case Operand::Length:
    return " len";
  }
  llvm_unreachable("unknown operand");
}

/// True if the operand shows every field that is not 0.
static bool showsAll(Operand operand, BpfInsn insn) {
  bool hasSkips = insn.jt != 0 || insn.jf != 0;
  switch (operand) {
  case Operand::None:
  case Operand::IndexX:
  case Operand::Accu:
  case Operand::Length:
    return !hasSkips && insn.k == 0;
  case Operand::Absolute:
  case Operand::Memory:
  case Operand::Number:
  case Operand::Skip:
    return !hasSkips;
  case Operand::TestK:
    return true;
  case Operand::TestX:
    return insn.k == 0;
  }
  llvm_unreachable("unknown operand");
}

static std::string wordText(BpfInsn insn) {
  return ".word " + hex(insn.code) + skips(insn) + ", " + hex(insn.k);
}

std::string bpfText(BpfInsn insn) {
  for (const Mnemonic &row : kMnemonics)
    if (row.code == insn.code && showsAll(row.operand, insn))
      return row.name.str() + operandText(row.operand, insn);
  return wordText(insn);
}

/// Reads a number up to `most` behind `prefix`, taking both off `text`.
template <typename T>
static bool take(llvm::StringRef &text, llvm::StringRef prefix, T &value) {
  uint64_t number = 0;
  if (!text.consume_front(prefix) || text.empty() ||
      !llvm::isDigit(text.front()) || text.consumeInteger(0, number) ||
      number > std::numeric_limits<T>::max())
    return false;
  value = T(number);
  return true;
}

static bool takeSkips(llvm::StringRef &text, BpfInsn &insn) {
  return take(text, ", ", insn.jt) && take(text, ", ", insn.jf);
}

/// Takes an operand off `text`. Lenient: readBpf() compares spellings.
static bool takeOperand(Operand operand, llvm::StringRef &text, BpfInsn &insn) {
  switch (operand) {
  case Operand::None:
    return true;
  case Operand::Absolute:
    return take(text, " [", insn.k) && text.consume_front("]");
  case Operand::Memory:
    return take(text, " M[", insn.k) && text.consume_front("]");
  case Operand::Number:
    return take(text, " #", insn.k);
  case Operand::Skip:
    return take(text, " ", insn.k);
  case Operand::TestK:
    return take(text, " #", insn.k) && takeSkips(text, insn);
  case Operand::TestX:
    return text.consume_front(" x") && takeSkips(text, insn);
  case Operand::IndexX:
    return text.consume_front(" x");
  case Operand::Accu:
    return text.consume_front(" a");
  case Operand::Length:
    return text.consume_front(" len");
  }
  llvm_unreachable("unknown operand");
}

static std::optional<BpfInsn> readWord(llvm::StringRef text) {
  BpfInsn insn;
  bool isRead = take(text, ".word ", insn.code) && takeSkips(text, insn) &&
                take(text, ", ", insn.k);
  return isRead ? std::optional(insn) : std::nullopt;
}

static std::optional<BpfInsn> readAs(const Mnemonic &row,
                                     llvm::StringRef text) {
  BpfInsn insn;
  insn.code = row.code;
  bool isRead = text.consume_front(row.name) &&
                takeOperand(row.operand, text, insn) && text.empty();
  return isRead ? std::optional(insn) : std::nullopt;
}

std::optional<BpfInsn> readBpf(llvm::StringRef text) {
  std::optional<BpfInsn> insn = readWord(text);
  for (const Mnemonic &row : kMnemonics)
    if (!insn)
      insn = readAs(row, text);
  // One instruction, one text: `ld [0x4]` and a needless `.word` are refused.
  return insn && bpfText(*insn) == text ? insn : std::nullopt;
}

} // namespace srt::kernel
