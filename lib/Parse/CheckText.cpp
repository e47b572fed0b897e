// lib/Parse/CheckText.cpp: is this UTF-8 text of a sane size at all?
// SPDX-License-Identifier: Apache-2.0
#include "lib/Parse/SrtReader.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ConvertUTF.h"

namespace srt {

/// The length of the UTF-8 sequence at the start of `text`, 0 if it is none.
static size_t sequenceAt(llvm::StringRef text) {
  auto *bytes = reinterpret_cast<const llvm::UTF8 *>(text.data());
  size_t length = llvm::getNumBytesForUTF8(*bytes);
  if (length > text.size() || !llvm::isLegalUTF8Sequence(bytes, bytes + length))
    return 0;
  return length;
}

/// The length of what must not stand at the start of `text`, or 0. A carriage
/// return alone ends a line for some programs and not for others, and marks
/// that turn the direction of writing show a text that is not the one read:
/// with both, a statement can hide in a comment.
static size_t hiddenAt(llvm::StringRef text) {
  unsigned char c = text.front();
  if (c == '\r')
    return text.starts_with("\r\n") ? 0 : 1;
  if (c < 0x20 || c == 0x7f)
    return c != '\t' && c != '\n';
  // U+2028..U+202E and U+2066..U+2069 (Unicode 15, section 23.2).
  bool isTurning = text.size() >= 3 && text.starts_with("\xe2\x80") &&
                   uint8_t(text[2]) >= 0xa8 && uint8_t(text[2]) <= 0xae;
  bool isIsolating = text.size() >= 3 && text.starts_with("\xe2\x81") &&
                     uint8_t(text[2]) >= 0xa6 && uint8_t(text[2]) <= 0xa9;
  // C1 controls: U+0080..U+009F, among them another line end and CSI.
  bool isControl = c == 0xc2 && text.size() >= 2 && uint8_t(text[1]) < 0xa0;
  return isTurning || isIsolating ? 3 : isControl ? 2 : 0;
}

static std::string hex(llvm::StringRef bytes) {
  return "0x" + llvm::toHex(bytes, /*LowerCase=*/true);
}

bool checkText(const Sources &sources, FileId file, DiagnosticEngine &diags) {
  llvm::StringRef text = sources.text(file);
  if (text.size() > kMaxFileSize) {
    diags.report(sources.range(file, 0, 0), diag::FileTooLarge, text.size(),
                 kMaxFileSize);
    return false;
  }
  bool isFine = true;
  for (size_t at = 0; at < text.size();) {
    unsigned char c = text[at];
    size_t length = c < 0x80 ? 1 : sequenceAt(text.drop_front(at));
    size_t hidden = length == 0 ? 0 : hiddenAt(text.drop_front(at));
    if (length == 0)
      diags.report(sources.range(file, at, at + 1), diag::NotUtf8,
                   hex(text.substr(at, 1)));
    else if (hidden > 0)
      diags.report(sources.range(file, at, at + hidden), diag::ControlByte,
                   hex(text.substr(at, hidden)));
    isFine &= length != 0 && hidden == 0;
    at += std::max<size_t>(length, 1);
  }
  return isFine;
}

} // namespace srt
