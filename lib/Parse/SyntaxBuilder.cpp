// lib/Parse/SyntaxBuilder.cpp: ANTLR's tree becomes syntax::Policy.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Parse/SyntaxBuilder.h"

#include "lib/Parse/SyntaxErrors.h"

namespace srt {

using grammar::SrtParser;

SourceRange syntax::Literal::part(size_t begin, size_t end) const {
  if (!places.empty() && end < places.size())
    return subrange(range, places[begin],
                    std::max(places[end], places[begin] + 1));
  size_t quote = kind == Kind::Text ? 1 : 0;
  return subrange(range, begin + quote, end + quote);
}

namespace {
class Builder {
public:
  Builder(const Sources &sources, FileId file, DiagnosticEngine &diags)
      : sources(sources), file(file), diags(diags) {}

  std::optional<syntax::File> build(SrtParser::FileContext &tree);

private:
  SourceRange range(antlr4::ParserRuleContext *tree) const {
    return joined(rangeOf(sources, file, tree->getStart()),
                  rangeOf(sources, file, tree->getStop()));
  }
  syntax::Word word(SrtParser::NameContext *tree) const {
    return {tree->getText(), range(tree)};
  }
  syntax::Literal text(antlr4::tree::TerminalNode *node) const;
  syntax::Literal literal(SrtParser::LiteralContext *tree) const;
  void addBlock(std::vector<syntax::Statement> &out,
                SrtParser::BlockContext *tree);
  void addStatement(std::vector<syntax::Statement> &out,
                    SrtParser::StatementContext *tree);
  void addLimits(std::vector<syntax::Statement> &out,
                 SrtParser::LimitRuleContext *tree);
  syntax::ScopeBlock scope(SrtParser::ScopeBlockContext *tree) const;
  syntax::ScopeBlock scope(SrtParser::OnBlockContext *tree) const;
  syntax::TestBlock test(SrtParser::TestBlockContext *tree) const;
  syntax::Expectation expectation(SrtParser::TestLineContext *tree) const;
  void checkCount(const std::vector<SrtParser::PolicyDeclContext *> &policies);
  syntax::ParamDecl param(SrtParser::ParamDeclContext *tree) const;
  syntax::AccessRule access(SrtParser::AccessRuleContext *tree) const;
  syntax::EnvRule env(SrtParser::EnvRuleContext *tree) const;

