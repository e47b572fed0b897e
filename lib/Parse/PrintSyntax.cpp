// lib/Parse/PrintSyntax.cpp: a policy as written, in one canonical layout.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Parse/PrintSyntax.h"

#include "llvm/ADT/STLExtras.h"

namespace srt {

static void print(llvm::raw_ostream &out, const syntax::Literal &literal) {
  bool isText = literal.kind == syntax::Literal::Kind::Text;
  out << (isText ? "\"" : "") << literal.text << (isText ? "\"" : "");
}

static void print(llvm::raw_ostream &out,
                  const std::vector<syntax::Literal> &literals) {
  llvm::interleave(
      literals, out, [&](const syntax::Literal &each) { print(out, each); },
      ", ");
}

static void print(llvm::raw_ostream &out, const syntax::ParamDecl &decl) {
  out << "param " << decl.name.text << ": " << decl.type.text;
  if (!decl.value)
    return;
  out << " = ";
  if (decl.function)
    out << decl.function->text << '(';
  print(out, *decl.value);
  out << (decl.function ? ")" : "");
}

static void print(llvm::raw_ostream &out, const syntax::AccessRule &rule) {
  if (rule.seal == syntax::AccessRule::Seal::Sealed)
    out << "sealed ";
  out << ir::spelling(rule.effect) << ' ';
  llvm::interleave(
      rule.actions, out, [&](const syntax::Word &word) { out << word.text; },
      ", ");
  out << ' ';
  print(out, rule.patterns);
  if (rule.excepts.empty())
    return;
  out << " except ";
  print(out, rule.excepts);
}

static void print(llvm::raw_ostream &out, const syntax::EnvRule &rule) {
  switch (rule.kind) {
  case ir::EnvRule::Kind::Pass:
    out << "pass env ";
    break;
  case ir::EnvRule::Kind::Set:
    out << "set env ";
    break;
  case ir::EnvRule::Kind::Unset:
    out << "unset env ";
    break;
  }
  print(out, rule.names);
  if (!rule.value)
    return;
  out << " = ";
  print(out, *rule.value);
}

static void print(llvm::raw_ostream &out, const syntax::LimitItem &item) {
  out << "limit " << item.name.text << ' ';
  print(out, item.value);
}

static void print(llvm::raw_ostream &out, const syntax::ScopeBlock &block) {
  out << (block.kind.text == "on" ? "" : "scope ") << block.kind.text << ' ';
  print(out, block.value);
  out << " {\n";
}

static void indent(llvm::raw_ostream &out, size_t depth) {
  out << std::string(2 * depth, ' ');
}

static void print(llvm::raw_ostream &out, const syntax::TestBlock &block,
                  size_t depth) {
  out << "test ";
  print(out, block.name);
  out << " {\n";
  for (const syntax::Expectation &line : block.expectations) {
    indent(out, depth + 1);
    out << ir::spelling(line.effect) << ' ' << line.action.text << ' ';
    print(out, line.resources);
    out << ";\n";
  }
  indent(out, depth);
  out << "}\n";
}

namespace {
/// A list of statements that is being printed.
struct Level {
  const std::vector<syntax::Statement> *statements;
  size_t next = 0;
};

struct StatementPrinter {
  llvm::raw_ostream &out;
  size_t depth;

  void operator()(const syntax::ScopeBlock &block) { print(out, block); }
  void operator()(const syntax::TestBlock &block) { print(out, block, depth); }
  template <typename Simple> void operator()(const Simple &simple) {
    print(out, simple);
    out << ";\n";
  }
};
} // namespace

/// Prints nested blocks with a stack of its own.
static void printStatements(llvm::raw_ostream &out,
                            const std::vector<syntax::Statement> &statements) {
  std::vector<Level> levels{{&statements}};
  while (!levels.empty()) {
    Level &level = levels.back();
    if (level.next == level.statements->size()) {
      levels.pop_back();
      indent(out, levels.size());
      out << "}\n";
      continue;
    }
    const syntax::Statement &statement = (*level.statements)[level.next++];
    indent(out, levels.size());
    std::visit(StatementPrinter{out, levels.size()}, statement.value);
    if (auto *block = std::get_if<syntax::ScopeBlock>(&statement.value))
      levels.push_back({&block->statements});
  }
}

void printSyntax(llvm::raw_ostream &out, const syntax::File &file) {
  for (const syntax::Import &import : file.imports) {
    out << "import ";
    print(out, import.file);
    out << ";\n";
  }
  const syntax::Policy &policy = file.policy;
  out << "policy " << policy.name.text;
  for (size_t i = 0; i < policy.parents.size(); ++i)
    out << (i == 0 ? " extends " : ", ") << policy.parents[i].text;
  out << " {\n";
  printStatements(out, policy.statements);
}

} // namespace srt
