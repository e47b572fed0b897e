// lib/Parse/TableValues.cpp: texts, names and lists, with their errors.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Parse/TableValues.h"

#include "lib/Support/Suggest.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace srt::tables {

SourceRange Entry::range() const { return joined(key->range, value->range); }

/// Fills in what an empty list of places stands for, to edit it.
static void spellOut(std::vector<uint32_t> &places, size_t size) {
  if (!places.empty())
    return;
  for (size_t i = 0; i <= size; ++i)
    places.push_back(uint32_t(i + 1));
}

Node slice(const Node &text, size_t begin, size_t end) {
  Node part{Node::Kind::Text, text.depth, text.text.substr(begin, end - begin)};
  std::vector<uint32_t> places = text.places;
  spellOut(places, text.text.size());
  part.range = subrange(text.range, places[begin], places[end]);
  for (size_t i = begin; i <= end; ++i)
    part.places.push_back(places[i] - places[begin]);
  return part;
}

std::vector<Entry> Values::entries(const Node &mapping,
                                   llvm::StringRef name) const {
  std::vector<Entry> found;
  if (mapping.kind != Node::Kind::Mapping)
    reportShape(mapping, name, "a table");
  else
    for (size_t i = 0; i < mapping.children.size(); i += 2)
      found.push_back(
          {&tables[mapping.children[i]], &tables[mapping.children[i + 1]]});
  return found;
}

Values::Fields Values::fields(const Node &mapping, llvm::StringRef what,
                              llvm::ArrayRef<llvm::StringRef> keys) const {
  Fields found(keys.size());
  for (Entry entry : entries(mapping, what)) {
    auto *key = llvm::find(keys, llvm::StringRef(entry.key->text));
    if (key == keys.end())
      reportUnknown(*entry.key, what, keys);
    else
      found[key - keys.begin()] = entry;
  }
  return found;
}

std::vector<const Node *> Values::items(const Node &node) const {
  if (node.kind != Node::Kind::Sequence)
    return {&node};
  std::vector<const Node *> found;
  for (NodeId child : node.children)
    found.push_back(&tables[child]);
  return found;
}

static bool isControl(char c) { return uint8_t(c) < 0x20 || c == 0x7f; }

/// Refuses bytes that no text of the language can hold, and a backslash that
/// has nothing to escape.
bool Values::checkBytes(const Node &node) const {
  llvm::StringRef text = node.text;
  const char *control =
      llvm::find_if(text, [](char c) { return isControl(c) && c != '\t'; });
  if (control != text.end()) {
    size_t at = control - text.begin();
    diags.report(slice(node, at, at + 1).range, diag::TextByte,
                 "0x" + llvm::utohexstr(uint8_t(*control), true, 2));
    return false;
  }
  size_t backslashes = text.size() - text.rtrim('\\').size();
  if (backslashes % 2 == 0)
    return true;
  diags.report(slice(node, text.size() - 1, text.size()).range,
               diag::LoneBackslash);
  return false;
}

namespace {
/// A text on its way into a literal.
struct Spelling {
  std::string text;
  std::vector<uint32_t> places;

  /// A quote that the format needs no escape for needs one in the language.
  void escapeQuotes();
  /// `$HOME` in front of a path is `~`.
  void shortenHome();
};
} // namespace

void Spelling::escapeQuotes() {
  if (!llvm::StringRef(text).contains('"'))
    return;
  spellOut(places, text.size());
  Spelling out;
  for (size_t i = 0; i < text.size(); ++i) {
    bool isEscape = text[i] == '\\' && i + 1 < text.size();
    if (text[i] == '"' || isEscape) {
      out.text += '\\';
      out.places.push_back(places[i]);
    }
    i += isEscape;
    out.text += text[i];
    out.places.push_back(places[i]);
  }
  out.places.push_back(places.back());
  *this = std::move(out);
}

void Spelling::shortenHome() {
  llvm::StringRef home("$HOME");
  llvm::StringRef rest(text);
  if (!rest.consume_front(home) || !(rest.empty() || rest.front() == '/'))
    return;
  spellOut(places, text.size());
  text.replace(0, home.size(), "~");
  places.erase(places.begin() + 1, places.begin() + home.size());
}