  const Sources &sources;
  FileId file;
  DiagnosticEngine &diags;
};
} // namespace

syntax::Literal Builder::text(antlr4::tree::TerminalNode *node) const {
  std::string raw = node->getText();
  return {syntax::Literal::Kind::Text, raw.substr(1, raw.size() - 2),
          rangeOf(sources, file, node->getSymbol())};
}

syntax::Literal Builder::literal(SrtParser::LiteralContext *tree) const {
  if (tree->TEXT())
    return text(tree->TEXT());
  auto kind = tree->NUMBER()  ? syntax::Literal::Kind::Number
              : tree->GROUP() ? syntax::Literal::Kind::Group
                              : syntax::Literal::Kind::Word;
  return {kind, tree->getText(), range(tree)};
}

syntax::ParamDecl Builder::param(SrtParser::ParamDeclContext *tree) const {
  syntax::ParamDecl decl{
      word(tree->name(0)), word(tree->name(1)), {}, {}, range(tree)};
  SrtParser::ParamValueContext *value = tree->paramValue();
  if (!value)
    return decl;
  if (value->literal()) {
    decl.value = literal(value->literal());
  } else {
    decl.function = word(value->name());
    decl.value = text(value->TEXT());
  }
  return decl;
}

static ir::Effect effectOf(SrtParser::EffectContext *tree) {
  std::string text = tree->getText();
  return text == "allow"  ? ir::Effect::Allow
         : text == "deny" ? ir::Effect::Deny
                          : ir::Effect::Ask;
}

syntax::AccessRule Builder::access(SrtParser::AccessRuleContext *tree) const {
  syntax::AccessRule rule;
  rule.effect = effectOf(tree->effect());
  rule.range = range(tree);
  if (tree->getStart()->getText() == "sealed")
    rule.seal = syntax::AccessRule::Seal::Sealed;
  for (SrtParser::NameContext *action : tree->actions()->name())
    rule.actions.push_back(word(action));
  // The grammar puts both lists into one vector; `except` divides them.
  antlr4::ParserRuleContext *whole = tree;
  size_t exceptAt = SIZE_MAX;
  for (antlr4::tree::ParseTree *child : whole->children)
    if (auto *leaf = dynamic_cast<antlr4::tree::TerminalNode *>(child))
      if (leaf->getText() == "except")
        exceptAt = leaf->getSymbol()->getStartIndex();
  for (SrtParser::LiteralContext *item : tree->literal()) {
    bool isExcept = item->getStart()->getStartIndex() > exceptAt;
    (isExcept ? rule.excepts : rule.patterns).push_back(literal(item));
  }
  return rule;
}

syntax::EnvRule Builder::env(SrtParser::EnvRuleContext *tree) const {
  std::string verb = tree->getStart()->getText();
  auto kind = verb == "pass"  ? ir::EnvRule::Kind::Pass
              : verb == "set" ? ir::EnvRule::Kind::Set
                              : ir::EnvRule::Kind::Unset;
  syntax::EnvRule rule{kind, {}, {}, range(tree)};
  if (kind == ir::EnvRule::Kind::Set) {
    rule.names.push_back(text(tree->TEXT(0)));
    rule.value = text(tree->TEXT(1));
    return rule;
  }
  for (antlr4::tree::TerminalNode *name : tree->TEXT())
    rule.names.push_back(text(name));
  return rule;
}

void Builder::addLimits(std::vector<syntax::Statement> &out,
                        SrtParser::LimitRuleContext *tree) {
  for (SrtParser::LimitItemContext *item : tree->limitItem()) {
    antlr4::tree::TerminalNode *number = item->NUMBER();
    syntax::Literal value =
        number ? syntax::Literal{syntax::Literal::Kind::Number,
                                 number->getText(),
                                 rangeOf(sources, file, number->getSymbol())}
               : text(item->TEXT());
    out.push_back({syntax::LimitItem{word(item->name()), value, range(item)}});
  }
}

syntax::ScopeBlock Builder::scope(SrtParser::ScopeBlockContext *tree) const {
  return {word(tree->name()), text(tree->TEXT()), {}, range(tree)};
}

/// `on macos` is a scope whose kind is the word `on`.
syntax::ScopeBlock Builder::scope(SrtParser::OnBlockContext *tree) const {
  syntax::Word os = word(tree->name());
  return {{"on", rangeOf(sources, file, tree->getStart())},
          {syntax::Literal::Kind::Word, os.text, os.range},
          {},
          range(tree)};
}

syntax::Expectation
Builder::expectation(SrtParser::TestLineContext *tree) const {
  syntax::Expectation line{
      effectOf(tree->effect()), word(tree->name()), {}, range(tree)};
  for (SrtParser::LiteralContext *resource : tree->literal())
    line.resources.push_back(literal(resource));
  return line;
}

syntax::TestBlock Builder::test(SrtParser::TestBlockContext *tree) const {
  syntax::TestBlock block{text(tree->TEXT()), {}, range(tree)};
  for (SrtParser::TestLineContext *line : tree->testLine())
    block.expectations.push_back(expectation(line));
  return block;
}

void Builder::addStatement(std::vector<syntax::Statement> &out,
                           SrtParser::StatementContext *tree) {
  if (tree->paramDecl())
    out.push_back({param(tree->paramDecl())});
  else if (tree->envRule())
    out.push_back({env(tree->envRule())});
  else if (tree->limitRule())
    addLimits(out, tree->limitRule());
  else if (tree->testBlock())
    out.push_back({test(tree->testBlock())});
  else
    out.push_back({access(tree->accessRule())});
}

namespace {
/// A block whose statements still have to be built, and where they go. The
/// target is reached by indices, for vectors move their elements as they grow.
struct Pending {
  SrtParser::BlockContext *tree;
  std::vector<size_t> path;
};
} // namespace

/// The statements of the block that `path` leads to.
static std::vector<syntax::Statement> &
follow(std::vector<syntax::Statement> &root, const std::vector<size_t> &path) {
  std::vector<syntax::Statement> *at = &root;
  for (size_t index : path)
    at = &std::get<syntax::ScopeBlock>((*at)[index].value).statements;
  return *at;
}

/// Builds nested blocks with a list of those that wait, not by recursion.
void Builder::addBlock(std::vector<syntax::Statement> &out,
                       SrtParser::BlockContext *tree) {
  std::vector<Pending> waiting{{tree, {}}};
  while (!waiting.empty()) {
    Pending next = std::move(waiting.back());
    waiting.pop_back();
    std::vector<syntax::Statement> &into = follow(out, next.path);
    std::vector<SrtParser::StatementContext *> written = next.tree->statement();
    into.reserve(written.size());
    for (SrtParser::StatementContext *statement : written) {
      SrtParser::ScopeBlockContext *scoped = statement->scopeBlock();
      SrtParser::OnBlockContext *on = statement->onBlock();
      if (!scoped && !on) {
        addStatement(into, statement);
        continue;
      }
      std::vector<size_t> path = next.path;
      path.push_back(into.size());
      waiting.push_back({scoped ? scoped->block() : on->block(), path});
      into.push_back({scoped ? scope(scoped) : scope(on)});
    }
  }
}

void Builder::checkCount(
    const std::vector<SrtParser::PolicyDeclContext *> &policies) {
  if (policies.empty())
    diags.report(sources.range(file, 0, 0), diag::NoPolicy);
  if (policies.size() > 1)
    diags.report(range(policies[1]->name(0)), diag::SecondPolicy,
                 shown(policies[1]->name(0)->getText()));
}

std::optional<syntax::File> Builder::build(SrtParser::FileContext &tree) {
  std::vector<SrtParser::PolicyDeclContext *> policies = tree.policyDecl();
  checkCount(policies);
  if (policies.empty())
    return std::nullopt;
  syntax::File built;
  for (SrtParser::ImportDeclContext *import : tree.importDecl())
    built.imports.push_back({text(import->TEXT()), range(import)});
  SrtParser::PolicyDeclContext *decl = policies[0];
  std::vector<SrtParser::NameContext *> names = decl->name();
  built.policy.name = word(names[0]);
  built.policy.range = range(decl);
  for (size_t i = 1; i < names.size(); ++i)
    built.policy.parents.push_back(word(names[i]));
  addBlock(built.policy.statements, decl->block());
  return built;
}

std::optional<syntax::File> buildSyntax(const Sources &sources, FileId file,
                                        SrtParser::FileContext &tree,
                                        DiagnosticEngine &diags) {
  return Builder(sources, file, diags).build(tree);
}

} // namespace srt
