// lib/IR/TextScan.cpp: escapes and numbers of IR text.
// SPDX-License-Identifier: Apache-2.0
#include "lib/IR/TextScan.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <algorithm>

namespace srt::ir {

static constexpr llvm::StringLiteral kQuotedSpecials = "\"\\";

static bool isPlain(uint8_t byte) { return byte >= 0x20 && byte < 0x7f; }

static bool isLowerHex(char c) {
  return llvm::isDigit(c) || (c >= 'a' && c <= 'f');
}

bool TextScan::accept(llvm::StringRef prefix) {
  if (!rest().starts_with(prefix))
    return false;
  at += prefix.size();
  return true;
}

std::nullopt_t TextScan::fail(llvm::StringRef expected) {
  return failAt(at, expected);
}

std::nullopt_t TextScan::failAt(size_t place, llvm::StringRef expected) {
  error = {place, expected.str()};
  return std::nullopt;
}

std::optional<uint8_t> TextScan::escapedByte(llvm::StringRef specials) {
  llvm::StringRef after = rest().drop_front();
  if (!after.empty() && specials.contains(after.front())) {
    at += 2;
    return uint8_t(after.front());
  }
  if (after.size() < 3 || after[0] != 'x' || !isLowerHex(after[1]) ||
      !isLowerHex(after[2]))
    return fail("an escape: a backslash before a special byte, or `\\xHH`");
  uint8_t value = llvm::hexFromNibbles(after[1], after[2]);
  if (isPlain(value))
    return fail("`\\xHH` only for bytes outside 0x20..0x7e");
  at += 4;
  return value;
}

std::optional<uint8_t> TextScan::byte(llvm::StringRef specials) {
  if (peek() == '\\')
    return escapedByte(specials);
  if (atEnd() || !isPlain(uint8_t(peek())))
    return fail("a printable ASCII byte");
  if (specials.contains(peek()))
    return fail("a backslash before a special byte");
  return uint8_t(all[at++]);
}

std::optional<uint64_t> TextScan::decimal(uint64_t most) {
  llvm::StringRef digits = rest().take_while(llvm::isDigit);
  uint64_t value = 0;
  bool padded = digits.size() > 1 && digits.front() == '0';
  if (padded || digits.getAsInteger(10, value) || value > most)
    return fail("a number from 0 to " + std::to_string(most));
  at += digits.size();
  return value;
}

std::optional<uint64_t> TextScan::hex() {
  llvm::StringRef digits = rest();
  uint64_t value = 0;
  bool prefixed = digits.consume_front("0x");
  digits = digits.take_while(isLowerHex);
  bool padded = digits.size() > 1 && digits.front() == '0';
  if (!prefixed || padded || digits.getAsInteger(16, value))
    return fail("a number such as `0x1f`");
  at += 2 + digits.size();
  return value;
}

void appendByte(std::string &out, uint8_t byte, llvm::StringRef specials) {
  if (!isPlain(byte)) {
    out += "\\x";
    out += llvm::hexdigit(byte >> 4, /*LowerCase=*/true);
    out += llvm::hexdigit(byte & 15, /*LowerCase=*/true);
    return;
  }
  if (specials.contains(char(byte)))
    out += '\\';
  out += char(byte);
}

std::string quoted(llvm::StringRef text) {
  std::string out = "\"";
  for (char c : text)
    appendByte(out, uint8_t(c), kQuotedSpecials);
  return out + '"';
}

std::optional<std::string> readQuoted(llvm::StringRef inside,
                                      TextError &error) {
  TextScan scan(inside, error);
  std::string out;
  while (!scan.atEnd()) {
    std::optional<uint8_t> byte = scan.byte(kQuotedSpecials);
    if (!byte)
      return std::nullopt;
    out += char(*byte);
  }
  return out;
}

bool isIdentifier(llvm::StringRef text) {
  if (text.empty() || !(llvm::isAlpha(text.front()) || text.front() == '_'))
    return false;
  return llvm::all_of(text, [](char c) {
    return llvm::isAlnum(c) || llvm::StringRef("_-.").contains(c);
  });
}

bool isCanonical(TextScan &scan, llvm::StringRef canonical) {
  llvm::StringRef text = scan.whole();
  if (text == canonical)
    return true;
  auto [mine, theirs] = std::mismatch(text.begin(), text.end(),
                                      canonical.begin(), canonical.end());
  scan.failAt(mine - text.begin(), ("the spelling `" + canonical + "`").str());
  return false;
}

} // namespace srt::ir
