// lib/Sim/SbplReader.cpp: reads the s-expressions of a Seatbelt profile.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Sim/SbplReader.h"

#include "llvm/ADT/StringExtras.h"

namespace srt::sim {

namespace {
class Reader {
public:
  Reader(llvm::StringRef text, std::string &why) : text(text), why(why) {}
  bool run();
  SexpFile file;

private:
  bool fail(llvm::StringRef reason);
  bool step();
  bool open();
  bool close();
  bool cookedString();
  bool escape(std::string &value);
  bool rawString();
  bool symbol(Sexp::Kind kind);
  void add(Sexp::Kind kind, std::string value);
  void countLines(size_t first, size_t last);
  bool isAtEnd() const { return at == text.size(); }

  llvm::StringRef text;
  std::string &why;
  size_t at = 0;
  uint32_t line = 1;
  size_t lineStart = 0;      // the first byte of the line
  uint32_t beginLine = 1;    // where the current token begins
  uint32_t beginColumn = 1;
  std::vector<uint32_t> lists; // open lists, outermost first
};
} // namespace

bool Reader::fail(llvm::StringRef reason) {
  // The byte that was read last is the one to blame.
  size_t blamed = std::max(at, lineStart + 1) - lineStart;
  why = "line " + std::to_string(line) + ", column " + std::to_string(blamed) +
        ": " + reason.str();
  return false;
}

void Reader::countLines(size_t first, size_t last) {
  for (size_t i = first; i < last; ++i)
    if (text[i] == '\n') {
      ++line;
      lineStart = i + 1;
    }
}

void Reader::add(Sexp::Kind kind, std::string value) {
  uint32_t index = uint32_t(file.nodes.size());
  (lists.empty() ? file.top : file.nodes[lists.back()].children)
      .push_back(index);
  Sexp node;
  node.kind = kind;
  node.text = std::move(value);
  node.end = index + 1;
  node.line = beginLine;
  node.column = beginColumn;
  file.nodes.push_back(std::move(node));
}

bool Reader::open() {
  if (lists.size() == kMaxSbplDepth)
    return fail("lists nest too deep");
  uint32_t index = uint32_t(file.nodes.size());
  add(Sexp::Kind::List, "");
  lists.push_back(index);
  ++at;
  return true;
}

bool Reader::close() {
  if (lists.empty())
    return fail("`)` without `(`");
  file.nodes[lists.back()].end = uint32_t(file.nodes.size());
  lists.pop_back();
  ++at;
  return true;
}

/// Reads what follows a backslash: `n t r`, two hex digits after `x`, up to
/// three octal digits; any other byte stands for itself.
bool Reader::escape(std::string &value) {
  if (isAtEnd())
    return fail("string has no closing quote");
  char c = text[at++];
  if (c == 'n' || c == 't' || c == 'r') {
    value += c == 'n' ? '\n' : c == 't' ? '\t' : '\r';
    return true;
  }
  bool isHex = c == 'x';
  if (!isHex && !(c >= '0' && c <= '7')) {
    value += c;
    return true;
  }
  size_t first = isHex ? at : at - 1;
  llvm::StringRef digits = text.substr(first, isHex ? 2 : 3);
  digits = digits.take_while([&](char digit) {
    return isHex ? llvm::isHexDigit(digit) : digit >= '0' && digit <= '7';
  });
  unsigned byte = 0;
  if (digits.getAsInteger(isHex ? 16 : 8, byte) || byte == 0 || byte > 255)
    return fail("escape in a string names no byte");
  value += char(byte);
  at = first + digits.size();
  return true;
}

bool Reader::cookedString() {
  std::string value;
  for (++at; !isAtEnd();) {
    char c = text[at++];
    if (c == '"') {
      add(Sexp::Kind::Text, std::move(value));
      return true;
    }
    if (c == '\\' && !escape(value))
      return false;
    if (c != '\\')
      value += c;
    countLines(at - 1, at);
  }
  return fail("string has no closing quote");
}

bool Reader::rawString() {
  size_t first = at + 2;
  size_t last = text.find('"', first);
  if (last == llvm::StringRef::npos)
    return fail("string has no closing quote");
  llvm::StringRef value = text.slice(first, last);
  add(Sexp::Kind::Text, value.str());
  countLines(first, last);
  at = last + 1;
  return true;
}

bool Reader::symbol(Sexp::Kind kind) {
  size_t first = at;
  at = std::min(text.find_first_of(" \t\r\n()\";'", first), text.size());
  if (at == first)
    return fail("found a character that begins nothing");
  add(kind, text.slice(first, at).str());
  return true;
}

bool Reader::step() {
  char c = text[at];
  beginLine = line;
  beginColumn = uint32_t(at - lineStart + 1);
  if (c == '(')
    return open();
  if (c == ')')
    return close();
  if (c == '"')
    return cookedString();
  if (text.substr(at).starts_with("#\""))
    return rawString();
  if (c == ';') {
    at = std::min(text.find('\n', at), text.size());
    return true;
  }
  if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
    countLines(at, at + 1);
    ++at;
    return true;
  }
  at += c == '\'';
  return symbol(c == '\'' ? Sexp::Kind::Quoted : Sexp::Kind::Symbol);
}

bool Reader::run() {
  if (text.size() > kMaxSbplText)
    return fail("profile is too large");
  for (char c : text)
    if (uint8_t(c) >= 0x80 || (uint8_t(c) < 0x20 && !llvm::isSpace(c)))
      return fail("profile has a byte that is not printable ASCII");
  while (!isAtEnd())
    if (!step())
      return false;
  return lists.empty() || fail("`(` without `)`");
}

std::optional<SexpFile> readSexps(llvm::StringRef text, std::string &why) {
  Reader reader(text, why);
  if (!reader.run())
    return std::nullopt;
  return std::move(reader.file);
}

} // namespace srt::sim
