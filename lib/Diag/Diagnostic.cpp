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

std::optional<KindId> kindOfCode(llvm::StringRef code) {
  for (size_t i = 0; i < std::size(kRows); ++i)
    if (kRows[i].code == code)
      return KindId(i);
  return std::nullopt;
}

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

std::string shown(llvm::StringRef text, size_t limit) {
  std::string out;
  while (!text.empty() && out.size() < limit) {
    unsigned char c = text.front();
    size_t length = c < 0x20 || c == 0x7f ? 0 : sequenceLength(text);
    if (length == 0)
      out += "\\x" + llvm::toHex(text.take_front(1), /*LowerCase=*/true);
    else
      out += text.take_front(length).str();
    text = text.drop_front(std::max<size_t>(length, 1));
  }
  return text.empty() ? out : out + "...";
}

} // namespace srt
