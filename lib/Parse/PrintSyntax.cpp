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

void printSyntax(llvm::raw_ostream &out, const syntax::Policy &policy) {
  out << "policy " << policy.name.text << " {\n";
  for (const syntax::Statement &statement : policy.statements) {
    out << "  ";
    std::visit([&](const auto &each) { print(out, each); }, statement);
    out << ";\n";
  }
  out << "}\n";
}

} // namespace srt
