// lib/Analysis/MatchWitness.cpp: one pattern as an automaton of its own.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Analysis/MatchWitness.h"

#include "lib/Analysis/Clauses.h"
#include "lib/Analysis/MatchPath.h"
#include "lib/Analysis/PatternTrie.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace srt {

using automata::ItemId;

namespace {
class WitnessMatcher {
public:
  WitnessMatcher(llvm::ArrayRef<std::string> values, const Witness &witness)
      : values(values), witness(witness) {}
  bool matches(const ir::Pattern &pattern);

private:
  bool accepts(ItemId item, llvm::StringRef word);
  bool matchesText(const ir::Glob &glob, llvm::StringRef text);
  bool matchesName(const ir::CommandPattern &command, llvm::StringRef word);
  bool matchesPath(const ir::Pattern &pattern, llvm::StringRef word);

  llvm::ArrayRef<std::string> values;
  const Witness &witness;
  automata::AtomSets sets;
  automata::Items items{sets};
  PatternItems patterns{items};
  automata::AtomSetId atom = sets.of({0});
};
} // namespace

// One word needs no deterministic states: all items that it may be at, byte by
// byte.
bool WitnessMatcher::accepts(ItemId item, llvm::StringRef word) {
  llvm::SmallVector<ItemId, 16> at{item}, next;
  for (char byte : word) {
    for (ItemId id : at)
      for (const automata::Move &move : items[id].moves)
        if (items.byteSets()[move.on][uint8_t(byte)])
          next.push_back(move.to);
    llvm::sort(next);
    next.erase(std::unique(next.begin(), next.end()), next.end());
    at.swap(next);
    next.clear();
  }
  return llvm::any_of(at, [&](ItemId id) {
    return items[id].atoms != automata::AtomSets::empty();
  });
}

bool WitnessMatcher::matchesText(const ir::Glob &glob, llvm::StringRef text) {
  return accepts(patterns.glob(glob, automata::allBut({0}), items.end(atom)),
                 text);
}

bool WitnessMatcher::matchesName(const ir::CommandPattern &command,
                                 llvm::StringRef word) {
  ItemId tail =
      command.words ? patterns.file(command, atom) : patterns.file(atom);
  const std::string &name = std::get<std::string>(command.program);
  return llvm::any_of(witness.searchPath, [&](const std::string &folder) {
    llvm::StringRef rest = word;
    return rest.consume_front(asWord(folder) + "/" + name) &&
           accepts(tail, rest);
  });
}

/// False if a literal component of the pattern is nowhere in the word, or not
/// where it begins: most patterns are told apart by that, without an automaton.
static bool mayMatch(const ir::PathPattern &path, llvm::StringRef word) {
  bool isFixed = true; // no wildcard so far
  for (const ir::Segment &segment : path.segments) {
    if (segment.kind == ir::Segment::Kind::AnyDepth || !segment.name.isLiteral()) {
      isFixed = false;
      continue;
    }
    std::string name = "/" + segment.name.literal();
    if (isFixed ? !word.consume_front(name) : !word.contains(name))
      return false;
  }
  return true;
}

bool WitnessMatcher::matchesPath(const ir::Pattern &pattern,
                                 llvm::StringRef word) {
  const ir::PathPattern &path = *pathOf(pattern);
  if (path.base && !word.consume_front(asWord(values[path.base->value])))
    return false;
  if (!mayMatch(path, word))
    return false;
  auto *command = std::get_if<ir::CommandPattern>(&pattern.value);
  PatternTrie trie;
  trie.add("", path,
           command && command->words ? patterns.tree(*command, atom)
                                     : patterns.tree(atom),
           0);
  automata::Entry entry = trie.entries(items).front();
  return word.consume_front(entry.prefix) && accepts(entry.rest, word);
}

bool WitnessMatcher::matches(const ir::Pattern &pattern) {
  if (auto *name = std::get_if<ir::NamePattern>(&pattern.value))
    return matchesText(name->name, witness.words[0]);
  auto *endpoint = std::get_if<ir::EndpointPattern>(&pattern.value);
  llvm::StringRef first = witness.words[0];
  if (endpoint && endpoint->abstract)
    return first.consume_front("unix:@") && matchesText(*endpoint->abstract, first);
  // The path of a socket may stand there as that of a file.
  first.consume_front("unix:");
  std::string word = asWord(first);
  for (const std::string &argument : llvm::drop_begin(witness.words))
    word += '\0' + argument;
  if (pathOf(pattern))
    return matchesPath(pattern, word);
  auto *command = std::get_if<ir::CommandPattern>(&pattern.value);
  return command && matchesName(*command, word);
}

/// The same for a path alone, as most events are: that needs no items.
static bool matchesAlone(const ir::PathPattern &path,
                         llvm::ArrayRef<std::string> values,
                         llvm::StringRef word) {
  word.consume_front("unix:"); // the path of a socket
  if (word == "/")
    word = "";
  if (path.base) {
    llvm::StringRef base = values[path.base->value];
    if (base != "/" && !word.consume_front(base))
      return false;
  }
  return coversPath(path, word);
}

bool matchesWitness(const ir::Pattern &pattern,
                    llvm::ArrayRef<std::string> values, const Witness &witness) {
  bool isCommand = std::holds_alternative<ir::CommandPattern>(pattern.value);
  const ir::PathPattern *path = pathOf(pattern);
  if (path && !isCommand && witness.words.size() == 1)
    return matchesAlone(*path, values, witness.words[0]);
  return WitnessMatcher(values, witness).matches(pattern);
}

} // namespace srt