std::optional<syntax::Literal>
Values::literal(const Node &node, llvm::StringRef name, Home home) const {
  if (node.kind != Node::Kind::Text) {
    reportShape(node, name, "a text");
    return std::nullopt;
  }
  if (!checkBytes(node))
    return std::nullopt;
  Spelling spelling{node.text, node.places};
  spelling.escapeQuotes();
  if (home == Home::Expanded)
    spelling.shortenHome();
  return syntax::Literal{syntax::Literal::Kind::Text, std::move(spelling.text),
                         node.range, std::move(spelling.places)};
}

std::optional<syntax::Literal> Values::resource(const Node &node,
                                                llvm::StringRef name,
                                                llvm::StringRef action) const {
  std::optional<ir::ActionId> known = ir::actionNamed(action);
  ir::Resource kind = known ? ir::resource(*known) : ir::Resource::Name;
  bool isPath = kind == ir::Resource::Path || kind == ir::Resource::Command;
  std::optional<syntax::Literal> found =
      literal(node, name, isPath ? Home::Expanded : Home::AsWritten);
  if (!found)
    return std::nullopt;
  using Kind = syntax::Literal::Kind;
  bool isSyscall = kind == ir::Resource::Syscall;
  if (isSyscall && llvm::StringRef(found->text).starts_with("@"))
    found->kind = Kind::Group;
  else if (kind == ir::Resource::Subject || (isSyscall && found->text == "all"))
    found->kind = Kind::Word;
  if (found->kind != Kind::Text)
    spellOut(found->places, found->text.size());
  return found;
}

/// As NAME of grammar/Srt.g4.
static bool isName(llvm::StringRef text) {
  auto isPart = [](char c) { return llvm::isAlnum(c) || c == '_' || c == '-'; };
  if (text.empty() || !(llvm::isAlpha(text[0]) || text[0] == '_'))
    return false;
  llvm::SmallVector<llvm::StringRef, 4> parts;
  text.split(parts, '.');
  return llvm::all_of(parts, [&](llvm::StringRef part) {
    return !part.empty() && llvm::all_of(part, isPart);
  });
}

std::optional<syntax::Word> Values::word(const Node &node,
                                         llvm::StringRef name) const {
  bool isScalar =
      node.kind != Node::Kind::Sequence && node.kind != Node::Kind::Mapping;
  if (isScalar && isName(node.text))
    return syntax::Word{node.text, node.range};
  reportShape(node, name, "a name of letters, digits, `_`, `-` and `.`");
  return std::nullopt;
}

std::optional<bool> Values::truth(const Node &node,
                                  llvm::StringRef name) const {
  llvm::StringRef text(node.text);
  bool isBoolean = node.kind == Node::Kind::Boolean;
  if (isBoolean &&
      (text.equals_insensitive("true") || text.equals_insensitive("false")))
    return text.equals_insensitive("true");
  reportShape(node, name, "`true` or `false`");
  return std::nullopt;
}

void Values::reportShape(const Node &node, llvm::StringRef name,
                         llvm::StringRef wanted) const {
  Diagnostic &error = diags.report(node.range, diag::WrongShape,
                                   described(node), shown(name), wanted);
  bool isWord = node.kind == Node::Kind::Number ||
                node.kind == Node::Kind::Boolean ||
                node.kind == Node::Kind::Date;
  if (isWord && wanted == "a text")
    error.hint("a text that looks like something else stands in quotes")
        .fix(node.range, "\"" + node.text + "\"");
}

void Values::reportUnknown(const Node &key, llvm::StringRef what,
                           llvm::ArrayRef<llvm::StringRef> known) const {
  Diagnostic &error =
      diags.report(key.range, diag::UnknownKey, shown(key.text), what);
  if (std::optional<llvm::StringRef> near = nearest(key.text, known))
    error.hint("did you mean `" + near->str() + "`");
  error.hint("the keys are " + llvm::join(known, ", "));
}

void Values::reportMissing(SourceRange range, llvm::StringRef what,
                           llvm::StringRef key, llvm::StringRef hint) const {
  Diagnostic &error = diags.report(range, diag::MissingKey, what, key);
  if (!hint.empty())
    error.hint(hint.str());
}

void Values::reportClash(Entry a, Entry b) const {
  auto place = [](Entry entry) {
    return std::pair(entry.key->range.line, entry.key->range.column);
  };
  if (place(b) < place(a))
    std::swap(a, b);
  diags.report(b.key->range, diag::KeyClash, a.key->text, b.key->text)
      .note(a.key->range, "it stands here already");
}

} // namespace srt::tables
