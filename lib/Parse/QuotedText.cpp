// lib/Parse/QuotedText.cpp: resolves the escapes of the three formats.
// SPDX-License-Identifier: Apache-2.0
//
// Sources: RFC 8259, "Strings"; TOML 1.0.0, "String"; YAML 1.2.2, "5.7. Escaped
// Characters".
#include "lib/Parse/QuotedText.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/ErrorHandling.h"

namespace srt::tables {

namespace {
/// One escape: the letter, the code point, the formats that have it.
struct EscapeRow {
  char letter;
  uint16_t codePoint;
  bool inJson;
  bool inToml;
};
// YAML has them all.
constexpr EscapeRow kEscapes[] = {
    {'"', '"', true, true},      {'\\', '\\', true, true},
    {'/', '/', true, false},     {'b', 0x08, true, true},
    {'f', 0x0c, true, true},     {'n', 0x0a, true, true},
    {'r', 0x0d, true, true},     {'t', 0x09, true, true},
    {'0', 0x00, false, false},   {'a', 0x07, false, false},
    {'v', 0x0b, false, false},   {'e', 0x1b, false, false},
    {' ', ' ', false, false},    {'\t', 0x09, false, false},
    {'N', 0x85, false, false},   {'_', 0xa0, false, false},
    {'L', 0x2028, false, false}, {'P', 0x2029, false, false},
};

/// Walks over the raw bytes of one text and builds the node.
class Decoder {
public:
  Decoder(const Reading &reading, const Quoted &quoted)
      : reading(reading), quoted(quoted),
        raw(reading.text().slice(quoted.begin + quoted.lead,
                                 quoted.end - quoted.lead)) {}

  std::optional<Node> decode();

private:
  bool hasEscapes() const;
  bool takeEscape();
  bool takeNamed(char letter);
  bool takeCodePoint(size_t digits);
  std::optional<uint32_t> hexAt(size_t from, size_t digits);
  bool refuse(size_t length, llvm::StringRef what);
  void put(llvm::StringRef bytes, size_t length);
  void putCodePoint(uint32_t codePoint, size_t length);

  const Reading &reading;
  const Quoted &quoted;
  llvm::StringRef raw;
  size_t at = 0;
  Node node{Node::Kind::Text};
};
} // namespace

bool Decoder::refuse(size_t length, llvm::StringRef what) {
  size_t begin = quoted.begin + quoted.lead + at;
  size_t end = std::min(begin + length, quoted.end - quoted.lead);
  reading.syntaxError(begin, end, what);
  return false;
}

/// Adds bytes that are spelled by the next `length` bytes of the file.
void Decoder::put(llvm::StringRef bytes, size_t length) {
  node.text += bytes;
  node.places.insert(node.places.end(), bytes.size(),
                     uint32_t(at + quoted.lead));
  at += length;
}

void Decoder::putCodePoint(uint32_t codePoint, size_t length) {
  char buffer[UNI_MAX_UTF8_BYTES_PER_CODE_POINT];
  char *end = buffer;
  llvm::ConvertCodePointToUTF8(codePoint, end);
  put(llvm::StringRef(buffer, end - buffer), length);
}

std::optional<uint32_t> Decoder::hexAt(size_t from, size_t digits) {
  uint32_t value = 0;
  llvm::StringRef text = raw.substr(from, digits);
  if (text.size() < digits || !llvm::all_of(text, llvm::isHexDigit) ||
      text.getAsInteger(16, value))
    return std::nullopt;
  return value;
}

/// At `\u`, `\U` or `\x`. JSON spells code points above U+FFFF as two escapes.
bool Decoder::takeCodePoint(size_t digits) {
  std::optional<uint32_t> value = hexAt(at + 2, digits);
  if (!value)
    return refuse(2, "escape needs " + std::to_string(digits) +
                         " hexadecimal digits");
  size_t length = 2 + digits;
  bool isHigh = *value >= 0xd800 && *value < 0xdc00;
  if (isHigh && quoted.quoting == Quoting::Json &&
      raw.substr(at + length).starts_with("\\u")) {
    std::optional<uint32_t> low = hexAt(at + length + 2, 4);
    if (low && *low >= 0xdc00 && *low < 0xe000) {
      value = 0x10000 + ((*value - 0xd800) << 10) + (*low - 0xdc00);
      length *= 2;
    }
  }
  if ((*value >= 0xd800 && *value < 0xe000) || *value > 0x10ffff)
    return refuse(length, "escape is half a code point or none");
  putCodePoint(*value, length);
  return true;
}

bool Decoder::takeNamed(char letter) {
  for (const EscapeRow &row : kEscapes) {
    if (row.letter != letter)
      continue;
    bool isKnown = quoted.quoting == Quoting::YamlDouble ||
                   (quoted.quoting == Quoting::Json ? row.inJson : row.inToml);
    if (!isKnown)
      break;
    putCodePoint(row.codePoint, 2);
    return true;
  }
  size_t begin = quoted.begin + quoted.lead + at;
  reading
      .syntaxError(begin, begin + 2,
                   "`\\" + shown(llvm::StringRef(&letter, 1)) +
                       "` is no escape here")
      .hint("a backslash of the policy language is written `\\\\` in these "
            "quotes");
  return false;
}

/// At a backslash. The closing quote was found, so a byte follows it.
bool Decoder::takeEscape() {
  char letter = at + 1 < raw.size() ? raw[at + 1] : '\n';
  if (letter == 'u')
    return takeCodePoint(4);
  if (letter == 'U' && quoted.quoting != Quoting::Json)
    return takeCodePoint(8);
  if (letter == 'x' && quoted.quoting == Quoting::YamlDouble)
    return takeCodePoint(2);
  return takeNamed(letter);
}

bool Decoder::hasEscapes() const {
  switch (quoted.quoting) {
  case Quoting::Bare:
  case Quoting::TomlRaw:
  case Quoting::YamlSingle:
    return false;
  case Quoting::Json:
  case Quoting::TomlBasic:
  case Quoting::YamlDouble:
    return true;
  }
  llvm_unreachable("unknown quoting");
}

std::optional<Node> Decoder::decode() {
  bool isSingle = quoted.quoting == Quoting::YamlSingle;
  while (at < raw.size()) {
    if (isSingle && raw.substr(at).starts_with("''"))
      put("'", 2);
    else if (raw[at] != '\\' || !hasEscapes())
      put(raw.substr(at, 1), 1);
    else if (!takeEscape())
      return std::nullopt;
  }
  node.places.push_back(uint32_t(at + quoted.lead));
  // The common case, text as it stands behind one quote, needs no places.
  if (node.text.size() == raw.size() && quoted.lead == 1)
    node.places.clear();
  node.range = reading.range(quoted.begin, quoted.end);
  return std::move(node);
}

std::optional<Node> readQuoted(const Reading &reading, const Quoted &quoted) {
  return Decoder(reading, quoted).decode();
}

std::optional<size_t> closingQuote(const Reading &reading, size_t at,
                                   Backslash backslash) {
  llvm::StringRef text = reading.text();
  char quote = text[at];
  for (size_t i = at + 1; i < text.size() && text[i] != '\n'; ++i) {
    if (text[i] == quote)
      return i + 1;
    bool isHidden = backslash == Backslash::Escapes && text[i] == '\\';
    if (isHidden && !text.substr(i + 1).starts_with("\n"))
      ++i;
  }
  reading.syntaxError(at, at + 1, "text has no closing quote on its line");
  return std::nullopt;
}

} // namespace srt::tables
