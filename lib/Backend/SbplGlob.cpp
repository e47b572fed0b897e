// lib/Backend/SbplGlob.cpp: globs in Seatbelt's dialect of regular expressions.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Backend/SbplGlob.h"

#include "llvm/Support/ErrorHandling.h"

namespace srt::backend {

using ByteSet = std::bitset<256>;

static void appendQuoted(char c, std::string &regex) {
  // The set that Apple's own regex-quote escapes, and the closing brackets.
  if (llvm::StringRef("^.[$()|*+?{\\]}").contains(c))
    regex += '\\';
  regex += c;
}

std::string regexQuoted(llvm::StringRef text) {
  std::string regex;
  for (char c : text)
    appendQuoted(c, regex);
  return regex;
}

/// True if some byte of `set` is no printable ASCII.
static bool needsOtherBytes(const ByteSet &set) {
  for (size_t byte = 0; byte < 256; ++byte)
    if (set[byte] && (byte < 0x20 || byte >= 0x7f))
      return true;
  return false;
}

/// Splits `set` into `spans`, the inside of a bracket, and `loose`: the bytes
/// that mean something inside brackets, where escaping them is not documented.
static void describe(const ByteSet &set, std::string &spans, std::string &loose,
                     unsigned &count) {
  const llvm::StringRef special = "]^-[\\";
  for (size_t first = 0; first < 256; ++first) {
    if (!set[first])
      continue;
    if (special.contains(char(first))) {
      loose += char(first);
      continue;
    }
    size_t last = first;
    while (last < 255 && set[last + 1] && !special.contains(char(last + 1)))
      ++last;
    spans += char(first);
    if (last > first)
      (spans += '-') += char(last);
    ++count;
    first = last;
  }
}

/// A bracket's 4-bit count of ranges (AppleMatch bytecode).
static constexpr unsigned kMaxSpans = 15;

static bool appendClass(const ByteSet &accept, std::string &regex,
                        std::string &why) {
  ByteSet refused = ~accept;
  refused.reset(0); // no path and no name has a NUL
  bool isNegated = needsOtherBytes(accept);
  std::string spans, loose;
  unsigned count = 0;
  describe(isNegated ? refused : accept, spans, loose, count);
  if (needsOtherBytes(isNegated ? refused : accept) || count > kMaxSpans ||
      (isNegated && !loose.empty())) {
    why = "a regex of macOS has no certain way to write this class of bytes";
    return false;
  }
  if (isNegated) {
    regex += "[^" + spans + "]";
    return true;
  }
  // `[a-z]`, or `([a-z]|\]|\-)` when bytes that are special in brackets occur.
  std::string choice = spans.empty() ? "" : "[" + spans + "]";
  for (char c : loose) {
    if (!choice.empty())
      choice += '|';
    appendQuoted(c, choice);
  }
  if (choice.empty()) {
    why = "a class without any byte matches nothing";
    return false;
  }
  regex += loose.empty() ? choice : "(" + choice + ")";
  return true;
}

bool appendGlob(const ir::Glob &glob, GlobReach reach, std::string &regex,
                std::string &why) {
  llvm::StringRef one = reach == GlobReach::Component ? "[^/]" : ".";
  for (const ir::GlobItem &item : glob.items) {
    switch (item.kind) {
    case ir::GlobItem::Kind::Byte:
      appendQuoted(char(item.byte), regex);
      break;
    case ir::GlobItem::Kind::AnyOne:
      regex += one;
      break;
    case ir::GlobItem::Kind::AnyRun:
      (regex += one) += '*';
      break;
    case ir::GlobItem::Kind::Class:
      if (!appendClass(item.accept, regex, why))
        return false;
      break;
    }
  }
  return true;
}

/// True for `*`, which as a component is at least one byte: `/` has none.
static bool isRunAlone(const ir::Glob &name) {
  return name.items.size() == 1 &&
         name.items.front().kind == ir::GlobItem::Kind::AnyRun;
}

bool appendSegments(llvm::ArrayRef<ir::Segment> segments, std::string &regex,
                    std::string &why) {
  for (const ir::Segment &segment : segments) {
    switch (segment.kind) {
    case ir::Segment::Kind::Name:
      regex += isRunAlone(segment.name) ? "/[^/]" : "/";
      if (!appendGlob(segment.name, GlobReach::Component, regex, why))
        return false;
      break;
    case ir::Segment::Kind::AnyDepth:
      regex += "(/.*)?";
      break;
    }
  }
  return true;
}

} // namespace srt::backend
