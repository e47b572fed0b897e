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

static bool isControl(unsigned char c) {
  return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f;
}

static std::string hex(unsigned char c) {
  return "0x" + llvm::utohexstr(c, /*LowerCase=*/true, /*Width=*/2);
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
    if (length == 0)
      diags.report(sources.range(file, at, at + 1), diag::NotUtf8, hex(c));
    else if (isControl(c))
      diags.report(sources.range(file, at, at + 1), diag::ControlByte, hex(c));
    isFine &= length != 0 && !isControl(c);
    at += std::max<size_t>(length, 1);
  }
  return isFine;
}

} // namespace srt
