// lib/Sim/VerdictTable.cpp: reads verdict tables line by line.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Sim/VerdictTable.h"

#include "lib/Sim/EventText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/Twine.h"

namespace srt::sim {

void reportTable(SourceRange range, llvm::StringRef what,
                 DiagnosticEngine &diags) {
  diags.report(range, diag::TableSyntax, what);
}

namespace {
using Words = std::vector<TableWord>;

class TableReader {
public:
  TableReader(const Sources &sources, FileId file, DiagnosticEngine &diags)
      : sources(sources), file(file), diags(diags), text(sources.text(file)) {}
  bool run();
  VerdictTable table;

private:
  bool fail(size_t begin, size_t end, const llvm::Twine &what);
  bool fail(const TableWord &word, const llvm::Twine &what) {
    return fail(word.begin, word.end, what);
  }
  std::optional<size_t> findRows();
  bool split(size_t begin, size_t end, Words &words);
  bool readWord(size_t &at, size_t end, TableWord &word);
  bool readEscape(size_t &at, size_t end, TableWord &word);
  void readLine(size_t begin, size_t end);
  bool readBinding(const Words &words);
  bool readSearchPath(const Words &words);
  bool readRow(Words words, ir::Effect effect);
  bool readMarkers(Words &words, VerdictRow &row);
  bool readMarker(const TableWord &word, VerdictRow &row);

