// tools/srt-dump/Assemble.cpp: takes line numbers and comments off, reads the
// rest. SPDX-License-Identifier: Apache-2.0
#include "tools/srt-dump/Assemble.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

namespace srt::dump {

/// The instruction alone: without `12:` before and `; ...` behind it.
static llvm::StringRef instructionIn(llvm::StringRef line) {
  line = line.split(';').first.trim(" \t");
  llvm::StringRef rest = line.drop_while(llvm::isDigit);
  bool isNumbered = rest.size() < line.size() && rest.consume_front(":");
  return isNumbered ? rest.ltrim(" \t") : line;
}

std::optional<std::vector<kernel::BpfInsn>> assemble(llvm::StringRef listing,
                                                     size_t &line) {
  std::vector<kernel::BpfInsn> program;
  line = 0;
  while (!listing.empty()) {
    auto [first, rest] = listing.split('\n');
    llvm::StringRef text = instructionIn(first);
    listing = rest;
    ++line;
    if (text.empty())
      continue;
    auto insn = kernel::readBpf(text);
    if (!insn)
      return std::nullopt;
    program.push_back(*insn);
  }
  return program;
}

std::string wordText(kernel::BpfInsn insn) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format(
      "%04x %02x %02x %08x", insn.code, insn.jt, insn.jf, insn.k);
  return text;
}

} // namespace srt::dump
