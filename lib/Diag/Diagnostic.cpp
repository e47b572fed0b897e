// lib/Diag/Diagnostic.cpp: the registry of kinds and the collecting engine.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Diag/Diagnostic.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/ErrorHandling.h"

#include <algorithm>
#include <tuple>

namespace srt {

namespace {
struct Row {
  llvm::StringLiteral code;
  Severity severity;
  llvm::StringLiteral format;
};

const Row kRows[] = {
#define SRT_DIAG(code, id, severity, format, ...)                              \
  {#code, Severity::severity, format},
#include "lib/Diag/Kinds.def"
};
} // namespace

static const Row &row(KindId kind) { return kRows[size_t(kind)]; }

llvm::StringRef code(KindId kind) { return row(kind).code; }
Severity severity(KindId kind) { return row(kind).severity; }
llvm::StringRef format(KindId kind) { return row(kind).format; }

llvm::StringRef spelling(Severity severity) {
  switch (severity) {
  case Severity::Error:
    return "error";
  case Severity::Warning:
    return "warning";
  case Severity::Remark:
    return "remark";
  }
  llvm_unreachable("unknown severity");
}

Diagnostic &Diagnostic::hint(std::string text) {
  hints.push_back(std::move(text));
  return *this;
}

Diagnostic &Diagnostic::fix(SourceRange at, std::string text) {
  fixes.push_back({at, std::move(text)});
  return *this;
}

Diagnostic &Diagnostic::note(SourceRange at, std::string text) {
  notes.push_back({at, std::move(text)});
  return *this;
}

Diagnostic &DiagnosticEngine::record(SourceRange range, KindId kind,
                                     std::string message) {
  bool isAgain = !kept.empty() && kept.back().kind == kind &&
                 kept.back().range == range && kept.back().message == message;
  Diagnostic found{kind, srt::severity(kind), range, std::move(message),
                   {},   {},                  {}};
  if (isAgain)
    return overflow = std::move(found);
  size_t &count =
      srt::severity(kind) == Severity::Error ? errorCount : otherCount;
  if (++count <= kMaxKept)
    return kept.emplace_back(std::move(found));
  ++droppedCount;
  overflow = std::move(found);
  return overflow;
}

std::vector<const Diagnostic *> DiagnosticEngine::sorted() const {
  std::vector<const Diagnostic *> all;
  for (const Diagnostic &diagnostic : kept)
    all.push_back(&diagnostic);
  // Stable: diagnostics at one place keep the order in which they were found.
  llvm::stable_sort(all, [](const Diagnostic *a, const Diagnostic *b) {
    auto key = [](const Diagnostic *d) {
      return std::tuple(d->range.file.value, d->range.line, d->range.column);
    };
    return key(a) < key(b);
  });
  return all;
}

/// The length of the UTF-8 sequence at the start of `text`, or 0 if none.
static size_t sequenceLength(llvm::StringRef text) {
  auto *bytes = reinterpret_cast<const llvm::UTF8 *>(text.data());
  size_t length = llvm::getNumBytesForUTF8(*bytes);
  if (length > text.size() || !llvm::isLegalUTF8Sequence(bytes, bytes + length))
    return 0;
  return length;
}

/// C1 controls (U+0080..9F), U+200B..200F, U+2028..202E, U+2060..206F and
/// U+FEFF: what moves, hides or turns other text (Unicode 15, section 23.2).
static bool isInvisible(llvm::StringRef sequence) {
  auto byte = [&](size_t i) { return uint8_t(sequence[i]); };
  if (sequence.size() == 2)
    return byte(0) == 0xc2 && byte(1) < 0xa0;
  if (sequence.size() != 3)
    return false;
  if (byte(0) == 0xef)
    return byte(1) == 0xbb && byte(2) == 0xbf;
  return byte(0) == 0xe2 &&
         ((byte(1) == 0x80 && byte(2) >= 0x8b && byte(2) <= 0x8f) ||
          (byte(1) == 0x80 && byte(2) >= 0xa8 && byte(2) <= 0xae) ||
          (byte(1) == 0x81 && byte(2) >= 0xa0 && byte(2) <= 0xaf));
}

size_t showableLength(llvm::StringRef text) {
  unsigned char c = text.front();
  if (c < 0x20 || c == 0x7f)
    return 0;
  size_t length = sequenceLength(text);
  return isInvisible(text.take_front(length)) ? 0 : length;
}

std::string shown(llvm::StringRef text, size_t limit) {
  std::string out;
  while (!text.empty() && out.size() < limit) {
    size_t length = showableLength(text);
    if (length == 0)
      out += "\\x" + llvm::toHex(text.take_front(1), /*LowerCase=*/true);
    else
      out += text.take_front(length).str();
    text = text.drop_front(std::max<size_t>(length, 1));
  }
  return text.empty() ? out : out + "...";
}

} // namespace srt
