// lib/IR/TextScan.h: scanning one canonical text, byte by byte.
// SPDX-License-Identifier: Apache-2.0
//
// IR text is printable ASCII: bytes with a meaning of their own are written
// with a backslash, all bytes outside 0x20..0x7e as \xHH (lower case). Reading
// takes exactly that spelling, so that one value has one text.
#ifndef SRT_LIB_IR_TEXTSCAN_H
#define SRT_LIB_IR_TEXTSCAN_H

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>
#include <string>

namespace srt::ir {

/// Why a text could not be read: at byte `at` of it, `expected` should stand.
struct TextError {
  size_t at = 0;
  std::string expected;
};

/// A place in a text that is being read. `text` and `error` outlive the scan.
class TextScan {
public:
  TextScan(llvm::StringRef text, TextError &error) : all(text), error(error) {}

  llvm::StringRef whole() const { return all; }
  llvm::StringRef rest() const { return all.drop_front(at); }
  bool atEnd() const { return at == all.size(); }
  /// The next byte, or NUL at the end (NUL is never part of IR text).
  char peek() const { return atEnd() ? '\0' : all[at]; }
  void skip(size_t count) { at += count; }

  /// Steps over `prefix` if it stands here.
  bool accept(llvm::StringRef prefix);

  /// Records what should stand here; to be returned by the caller.
  std::nullopt_t fail(llvm::StringRef expected);
  /// The same for byte `place` of the whole text.
  std::nullopt_t failAt(size_t place, llvm::StringRef expected);

  /// Reads one byte as appendByte() writes it.
  std::optional<uint8_t> byte(llvm::StringRef specials);

  /// Reads a decimal number up to `most`, without leading zeros.
  std::optional<uint64_t> decimal(uint64_t most);

  /// Reads `0x` and lower-case digits, without leading zeros.
  std::optional<uint64_t> hex();

  size_t place() const { return at; }

private:
  std::optional<uint8_t> escapedByte(llvm::StringRef specials);

  llvm::StringRef all;
  size_t at = 0;
  TextError &error;
};

/// Appends one byte; those in `specials` get a backslash.
void appendByte(std::string &out, uint8_t byte, llvm::StringRef specials);

/// `text` between quotes, with `"` and `\` escaped: names, values, file names.
std::string quoted(llvm::StringRef text);

/// Reads back what stands between the quotes of quoted().
std::optional<std::string> readQuoted(llvm::StringRef inside, TextError &error);

/// True for names of policies and params: a letter or `_`, then letters,
/// digits, `_`, `-` and `.`.
bool isIdentifier(llvm::StringRef text);

/// Where `text` first differs from `canonical`, the only spelling of its value.
/// Returns false if it does.
bool isCanonical(TextScan &scan, llvm::StringRef canonical);

} // namespace srt::ir

#endif
