// lib/Parse/SyntaxBuilder.cpp: ANTLR's tree becomes syntax::Policy.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Parse/SyntaxBuilder.h"

#include "lib/Parse/SyntaxErrors.h"

namespace srt {

using grammar::SrtParser;

SourceRange syntax::Literal::part(size_t begin, size_t end) const {
  size_t quote = kind == Kind::Text ? 1 : 0;
  return subrange(range, begin + quote, end + quote);
}

namespace {
class Builder {
public:
  Builder(const Sources &sources, FileId file, DiagnosticEngine &diags)
      : sources(sources), file(file), diags(diags) {}

  std::optional<syntax::Policy> build(SrtParser::FileContext &tree);

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
  void addStatement(syntax::Policy &policy, SrtParser::StatementContext *tree);
  void addLimits(syntax::Policy &policy, SrtParser::LimitRuleContext *tree);
  syntax::ParamDecl param(SrtParser::ParamDeclContext *tree) const;
  syntax::AccessRule access(SrtParser::AccessRuleContext *tree) const;
  syntax::EnvRule env(SrtParser::EnvRuleContext *tree) const;
  void later(antlr4::ParserRuleContext *tree, llvm::StringRef what);

  const Sources &sources;
  FileId file;
  DiagnosticEngine &diags;
};
} // namespace

void Builder::later(antlr4::ParserRuleContext *tree, llvm::StringRef what) {
  diags.report(rangeOf(sources, file, tree->getStart()), diag::LaterFeature,
               what);
}

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
  syntax::AccessRule rule{effectOf(tree->effect()), {}, {}, {}, range(tree)};
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

void Builder::addLimits(syntax::Policy &policy,
                        SrtParser::LimitRuleContext *tree) {
  for (SrtParser::LimitItemContext *item : tree->limitItem()) {
    antlr4::tree::TerminalNode *number = item->NUMBER();
    syntax::Literal value{syntax::Literal::Kind::Number, number->getText(),
                          rangeOf(sources, file, number->getSymbol())};
    policy.statements.push_back(
        syntax::LimitItem{word(item->name()), value, range(item)});
  }
}

void Builder::addStatement(syntax::Policy &policy,
                           SrtParser::StatementContext *tree) {
  if (tree->paramDecl())
    policy.statements.push_back(param(tree->paramDecl()));
  else if (tree->envRule())
    policy.statements.push_back(env(tree->envRule()));
  else if (tree->limitRule())
    addLimits(policy, tree->limitRule());
  else if (!tree->accessRule())
    later(tree, tree->getStart()->getText());
  else if (tree->getStart()->getText() == "sealed")
    later(tree, "sealed");
  else
    policy.statements.push_back(access(tree->accessRule()));
}

std::optional<syntax::Policy> Builder::build(SrtParser::FileContext &tree) {
  for (SrtParser::ImportDeclContext *import : tree.importDecl())
    later(import, "import");
  std::vector<SrtParser::PolicyDeclContext *> policies = tree.policyDecl();
  if (policies.empty()) {
    diags.report(sources.range(file, 0, 0), diag::NoPolicy);
    return std::nullopt;
  }
  if (policies.size() > 1)
    diags.report(range(policies[1]->name(0)), diag::SecondPolicy,
                 shown(policies[1]->name(0)->getText()));
  SrtParser::PolicyDeclContext *decl = policies[0];
  if (decl->name().size() > 1)
    later(decl->name(1), "extends");
  syntax::Policy policy{word(decl->name(0)), {}, range(decl)};
  for (SrtParser::StatementContext *statement : decl->block()->statement())
    addStatement(policy, statement);
  return policy;
}

std::optional<syntax::Policy> buildSyntax(const Sources &sources, FileId file,
                                          SrtParser::FileContext &tree,
                                          DiagnosticEngine &diags) {
  return Builder(sources, file, diags).build(tree);
}

} // namespace srt
