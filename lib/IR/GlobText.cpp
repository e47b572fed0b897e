// lib/IR/GlobText.cpp: globs as text.
// SPDX-License-Identifier: Apache-2.0
#include "lib/IR/GlobText.h"

#include "llvm/Support/ErrorHandling.h"

namespace srt::ir {

static constexpr llvm::StringLiteral kClassSpecials = "*?[]{}\\\"$ -!";

static llvm::StringRef specials(GlobPlace place) {
  switch (place) {
  case GlobPlace::Whole:
  case GlobPlace::Segment:
    return "*?[]{}\\\"$";
  case GlobPlace::Word:
  case GlobPlace::CommandSegment:
    return "*?[]{}\\\"$ ";
  }
  llvm_unreachable("unknown place");
}

llvm::StringRef stops(GlobPlace place) {
  switch (place) {
  case GlobPlace::Whole:
    return "";
  case GlobPlace::Segment:
    return "/";
  case GlobPlace::Word:
    return " ";
  case GlobPlace::CommandSegment:
    return "/ ";
  }
  llvm_unreachable("unknown place");
}

bool atStop(const TextScan &scan, GlobPlace place) {
  return scan.atEnd() || stops(place).contains(scan.peek());
}

/// The bytes that no class accepts.
static std::bitset<256> neverAccepted() {
  std::bitset<256> bytes;
  bytes.set(0);
  bytes.set('/');
  return bytes;
}

/// The members of `accept` as sorted, maximal ranges.
static std::string ranges(const std::bitset<256> &accept) {
  std::string out;
  for (unsigned first = 0; first < 256; ++first) {
    if (!accept[first])
      continue;
    unsigned last = first;
    while (last < 255 && accept[last + 1])
      ++last;
    appendByte(out, first, kClassSpecials);
    if (last > first + 1)
      out += '-';
    if (last > first)
      appendByte(out, last, kClassSpecials);
    first = last;
  }
  return out;
}

static std::string classText(const std::bitset<256> &accept) {
  std::string positive = "[" + ranges(accept) + "]";
  std::string negative = "[!" + ranges(~(accept | neverAccepted())) + "]";
  return negative.size() < positive.size() ? negative : positive;
}

std::string text(const Glob &glob, GlobPlace place) {
  std::string out;
  for (const GlobItem &item : glob.items) {
    switch (item.kind) {
    case GlobItem::Kind::Byte:
      appendByte(out, item.byte, specials(place));
      break;
    case GlobItem::Kind::AnyOne:
      out += '?';
      break;
    case GlobItem::Kind::AnyRun:
      out += '*';
      break;
    case GlobItem::Kind::Class:
      out += classText(item.accept);
      break;
    }
  }
  return out;
}

std::string literalText(llvm::StringRef bytes, GlobPlace place) {
  return text(Glob::ofLiteral(bytes), place);
}

/// Reads `a` or `a-z` into `accept`.
static bool readRange(TextScan &scan, std::bitset<256> &accept) {
  size_t start = scan.place();
  std::optional<uint8_t> first = scan.byte(kClassSpecials);
  if (!first)
    return false;
  std::optional<uint8_t> last = first;
  if (scan.accept("-"))
    last = scan.byte(kClassSpecials);
  if (!last)
    return false;
  if (*last < *first) {
    scan.failAt(start, "a range whose end is not below its start");
    return false;
  }
  for (unsigned byte = *first; byte <= *last; ++byte)
    accept.set(byte);
  return true;
}

/// Reads a class from behind its `[`.
static std::optional<GlobItem> readClass(TextScan &scan) {
  GlobItem item;
  item.kind = GlobItem::Kind::Class;
  bool negated = scan.accept("!");
  size_t start = scan.place();
  while (!scan.accept("]"))
    if (!readRange(scan, item.accept))
      return std::nullopt;
  if ((item.accept & neverAccepted()).any())
    return scan.failAt(start, "a class without `/` and NUL");
  if (negated)
    item.accept = ~(item.accept | neverAccepted());
  return item;
}

static std::optional<GlobItem> readItem(TextScan &scan, GlobPlace place) {
  GlobItem item;
  if (scan.accept("["))
    return readClass(scan);
  if (scan.accept("*")) {
    item.kind = GlobItem::Kind::AnyRun;
    return item;
  }
  if (scan.accept("?")) {
    item.kind = GlobItem::Kind::AnyOne;
    return item;
  }
  size_t start = scan.place();
  std::optional<uint8_t> byte = scan.byte(specials(place));
  if (!byte)
    return std::nullopt;
  if (*byte == 0)
    return scan.failAt(start, "a byte that is not NUL");
  item.byte = *byte;
  return item;
}

static bool endsInRun(const Glob &glob) {
  return !glob.items.empty() &&
         glob.items.back().kind == GlobItem::Kind::AnyRun;
}

std::optional<Glob> readGlob(TextScan &scan, GlobPlace place) {
  Glob glob;
  while (!atStop(scan, place)) {
    if (endsInRun(glob) && scan.peek() == '*')
      return scan.fail("no second `*` beside the first");
    std::optional<GlobItem> item = readItem(scan, place);
    if (!item)
      return std::nullopt;
    glob.items.push_back(*item);
  }
  return glob;
}

} // namespace srt::ir
