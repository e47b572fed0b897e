// lib/Parse/Syntax.h: a policy as written, before names and types are checked.
// SPDX-License-Identifier: Apache-2.0
//
// Every reader makes this same shape, whatever the spelling of its files; the
// type checker knows no other. Every part keeps the place it came from.
#ifndef SRT_LIB_PARSE_SYNTAX_H
#define SRT_LIB_PARSE_SYNTAX_H

#include "lib/IR/Policy.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace srt::syntax {

/// A name as written.
struct Word {
  std::string text;
  SourceRange range;
};

/// A value as written. Text: what stands between the quotes, escapes and all;
/// `range` includes the quotes.
struct Literal {
  enum class Kind : uint8_t { Text, Word, Number, Group };
  Kind kind = Kind::Text;
  std::string text;
  SourceRange range;
  /// Where each byte of `text` and its end stand, in columns from the start of
  /// `range`. Empty: just as written between the quotes (always so in .srt).
  std::vector<uint32_t> places = {};

  /// The place of bytes [begin, end) of `text`.
  SourceRange part(size_t begin, size_t end) const;
};

/// `param NAME: TYPE = VALUE;` where VALUE is a literal or `env("X")`.
struct ParamDecl {
  Word name;
  Word type;
  std::optional<Word> function; // the `env` of env("X")
  std::optional<Literal> value;
  SourceRange range;
};

/// `EFFECT ACTIONS PATTERNS except EXCEPTS;`
struct AccessRule {
  ir::Effect effect = ir::Effect::Allow;
  std::vector<Word> actions;
  std::vector<Literal> patterns;
  std::vector<Literal> excepts;
  /// `sealed deny`: nothing that a child policy says may weaken it.
  enum class Seal : uint8_t { Open, Sealed };
  Seal seal = Seal::Open;
  SourceRange range;
};

/// `pass env NAMES;`, `unset env NAMES;` or `set env NAME = VALUE;`
struct EnvRule {
  ir::EnvRule::Kind kind = ir::EnvRule::Kind::Pass;
  std::vector<Literal> names;
  std::optional<Literal> value;
  SourceRange range;
};

/// One `NAME NUMBER` of a `limit` statement.
struct LimitItem {
  Word name;
  Literal value;
  SourceRange range;
};

struct Statement;

/// `scope tool "x" { ... }`, `scope dir`, `scope repo` or `on OS { ... }`:
/// statements that count only if the compilation is for that.
struct ScopeBlock {
  Word kind;     // tool, dir, repo; `on` for an OS block
  Literal value; // the text, or the name of the OS
  std::vector<Statement> statements;
  SourceRange range;
};

/// `EFFECT ACTION RESOURCE, ...;` inside a test block.
struct Expectation {
  ir::Effect effect = ir::Effect::Allow;
  Word action;
  std::vector<Literal> resources;
  SourceRange range;
};

/// `test "name" { ... }`.
struct TestBlock {
  Literal name;
  std::vector<Expectation> expectations;
  SourceRange range;
};

struct Statement {
  std::variant<ParamDecl, AccessRule, EnvRule, LimitItem, ScopeBlock, TestBlock>
      value;
};

/// `import "file";`
struct Import {
  Literal file;
  SourceRange range;
};

struct Policy {
  Word name;
  std::vector<Word> parents; // `extends`
  std::vector<Statement> statements;
  SourceRange range;
};

/// All of one file: imports first, then the one policy.
struct File {
  std::vector<Import> imports;
  Policy policy;
};

} // namespace srt::syntax

#endif