  const Sources &sources;
  FileId file;
  DiagnosticEngine &diags;
  llvm::StringRef text;
};
} // namespace

bool TableReader::fail(size_t begin, size_t end, const llvm::Twine &what) {
  reportTable(sources.range(file, begin, end), what.str(), diags);
  return false;
}

/// The first byte behind the line `---`, whose own first byte ends the policy.
std::optional<size_t> TableReader::findRows() {
  for (size_t at = 0; at < text.size();) {
    size_t end = std::min(text.find('\n', at), text.size());
    if (text.slice(at, end) == "---") {
      table.policySize = at;
      return std::min(end + 1, text.size());
    }
    at = end + 1;
  }
  fail(0, 0, "no line `---` ends the policy");
  return std::nullopt;
}

/// Reads `\"`, `\\` or `\xHH`. Requires: `at` stands on the backslash.
bool TableReader::readEscape(size_t &at, size_t end, TableWord &word) {
  llvm::StringRef rest = text.slice(at + 1, end);
  if (rest.starts_with("\"") || rest.starts_with("\\")) {
    word.text += rest[0];
    at += 2;
    return true;
  }
  unsigned byte = 0;
  if (!rest.consume_front("x") || rest.size() < 2 ||
      rest.take_front(2).getAsInteger(16, byte))
    return fail(at, std::min(at + 2, end),
                "an escape is `\\\"`, `\\\\` or `\\xHH`");
  word.text += char(byte);
  at += 4;
  return true;
}

/// Reads one word and leaves `at` behind it.
bool TableReader::readWord(size_t &at, size_t end, TableWord &word) {
  word.begin = at;
  word.isQuoted = text[at] == '"';
  if (!word.isQuoted) {
    word.end = std::min(text.find_first_of(" \t", at), end);
    word.text = text.slice(at, word.end).str();
    at = word.end;
    if (word.text.find('"') != std::string::npos)
      return fail(word, "a quote stands inside a word; quote the whole word");
    return true;
  }
  for (++at; at < end && text[at] != '"';) {
    if (text[at] != '\\')
      word.text += text[at++];
    else if (!readEscape(at, end, word))
      return false;
  }
  if (at == end)
    return fail(word.begin, end, "word has no closing quote");
  word.end = ++at;
  if (at < end && text[at] != ' ' && text[at] != '\t')
    return fail(at, at + 1, "a space must follow the closing quote");
  return true;
}

bool TableReader::split(size_t begin, size_t end, Words &words) {
  for (size_t at = begin; at < end;) {
    char c = text[at];
    if (c == '#')
      return true;
    if (c == ' ' || c == '\t') {
      ++at;
      continue;
    }
    if (uint8_t(c) < ' ')
      return fail(at, at + 1, "control byte in a table");
    words.emplace_back();
    if (!readWord(at, end, words.back()))
      return false;
  }
  return true;
}

bool TableReader::readBinding(const Words &words) {
  if (words.size() != 4 || words[2].text != "=")
    return fail(words[0], "write `bind NAME = VALUE`");
  const TableWord &name = words[1];
  if (!isResolvedPath(words[3].text))
    return fail(words[3], "the value of a param is an absolute, resolved path");
  for (const Binding &known : table.bindings)
    if (known.name == name.text)
      return fail(name, "second value for param `" + shown(name.text) + "`");
  table.bindings.push_back({name.text, words[3].text,
                            sources.range(file, name.begin, words[3].end)});
  return true;
}

bool TableReader::readSearchPath(const Words &words) {
  if (words.size() != 2)
    return fail(words[0], "write `path DIRECTORY:DIRECTORY`");
  if (table.searchPath)
    return fail(words[0], "second `path`");
  table.searchPath.emplace();
  llvm::SmallVector<llvm::StringRef, 8> entries;
  llvm::StringRef(words[1].text).split(entries, ':');
  for (llvm::StringRef entry : entries) {
    // A trailing slash would spell a program `/bin//sh`.
    if (!isResolvedPath(entry))
      return fail(words[1], "a directory of `path` is absolute and resolved");
    table.searchPath->push_back(entry.str());
  }
  return true;
}

static std::optional<ir::Effect> effectNamed(llvm::StringRef text) {
  for (ir::Effect effect :
       {ir::Effect::Allow, ir::Effect::Ask, ir::Effect::Deny})
    if (text == ir::spelling(effect))
      return effect;
  return std::nullopt;
}

static bool isMarker(const TableWord &word) {
  llvm::StringRef text = word.text;
  return !word.isQuoted &&
         (text.starts_with("@") || text.starts_with("bundle="));
}

bool TableReader::readMarker(const TableWord &word, VerdictRow &row) {
  llvm::StringRef value = word.text;
  if (value.consume_front("bundle=")) {
    bool isKnown = value == "deny" || value == "partly";
    if (row.narrowing || !isKnown || row.effect == ir::Effect::Deny)
      return fail(word, "`bundle=deny` or `bundle=partly` may follow, once, a "
                        "row that does not deny");
    row.narrowing = value == "deny" ? Narrowing::Denied : Narrowing::Partly;
    return true;
  }
  if (row.decider != VerdictRow::Decider::Unsaid)
    return fail(word, "second rule that decides");
  value.consume_front("@");
  if (value == "none" && row.effect == ir::Effect::Deny) {
    row.decider = VerdictRow::Decider::NoRule;
    return true;
  }
  if (!llvm::to_integer(value, row.line, 10) || row.line == 0)
    return fail(word,
                value == "none"
                    ? "only a deny can come from no rule"
                    : "write `@LINE` of the rule that decides, or `@none`");
  row.decider = VerdictRow::Decider::RuleOnLine;
  return true;
}

/// Takes the markers off the end of the row.
bool TableReader::readMarkers(Words &words, VerdictRow &row) {
  while (words.size() > 2 && isMarker(words.back())) {
    if (!readMarker(words.back(), row))
      return false;
    words.pop_back();
  }
  return true;
}

bool TableReader::readRow(Words words, ir::Effect effect) {
  VerdictRow row;
  row.effect = effect;
  row.range = sources.range(file, words.front().begin, words.back().end);
  if (words.size() < 2)
    return fail(words[0], "write an action and its resource");
  std::optional<ir::ActionId> action = ir::actionNamed(words[1].text);
  if (!action)
    return fail(words[1], "`" + shown(words[1].text) + "` is not an action");
  if (!readMarkers(words, row))
    return false;
  for (ir::ActionId leaf : ir::leavesOf(*action)) {
    TableProblem problem;
    std::optional<Event> event =
        readEvent(leaf, words[1], llvm::ArrayRef(words).drop_front(2), problem);
    if (!event)
      return fail(problem.begin, problem.end, problem.what);
    row.event = std::move(*event);
    row.text = eventText(row.event);
    table.rows.push_back(row);
  }
  return true;
}

void TableReader::readLine(size_t begin, size_t end) {
  if (end - begin > kMaxRowLine) {
    fail(begin, begin,
         "line is longer than " + llvm::Twine(kMaxRowLine) + " bytes");
    return;
  }
  Words words;
  if (!split(begin, end, words) || words.empty())
    return;
  const TableWord &head = words[0];
  if (head.text == "bind")
    readBinding(words);
  else if (head.text == "path")
    readSearchPath(words);
  else if (std::optional<ir::Effect> effect = effectNamed(head.text))
    readRow(words, *effect);
  else
    fail(head, "a row begins with `allow`, `ask`, `deny`, `bind` or `path`");
}

bool TableReader::run() {
  if (text.size() > kMaxTable)
    return fail(0, 0,
                "file has more than " + llvm::Twine(kMaxTable) + " bytes");
  std::optional<size_t> at = findRows();
  if (!at)
    return false;
  size_t before = diags.errors();
  while (*at < text.size()) {
    size_t end = std::min(text.find('\n', *at), text.size());
    readLine(*at, end);
    if (table.rows.size() > kMaxRows)
      return fail(*at, end, "more than " + llvm::Twine(kMaxRows) + " rows");
    *at = end + 1;
  }
  return diags.errors() == before;
}

std::optional<VerdictTable> readTable(const Sources &sources, FileId file,
                                      DiagnosticEngine &diags) {
  TableReader reader(sources, file, diags);
  if (!reader.run())
    return std::nullopt;
  return std::move(reader.table);
}

} // namespace srt::sim
