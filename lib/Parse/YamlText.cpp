// lib/Parse/YamlText.cpp: lines that no policy has, and plain scalars.
// SPDX-License-Identifier: Apache-2.0
//
// Sources: YAML 1.2.2, "10.3.2. Tag Resolution" (core schema) and "6.1.
// Indentation Spaces"; YAML 1.1 types bool, int and timestamp.
#include "lib/Parse/YamlText.h"

#include "llvm/ADT/StringSwitch.h"

namespace srt::tables {

Diagnostic &reportYamlFeature(const Reading &reading, size_t begin, size_t end,
                              llvm::StringRef what) {
  return reading.diags.report(reading.range(begin, end), diag::YamlFeature,
                              what);
}

namespace {
/// What the lines so far have said.
struct Lines {
  const Reading &reading;
  bool hasContent = false;
  bool isFine = true;

  Diagnostic &refuse(size_t begin, size_t end, llvm::StringRef what) {
    isFine = false;
    return reportYamlFeature(reading, begin, end, what);
  }
  void check(size_t begin, llvm::StringRef line);
};
} // namespace

/// `---` or `...` alone, or with a space behind it.
static bool isMarker(llvm::StringRef line, llvm::StringRef marker) {
  llvm::StringRef rest = line;
  return rest.consume_front(marker) &&
         (rest.empty() || rest.front() == ' ' || rest.front() == '\t');
}

void Lines::check(size_t begin, llvm::StringRef line) {
  llvm::StringRef content = line.ltrim(" \t");
  if (content.empty() || content.front() == '#')
    return;
  size_t tab = line.drop_back(content.size()).find('\t');
  if (tab != llvm::StringRef::npos)
    refuse(begin + tab, begin + tab + 1, "a tab in front of text")
        .hint("YAML indents with spaces");
  if (line.front() == '%') {
    refuse(begin, begin + line.size(), "a directive");
    return;
  }
  if (isMarker(line, "..."))
    refuse(begin, begin + 3, "an end of document `...`");
  if (isMarker(line, "---") && hasContent)
    refuse(begin, begin + 3, "a second document");
  hasContent = true;
}

bool checkYamlLines(const Reading &reading) {
  Lines lines{reading};
  llvm::StringRef text = reading.text();
  for (size_t begin = 0; begin < text.size();) {
    size_t end = std::min(text.find('\n', begin), text.size());
    llvm::StringRef line = text.slice(begin, end);
    lines.check(begin, line.ends_with("\r") ? line.drop_back() : line);
    begin = end + 1;
  }
  return lines.isFine;
}

/// Behind blanks, line ends and comments.
static size_t skipSpace(llvm::StringRef text, size_t at) {
  for (;;) {
    at = std::min(text.find_first_not_of(" \t\r\n", at), text.size());
    if (!text.substr(at).starts_with("#"))
      return at;
    at = std::min(text.find('\n', at), text.size());
  }
}

bool checkYamlCommas(const Reading &reading) {
  // More than any text in quotes has in a row, far less than a stack takes.
  constexpr unsigned kMaxRun = 64;
  llvm::StringRef text = reading.text();
  unsigned run = 0;
  for (size_t at = text.find(','); at < text.size();) {
    size_t next = skipSpace(text, at + 1);
    bool isRun = text.substr(next).starts_with(",");
    run = isRun ? run + 1 : 0;
    if (run > kMaxRun) {
      reading.syntaxError(next, next + 1, "found `,`, expected an item");
      return false;
    }
    at = isRun ? next : text.find(',', next);
  }
  return true;
}

static constexpr llvm::StringLiteral kNumber =
    "^[-+]?([0-9][0-9_]*(:[0-5]?[0-9])*|0x[0-9A-Fa-f_]+|0o?[0-7_]+|0b[01_]+|"
    "(\\.[0-9][0-9_]*|[0-9][0-9_]*(\\.[0-9_]*)?)([eE][-+]?[0-9]+)?|"
    "\\.(inf|Inf|INF|nan|NaN|NAN))$";
static constexpr llvm::StringLiteral kDate =
    "^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?$";

PlainKinds::PlainKinds() : number(kNumber), date(kDate) {}

Node::Kind PlainKinds::kindOf(llvm::StringRef text) const {
  Node::Kind word = llvm::StringSwitch<Node::Kind>(text)
                        .Cases({"", "~"}, Node::Kind::Null)
                        .Cases({"null", "Null", "NULL"}, Node::Kind::Null)
                        .Cases({"true", "True", "TRUE"}, Node::Kind::Boolean)
                        .Cases({"false", "False", "FALSE"}, Node::Kind::Boolean)
                        .Cases({"yes", "Yes", "YES"}, Node::Kind::Boolean)
                        .Cases({"no", "No", "NO"}, Node::Kind::Boolean)
                        .Cases({"on", "On", "ON"}, Node::Kind::Boolean)
                        .Cases({"off", "Off", "OFF"}, Node::Kind::Boolean)
                        .Default(Node::Kind::Text);
  llvm::StringRef starts("+-.0123456789");
  if (word != Node::Kind::Text || !starts.contains(text[0]))
    return word;
  if (number.match(text))
    return Node::Kind::Number;
  return date.match(text) ? Node::Kind::Date : Node::Kind::Text;
}

} // namespace srt::tables
