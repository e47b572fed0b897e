// lib/Sim/SbplRegex.cpp: Seatbelt's dialect of regular expressions.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Sim/SbplRegex.h"

#include "llvm/ADT/StringExtras.h"

namespace srt::sim {

static constexpr size_t kMaxPattern = 8192;
static constexpr unsigned kMaxRanges = 15; // 4 bits in AppleMatch's bytecode

/// Builds the graph left to right (Thompson, 1968). An open group keeps where
/// it began and the ends of its finished branches.
class SbplRegexBuilder {
public:
  SbplRegexBuilder(llvm::StringRef pattern, std::string &why)
      : pattern(pattern), why(why) {}
  bool run();
  SbplRegex regex;

private:
  using State = SbplRegex::State;
  struct Group {
    uint32_t entry; // Fork that leads to every branch
    uint32_t exit;  // Fork that every branch leads to
  };
  bool fail(llvm::StringRef reason);
  bool step();
  bool bracket();
  bool range(std::bitset<256> &bytes);
  bool quantifier(char op);
  bool closeGroup();
  uint32_t make(State::Kind kind);
  void link(uint32_t from, uint32_t to);
  void atom(uint32_t first, uint32_t last);
  void byteAtom(const std::bitset<256> &bytes);
  void openGroup();
  void branch();

