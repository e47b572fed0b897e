// lib/Automata/Grammar.cpp: paths, command lines, plain texts.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Automata/Grammar.h"

namespace srt::automata {

namespace {
enum PathState : uint8_t { Root, Slash, Dot, DotDot, Name, Word };
} // namespace

static Grammar::State stepInPath(Grammar::State state, uint8_t byte) {
  if (byte == 0)
    return Grammar::kDead;
  if (byte == '/')
    return state == Root || state == Name ? uint8_t(Slash) : Grammar::kDead;
  switch (PathState(state)) {
  case Root:
  case Word:
    return Grammar::kDead; // the first byte of a path is a slash
  case Slash:
    return byte == '.' ? Dot : Name;
  case Dot:
    return byte == '.' ? DotDot : Name;
  case DotDot:
  case Name:
    return Name;
  }
  return Grammar::kDead;
}

static bool isPath(Grammar::State state) {
  return state == Root || state == Name;
}

const Grammar &canonicalPaths() {
  static const Grammar grammar{Root, stepInPath, isPath, isPath,
                               only('/') | only('.') | only(0)};
  return grammar;
}

static Grammar::State stepInCommand(Grammar::State state, uint8_t byte) {
  if (state == Word)
    return Word; // a NUL begins the next word
  if (byte == 0)
    return isPath(state) ? uint8_t(Word) : Grammar::kDead;
  return stepInPath(state, byte);
}

static bool isCommand(Grammar::State state) {
  return isPath(state) || state == Word;
}

const Grammar &commandLines() {
  static const Grammar grammar{Root, stepInCommand, isCommand, isPath,
                               only('/') | only('.') | only(0)};
  return grammar;
}

const Grammar &texts() {
  static const Grammar grammar{
      Word,
      [](Grammar::State, uint8_t byte) {
        return byte == 0 ? Grammar::kDead : uint8_t(Word);
      },
      [](Grammar::State) { return true; }, [](Grammar::State) { return false; },
      only(0)};
  return grammar;
}

} // namespace srt::automata