  llvm::StringRef pattern;
  std::string &why;
  size_t at = 0;
  std::vector<Group> groups;
  uint32_t tail = 0;      // where the next atom is linked from
  uint32_t atomEntry = 0; // the last atom, for a quantifier
  uint32_t atomExit = 0;
  bool hasAtom = false;
};

bool SbplRegexBuilder::fail(llvm::StringRef reason) {
  why = ("regex: " + reason).str();
  return false;
}

uint32_t SbplRegexBuilder::make(State::Kind kind) {
  State state;
  state.kind = kind;
  regex.states.push_back(std::move(state));
  return uint32_t(regex.states.size() - 1);
}

void SbplRegexBuilder::link(uint32_t from, uint32_t to) {
  regex.states[from].successors.push_back(to);
}

/// Appends an atom. It gets forks of its own around it, which a quantifier
/// links to each other.
void SbplRegexBuilder::atom(uint32_t first, uint32_t last) {
  atomEntry = make(State::Kind::Fork);
  atomExit = make(State::Kind::Fork);
  link(tail, atomEntry);
  link(atomEntry, first);
  link(last, atomExit);
  tail = atomExit;
  hasAtom = true;
}

void SbplRegexBuilder::byteAtom(const std::bitset<256> &bytes) {
  uint32_t state = make(State::Kind::Bytes);
  regex.states[state].bytes = bytes;
  atom(state, state);
}

void SbplRegexBuilder::branch() {
  tail = make(State::Kind::Fork);
  link(groups.back().entry, tail);
  hasAtom = false;
}

void SbplRegexBuilder::openGroup() {
  Group group{make(State::Kind::Fork), make(State::Kind::Fork)};
  // What precedes the group is linked in when it closes.
  regex.states[group.exit].successors.push_back(tail);
  groups.push_back(group);
  branch();
}

bool SbplRegexBuilder::closeGroup() {
  if (groups.size() < 2)
    return fail("`)` without `(`");
  Group group = groups.back();
  groups.pop_back();
  link(tail, group.exit);
  tail = regex.states[group.exit].successors.front();
  regex.states[group.exit].successors.clear();
  atom(group.entry, group.exit);
  return true;
}

bool SbplRegexBuilder::quantifier(char op) {
  if (!hasAtom)
    return fail("a quantifier has nothing to repeat");
  if (op != '+')
    link(atomEntry, atomExit);
  if (op != '?')
    link(atomExit, atomEntry);
  hasAtom = false; // a second one would be a lazy quantifier elsewhere
  return true;
}

bool SbplRegexBuilder::range(std::bitset<256> &bytes) {
  auto isOdd = [](char c) { return llvm::StringRef("[]\\").contains(c); };
  char first = pattern[at];
  if (isOdd(first) || (first == '-'))
    return fail("`[`, `]`, `-` and `\\` in brackets are not documented");
  char last = first;
  if (pattern.substr(at + 1).starts_with("-") && at + 2 < pattern.size()) {
    last = pattern[at + 2];
    if (isOdd(last) || uint8_t(last) < uint8_t(first))
      return fail("a range in brackets ends before it starts");
    at += 2;
  }
  ++at;
  for (unsigned byte = uint8_t(first); byte <= uint8_t(last); ++byte)
    bytes.set(byte);
  return true;
}

bool SbplRegexBuilder::bracket() {
  bool isNegated = pattern.substr(at).starts_with("^");
  at += isNegated;
  std::bitset<256> bytes;
  unsigned count = 0;
  while (at < pattern.size() && pattern[at] != ']') {
    if (++count > kMaxRanges)
      return fail("more than 15 ranges in brackets");
    if (!range(bytes))
      return false;
  }
  if (at == pattern.size() || count == 0)
    return fail("brackets are empty or not closed");
  ++at;
  byteAtom(isNegated ? ~bytes : bytes);
  return true;
}

bool SbplRegexBuilder::step() {
  char c = pattern[at++];
  switch (c) {
  case '(':
    if (pattern.substr(at).starts_with("?"))
      return fail("`(?` compiles on macOS and then matches nothing");
    openGroup();
    return true;
  case ')':
    return closeGroup();
  case '|':
    link(tail, groups.back().exit);
    branch();
    return true;
  case '[':
    return bracket();
  case '*':
  case '+':
  case '?':
    return quantifier(c);
  case '{':
    return fail("`{` is not documented");
  case '.':
    byteAtom(~std::bitset<256>());
    return true;
  case '^':
    if (at != 1)
      return fail("`^` stands in the middle");
    link(tail, make(State::Kind::Begin));
    tail = uint32_t(regex.states.size() - 1);
    return true;
  case '$':
    link(tail, make(State::Kind::End));
    tail = uint32_t(regex.states.size() - 1);
    hasAtom = false;
    return true;
  case '\\':
    if (at == pattern.size() || llvm::isAlnum(pattern[at]))
      return fail("`\\` before a letter, a digit or the end");
    c = pattern[at++];
    break;
  }
  byteAtom(std::bitset<256>().set(uint8_t(c)));
  return true;
}

bool SbplRegexBuilder::run() {
  if (pattern.empty() || pattern.size() > kMaxPattern)
    return fail("empty, or too long");
  // The whole pattern is a group that no `)` closes.
  openGroup();
  while (at < pattern.size())
    if (!step())
      return false;
  if (groups.size() != 1)
    return fail("`(` without `)`");
  Group whole = groups.back();
  link(tail, whole.exit);
  regex.states[whole.exit].successors.clear();
  regex.states[whole.exit].kind = State::Kind::Accept;
  regex.start = whole.entry;
  return true;
}

std::optional<SbplRegex> SbplRegex::compile(llvm::StringRef pattern,
                                            std::string &why) {
  SbplRegexBuilder builder(pattern, why);
  // State 0 is what "precedes" the outermost group; nothing enters it.
  builder.regex.states.emplace_back();
  if (!builder.run())
    return std::nullopt;
  return std::move(builder.regex);
}

/// Makes a state that follows `after`.
uint32_t SbplRegex::make(State::Kind kind, uint32_t after) {
  uint32_t index = uint32_t(states.size());
  State state;
  state.kind = kind;
  states.push_back(std::move(state));
  states[after].successors.push_back(index);
  return index;
}

SbplRegex SbplRegex::ofText(llvm::StringRef text, Reach reach) {
  using enum State::Kind;
  SbplRegex regex;
  regex.states.emplace_back(); // the fork that is entered
  auto ends = [&](uint32_t at) {
    regex.make(Accept, regex.make(End, at));
  };
  uint32_t at = regex.make(Begin, 0);
  // The root directory is above all and has no name of its own.
  if (reach == Reach::Below && text == "/")
    text = "";
  for (size_t i = 0; i < text.size(); ++i) {
    // Directories end before a slash, the root behind the first.
    if (reach == Reach::Ancestors && i > 0 && (text[i] == '/' || i == 1))
      ends(at);
    at = regex.make(Bytes, at);
    regex.states[at].bytes.set(uint8_t(text[i]));
  }
  if (reach == Reach::Exactly || (reach == Reach::Below && !text.empty()))
    ends(at);
  if (reach == Reach::Prefix)
    regex.make(Accept, at);
  if (reach == Reach::Below) {
    uint32_t slash = regex.make(Bytes, at);
    regex.states[slash].bytes.set('/');
    regex.make(Accept, slash);
  }
  return regex;
}

/// Marks `state` and all that can be reached from it without a byte.
void SbplRegex::enter(uint32_t state, size_t position, size_t length,
                      std::vector<bool> &active) const {
  std::vector<uint32_t> todo = {state};
  while (!todo.empty()) {
    uint32_t next = todo.back();
    todo.pop_back();
    const State &here = states[next];
    if (active[next] || (here.kind == State::Kind::Begin && position != 0) ||
        (here.kind == State::Kind::End && position != length))
      continue;
    active[next] = true;
    if (here.kind != State::Kind::Bytes)
      todo.insert(todo.end(), here.successors.begin(), here.successors.end());
  }
}

bool SbplRegex::matches(llvm::StringRef text) const {
  std::vector<bool> active(states.size());
  for (size_t position = 0;; ++position) {
    // A search: the expression may begin anywhere.
    enter(start, position, text.size(), active);
    for (size_t state = 0; state < states.size(); ++state)
      if (active[state] && states[state].kind == State::Kind::Accept)
        return true;
    if (position == text.size())
      return false;
    std::vector<bool> next(states.size());
    for (size_t state = 0; state < states.size(); ++state) {
      const State &here = states[state];
      if (!active[state] || here.kind != State::Kind::Bytes ||
          !here.bytes[uint8_t(text[position])])
        continue;
      for (uint32_t successor : here.successors)
        enter(successor, position + 1, text.size(), next);
    }
    active = std::move(next);
  }
}

} // namespace srt::sim
